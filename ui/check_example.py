"""A text to try the check with, made of a document's own sentences: one as it stands, one with its year changed."""

import re
from collections.abc import Iterable, Iterator
from itertools import islice

from core.records import BlockKind, Document
from ingest.sentences import sentence_spans

__all__ = ["example_text"]

_READ = 8  # documents that are read for it
_WORDS = range(8, 31)  # a sentence of so many words reads well alone
_YEAR = re.compile(r"(?<![\w-])(?:1[89]|20)\d\d(?![\w-])")
_NOWHERE = "The moon is made of green cheese."


def example_text(documents: Iterable[Document]) -> str:
    """Return one to three sentences, of which the last is nowhere; alone where none of the first documents' fits."""
    changed = kept = ""
    for sentence in (sentence for document in islice(documents, _READ) for sentence in _sentences(document)):
        if (other := _with_another_year(sentence)) != sentence:
            changed = changed or other
        elif not _YEAR.search(sentence):
            kept = kept or sentence
        if kept and changed:
            break
    return " ".join(filter(None, (kept, changed, _NOWHERE)))


def _sentences(document: Document) -> Iterator[str]:
    """Yield the sentences of running text that can be read alone: without note markers and citations."""
    marks = [(r.start, r.end) for r in document.note_refs] + [(c.start, c.end) for c in document.cited]
    for block in document.blocks:
        if block.kind is BlockKind.PARAGRAPH:
            for start, end in sentence_spans(document.text, block.start, block.end):
                text = document.text[start:end].strip()
                marked = any(start < stop and begin < end for begin, stop in marks)
                if not marked and len(text.split()) in _WORDS and text[:1].isupper() and text.endswith("."):
                    yield " ".join(text.split())


def _with_another_year(sentence: str) -> str:
    """A sentence with its one year three years later; as it was where it names none or several."""
    years = _YEAR.findall(sentence)
    return _YEAR.sub(str(int(years[0]) + 3), sentence) if len(years) == 1 else sentence
