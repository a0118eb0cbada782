"""Find where a sentence stands word for word, whatever its spaces, marks and note markers."""

from array import array
from collections.abc import Iterable, Sequence
from itertools import pairwise

from core.records import Document, NoteRef, Span

__all__ = ["Verbatim"]

_TELLING = "$€£¥%"  # marks that make another figure of the same digits
_FEWEST = 12  # letters and figures; less may stand anywhere


class Verbatim:
    """Looks sentences up in documents by their letters, figures, and the marks of money and per cent alone."""

    def __init__(self, documents: Iterable[Document]) -> None:
        self._texts = [
            (document, *_letters(document.text, refs)) for document in documents for refs in {(), document.note_refs}
        ]

    def find(self, sentence: str) -> tuple[Document, Span] | None:
        """Return the first place where whole words are those of a sentence; None for no place, or few letters."""
        wanted, _ = _letters(sentence, ())
        if len(wanted) < _FEWEST:
            return None
        for document, plain, places in self._texts:
            at = plain.find(wanted)
            while at >= 0:
                start, end = places[at], places[at + len(wanted) - 1] + 1
                if not (document.text[start - 1 : start].isalnum() or document.text[end : end + 1].isalnum()):
                    return document, (start, end)
                at = plain.find(wanted, at + 1)
        return None


def _letters(text: str, without: tuple[NoteRef, ...]) -> tuple[str, Sequence[int]]:
    """The letters and figures of a text in small letters, those of note markers left out, and where each stands."""
    places = array("L")
    ends = [(0, 0), *((ref.start, ref.end) for ref in without), (len(text), len(text))]
    for (_, begin), (stop, _) in pairwise(ends):
        places.extend(i for i in range(begin, stop) if text[i].isalnum() or text[i] in _TELLING)
    return "".join(text[i].lower()[0] for i in places), places
