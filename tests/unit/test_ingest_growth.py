"""What is done for each block or line must not grow with the document: counted, since times on a machine vary."""

import pytest

from core.records import Document
from ingest import Metadata, build_document, layout, parse_text, split, split_document


def read(raw: str) -> Document:
    return build_document(parse_text(raw), document_id="d", source="d.txt", metadata=Metadata(), content_hash="")


def test_a_sentence_is_cut_with_the_note_markers_of_its_own_block(monkeypatch: pytest.MonkeyPatch):
    count = 60
    body = "\n\n".join(f"The case of number {i} was closed by the ministry in the end.{i}" for i in range(1, count + 1))
    notes = "\n".join(f"{i} See the report on case number {i}." for i in range(1, count + 1))
    document = read(f"A Long Report\n\n{body}\n\nNotes\n\n{notes}\n")
    assert len(document.note_refs) == count
    seen = []

    def counted(text, start, end, masked):
        seen.append(len(masked))
        return original(text, start, end, masked)

    original = split.sentence_spans
    monkeypatch.setattr(split, "sentence_spans", counted)
    passages = split_document(document, passage_words=90)
    assert sum(seen) == 2 * count  # once in its own block, once as what its note belongs to
    contexts = [passage.context for passage in passages if passage.kind == "note"]
    assert [f"number {i} " in context for i, context in enumerate(contexts, start=1)] == [True] * count


def test_lines_without_a_blank_between_are_each_looked_at_a_few_times(monkeypatch: pytest.MonkeyPatch):
    full = "and the province of the north went on with all of its plans for the new year, too"
    lines = [line for _ in range(200) for line in (full, full, full, "It ended there.")]
    looked = []

    def counted(chunk, width):
        looked.append(len(chunk.lines))
        return original(chunk, width)

    original = layout._is_prose
    monkeypatch.setattr(layout, "_is_prose", counted)
    parse_text("\n".join(line.capitalize() for line in lines))
    assert sum(looked) < 5 * len(lines)
