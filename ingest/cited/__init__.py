"""The works that a document cites, its bibliography, and whether the two agree."""
