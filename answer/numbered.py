"""Answer a question that names a note by its number: 'What does note 3 say?', 'Who is thanked in the last endnote?'."""

import re
from collections.abc import Iterator, Sequence
from itertools import accumulate

from answer.decision import CERTAIN, Decision
from answer.evidence import Evidence
from answer.labelled import ORDINALS
from answer.notes import MOST_WORDS, with_notes
from core.records import Block, BlockKind, Document
from index import Index

__all__ = ["decide_on_note"]

_MOST_DOCUMENTS = 3  # beyond which a number names nothing
_NAMED = re.compile(
    r"\b(?:end|foot)?note (?:number |no\.? ?)?(?P<number>\d{1,3})\b"
    rf"|\b(?P<place>{'|'.join(ORDINALS)}|last|final) (?:end|foot)?note\b",
    re.IGNORECASE,
)
_FOOT = re.compile(r"\b(?:end|foot)note\b", re.IGNORECASE)  # a note of a letter or a song is none


def decide_on_note(question: str, index: Index) -> Decision | None:
    """Return the notes that a question names by number or place, each led in by its sentence, or that there is none.

    None where it names no note, they are too many for a number to tell, or the documents have none and it may mean
    something else by the word.
    """
    named = _NAMED.search(question)
    if not named or len(index.documents) > _MOST_DOCUMENTS:
        return None
    noted = [(document, notes) for document in index.documents.values() if (notes := _notes(document))]
    if not noted:
        return Decision((), 1 - CERTAIN, "It has no notes.") if named["number"] or _FOOT.search(question) else None
    quotes = _within([quote for document, notes in noted for quote in _quotes(document, notes, named, index)])
    said = named.group().lower()
    return Decision(with_notes(quotes, index), CERTAIN) if quotes else Decision((), 1 - CERTAIN, f"It has no {said}.")


def _notes(document: Document) -> tuple[Block, ...]:
    return tuple(block for block in document.blocks if block.kind is BlockKind.NOTE and block.label)


def _within(quotes: Sequence[Evidence]) -> list[Evidence]:
    """The first of the quotes, as many as there is room for."""
    words = accumulate(len(quote.text.split()) for quote in quotes)
    return [quote for n, (quote, so_far) in enumerate(zip(quotes, words, strict=True)) if not n or so_far <= MOST_WORDS]


def _quotes(document: Document, notes: tuple[Block, ...], named: re.Match[str], index: Index) -> Iterator[Evidence]:
    """Yield the sentences of the notes that are meant; notes of several chapters may share a number."""
    place = (named["place"] or "").lower()
    if place:
        at = ORDINALS.index(place) if place in ORDINALS else -1
        meant = notes[at:][:1]
    else:
        meant = tuple(note for note in notes if note.label == named["number"])
    for note in meant:
        for hit in index.hits_in(document.id, (note.start, note.end)):
            for start, end in hit.passage.sentences:
                if note.start <= start < note.end:
                    yield Evidence(hit, (start, end), document.text[start:end])
