"""Answers about the works that documents cite."""
