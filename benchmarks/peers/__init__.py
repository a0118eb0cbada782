"""Other programs asked the same questions of the same text."""
