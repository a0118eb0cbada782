"""PDF files to parts: characters to words, lines, columns and paragraphs, by where they stand on the page."""
