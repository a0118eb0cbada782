"""Answers from tables: which rows and columns a question means."""
