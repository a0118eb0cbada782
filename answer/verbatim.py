"""Find where a sentence stands word for word, whatever its spaces, marks and note markers."""

import re
from collections.abc import Iterable
from itertools import islice, pairwise

from core.records import Document, NoteRef, Span

__all__ = ["Verbatim", "letters_of"]

_TELLING = "$€£¥%"  # marks that make another figure of the same digits
_FEWEST = 12  # letters and figures; less may stand anywhere
_COUNTED = re.compile(rf"[^\W_]|[{_TELLING}]")
_OTHER = re.compile(rf"[^\w{_TELLING}]|_")


class Verbatim:
    """Looks sentences up in documents by their letters, figures, and the marks of money and per cent alone."""

    def __init__(self, documents: Iterable[Document]) -> None:
        self._texts = [_Text(document, refs) for document in documents for refs in _readings(document)]

    def find(self, sentence: str) -> tuple[Document, Span] | None:
        """Return the first place where whole words are those of a sentence; None for no place, or few letters."""
        wanted = letters_of(sentence)
        if len(wanted) < _FEWEST:
            return None
        found = ((text.document, place) for text in self._texts if (place := text.find(wanted)))
        return next(found, None)


def _readings(document: Document) -> Iterable[tuple[NoteRef, ...]]:
    """The note markers to leave out: none, or all."""
    return dict.fromkeys([(), document.note_refs])


class _Text:
    """A document's letters and figures in small letters, those of note markers left out."""

    def __init__(self, document: Document, without: tuple[NoteRef, ...]) -> None:
        self.document = document
        ends = [(0, 0), *((ref.start, ref.end) for ref in without), (len(document.text),) * 2]
        self._parts = [(begin, stop) for (_, begin), (stop, _) in pairwise(ends)]
        self._plain = letters_of("".join(document.text[begin:stop] for begin, stop in self._parts))

    def find(self, wanted: str) -> Span | None:
        """Return where letters stand as whole words."""
        text = self.document.text
        at = self._plain.find(wanted)
        while at >= 0:
            start, end = self._place(at), self._place(at + len(wanted) - 1) + 1
            if not (text[start - 1 : start].isalnum() or text[end : end + 1].isalnum()):
                return start, end
            at = self._plain.find(wanted, at + 1)
        return None

    def _place(self, letter: int) -> int:
        """Where a letter stands in the document, by its number."""
        places = (m.start() for part in self._parts for m in _COUNTED.finditer(self.document.text, *part))
        return next(islice(places, letter, None))


def letters_of(text: str) -> str:
    """Return the letters, figures and telling marks of a text in small letters, one for each."""
    kept = _OTHER.sub("", text)
    small = kept.lower()
    whole = len(small) == len(kept) and "Σ" not in kept  # which is another letter where a word ends
    return small if whole else "".join(ch.lower()[0] for ch in kept)
