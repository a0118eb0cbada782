"""Faults that a reviewer found in the reading of files, each held down by a test."""

from core.records import BlockKind, Document, PassageKind
from ingest import labelled_row, split_document
from tests.unit.markup_samples import read


def table_rows(doc: Document) -> list[str]:
    (table,) = [block for block in doc.blocks if block.kind is BlockKind.TABLE]
    return [labelled_row(doc, line) for line in table.lines]


def test_a_name_over_two_columns_and_rows_has_no_cell_above_it():
    _, doc = read(
        "<table><tr><th colspan=2 rowspan=2>A</th><th>C</th></tr><tr><td>x</td></tr>"
        "<tr><td>1</td><td>2</td><td>3</td></tr></table>",
        "a.html",
    )
    rows = table_rows(doc)
    assert rows[-1] == "A: 1 | 2 | C: 3"
    assert rows[0] == "A: A | C: C"
    assert [p.context for p in split_document(doc, passage_words=90)][-1] == " | A | C"


def test_a_note_keeps_the_figure_that_it_begins_with_unless_it_is_its_number():
    _, doc = read(
        '<p>Many came.<sup><a href="#fn1">1</a></sup> And went.</p>'
        '<section role="doc-endnotes"><ol><li id="fn1" role="doc-endnote">100 people attended the meeting in May.</li>'
        "</ol></section>",
        "a.html",
    )
    (note,) = [p for p in split_document(doc, passage_words=90) if p.kind is PassageKind.NOTE]
    assert note.text == "100 people attended the meeting in May."
