"""Leaf package: the records, settings and errors that every stage shares."""
