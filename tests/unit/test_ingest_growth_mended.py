"""What is done for each row, note or word must not grow with the document: counted, since times on a machine vary."""

from dataclasses import replace
from typing import ClassVar

import pytest

from core.records import BlockKind
from ingest import Metadata, labelled_row, quality, report, split, split_document
from ingest.cited import citations
from ingest.document import build_read
from ingest.loaders import load
from ingest.pdf import words
from ingest.trace import trace
from tests.unit.markup_samples import read


class Counted(frozenset):
    """A set that counts how often it is gone over."""

    walks = 0

    def __iter__(self):
        Counted.walks += 1
        return super().__iter__()


class Unsearched(tuple):
    """A tuple that nobody may search from its beginning."""

    __slots__ = ()

    def __contains__(self, item):
        raise AssertionError("searched")

    def index(self, *_):
        raise AssertionError("searched")


def test_a_row_is_found_without_a_search_and_spans_are_sorted_once():
    body = "".join(f"<tr><td>Pond {i}</td><td>{i}</td></tr>" for i in range(200))
    head = "<tr><th>Kind</th><th>Pond</th><th>Depth</th></tr>"
    _, doc = read(f"<table>{head}{body.replace('<tr>', '<tr><td rowspan=200>Dug</td>', 1)}</table>", "a.html")
    (table,) = [block for block in doc.blocks if block.kind is BlockKind.TABLE]
    assert len(table.merged) == 199
    counted = replace(table, lines=Unsearched(table.lines), merged=Counted(table.merged))
    doc = replace(doc, blocks=tuple(counted if block is table else block for block in doc.blocks))
    passages = split_document(doc, passage_words=90)
    assert passages[-1].context.endswith("Kind: Dug")
    assert labelled_row(doc, table.lines[-1]) == "Kind: Dug | Pond: Pond 199 | Depth: 199"
    assert Counted.walks <= 2


def test_a_paragraph_with_many_notes_is_cut_once_for_all_of_them(monkeypatch: pytest.MonkeyPatch):
    count = 60
    body = " ".join(f"The case of number {i} was closed by the ministry in the end.{i}" for i in range(1, count + 1))
    notes = "\n".join(f"{i} See the report on case number {i}." for i in range(1, count + 1))
    _, document = read(f"A Long Report\n\n{body}\n\nNotes\n\n{notes}\n", "a.txt")
    assert len(document.note_refs) == count
    (block,) = [b for b in document.blocks if b.kind == "paragraph"]
    cut = []

    def counted(text, start, end, masked):
        cut.append(start)
        return original(text, start, end, masked)

    original = split.sentence_spans
    monkeypatch.setattr(split, "sentence_spans", counted)
    passages = split_document(document, passage_words=90)
    assert cut.count(block.start) == 2  # once for its passages, once for what its notes belong to
    contexts = [passage.context for passage in passages if passage.kind == "note"]
    assert [f"number {i} " in context for i, context in enumerate(contexts, start=1)] == [True] * count


def test_a_chain_of_letters_is_no_word_to_be_parted(monkeypatch: pytest.MonkeyPatch):
    looked = []
    known = quality._frequency
    monkeypatch.setattr(quality, "_frequency", lambda word: looked.append(len(word)) or known(word))
    words = "the water in the pond was drained because of the dam and went into the river " * 3
    glued = " ".join(["waterwas", "riverwas", "pondwater"] * 3)
    _, document = read(f"<p>{words} {'acgt' * 500} {glued}</p>", "a.html")
    assert "glued words" in quality.quality_warnings(document)[0]
    assert len(looked) < 2000


class Watched(str):
    """A text that notes how long the slices are that are taken of it."""

    __slots__ = ()
    taken: ClassVar[list[int]] = []

    def __getitem__(self, key):
        found = super().__getitem__(key)
        Watched.taken.append(len(found))
        return found


def test_no_hyphen_at_a_line_end_copies_the_text_before_it():
    full = (
        "and the province of the north went on with all of its plans for the new pro-\nvincial year, too, as was said\n"
    )
    read = build_read(
        load(full.encode() * 50, "a.txt"), document_id="d", source="a.txt", metadata=Metadata(), content_hash="0"
    )
    watched = replace(read, document=replace(read.document, text=Watched(read.document.text)))
    events = [*report._hyphens(watched, {line.number: line.clean for line in trace(read) if line.clean})]
    assert {event.text for event in events} == {"pro-|vincial → provincial"}
    assert len(events) == 50
    assert max(Watched.taken) < 100


def test_brackets_in_brackets_are_not_each_read_to_the_end(monkeypatch: pytest.MonkeyPatch):
    looked = []
    original = citations._in_group
    monkeypatch.setattr(citations, "_in_group", lambda *args: looked.append(args[1]) or original(*args))
    deep = "(a " * 500 + ") " * 500
    _, document = read(
        f"<p>{'( ' * 9} It grew ({deep}), and so it was (see (and (Heron 2001))) in (Bell, 2003).</p>", "a.html"
    )
    assert len(looked) < 20
    assert [cited.year for cited in document.cited] == ["2001", "2003"]


def test_a_word_is_held_only_against_its_like_nearby(monkeypatch: pytest.MonkeyPatch):
    class Place(float):
        """A place that counts how often another is held against it."""

        compared = 0

        def __sub__(self, other):
            Place.compared += 1
            return float(self) - float(other)

    font = words.Font(10.0, bold=False, italic=False)
    placed = [(10.0 * column, 12.0 * row) for row in range(40) for column in range(40)]
    page = [words.Word("0", Place(x + off), x + 5, y, font, spaced=True) for x, y in placed for off in (0.0, 0.5)]
    large = words.Word("0", 1.5, 90.0, 0.0, words.Font(20.0, bold=False, italic=False), spaced=True)
    kept = words._once([*page, large])
    assert [(word.x0, word.base) for word in kept] == placed
    assert Place.compared < 20 * len(page)
