"""Measure a text in words, of scripts without spaces too."""

import re

__all__ = ["count_words"]

# One character of Chinese or Japanese is a token of the embedder, as most words of other languages are.
_UNSPACED = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")


def count_words(text: str) -> int:
    """Return how many words a text has; a character of Chinese or Japanese counts as one."""
    return len(_UNSPACED.sub(" x ", text).split())
