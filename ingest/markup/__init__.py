"""Structured files to parts: web pages, Word documents, e-books and Markdown, all through one tree of elements."""
