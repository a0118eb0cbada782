"""A format a module: each renders one neutral document."""
