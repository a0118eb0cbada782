"""Tell how deep headings of a word and a number stand: 'Article I' over 'Section 1'."""

import re

__all__ = ["Nesting"]

_NAMED = re.compile(r"([^\W\d_]{4,})\s+(?:\d{1,3}|[IVXLC]{1,7})(?:[.:]?$|[.:]\s|\s*[–—-]\s)")


class Nesting:
    """The words that name the parts of a text, each with how many levels it stands under the outermost.

    A word is under another where its first heading follows one of the other's at once, with no text between.
    """

    def __init__(self) -> None:
        self._depths: dict[str, int] = {}

    def depth(self, heading: str, above: str) -> int:
        """Return how many levels a heading stands under the outermost ones; 0 for one that no word and number name.

        Args:
            heading: the heading.
            above: the heading right over it, or empty where text stands between.
        """
        word = _word(heading)
        if not word:
            return 0
        if word not in self._depths:
            over = _word(above)
            self._depths[word] = self._depths[over] + 1 if over in self._depths and over != word else 0
        return self._depths[word]


def _word(heading: str) -> str:
    match = _NAMED.match(heading)
    return match[1].casefold() if match else ""
