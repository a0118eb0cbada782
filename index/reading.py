"""What is embedded and searched for a passage and its sentences."""

from core.records import Document, Passage, PassageKind, Span
from ingest import labelled_row, leads

__all__ = ["UNITS", "passage_text", "sentence_texts"]

# Names what these functions make; change it with them, so that old vectors are not mixed with new.
UNITS = "4"


def passage_text(passage: Passage) -> str:
    """Return what is embedded and searched for a passage: its context, its sections and its text."""
    return "\n".join(part for part in (passage.context, " > ".join(passage.section), passage.text) if part)


def sentence_texts(passage: Passage, document: Document) -> list[str]:
    """Return what is embedded for each sentence of a passage.

    One that points back or stands under a label goes with the one before; a row of a table goes with the names of its
    columns, as nobody who asks for a weight knows it as '96 kg'.
    """
    if passage.kind is PassageKind.TABLE:
        return [_row_text(passage, document, span) for span in passage.sentences]
    sentences = [document.text[start:end] for start, end in passage.sentences]
    pairs = zip(leads(sentences), sentences, strict=True)
    return [f"{before} {sentence}" if before else sentence for before, sentence in pairs]


def _row_text(passage: Passage, document: Document, span: Span) -> str:
    text = document.text[slice(*span)]
    if "\t" not in text:
        return text
    return f"{passage.context}. {labelled_row(document, span)}"
