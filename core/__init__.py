"""Leaf package: the records, settings, errors and words that every stage shares."""
