from core.records import BlockKind, PassageKind
from ingest import Metadata, build_document, labelled_row, parse_text, passage_reading, row_cells, split_document

RAW = """This is what is known about the ponds, and there is more of it in the table below.

Table 1: Ponds

Kind     Pond      Depth
Natural  Northern  4
         Southern  11
Dug      Western   2

Source: own count.
"""


def read():
    return build_document(parse_text(RAW), document_id="d", source="d.txt", metadata=Metadata(), content_hash="0")


def test_a_row_reads_with_the_names_of_its_columns_and_what_spans_it():
    doc = read()
    (table,) = [block for block in doc.blocks if block.kind is BlockKind.TABLE]
    assert table.merged == {(2, 0)}
    assert [row_cells(doc, table, row)[0] for row in table.lines[1:4]] == ["Natural", "Natural", "Dug"]
    assert labelled_row(doc, table.lines[2]) == "Kind: Natural | Pond: Southern | Depth: 11"
    assert labelled_row(doc, table.lines[4]) == "Source: own count."


def test_no_word_of_a_spanning_cell_is_added_to_the_text():
    assert read().text.count("Natural") == 1


def test_a_row_is_a_passage_that_reads_well_alone_and_is_found_by_what_spans_it():
    doc = read()
    rows = [p for p in split_document(doc, passage_words=90) if p.kind is PassageKind.TABLE]
    assert passage_reading(doc, rows[2]) == "Table 1: Ponds | Kind: Natural | Pond: Southern | Depth: 11"
    assert rows[2].context == "Table 1: Ponds | Kind | Pond | Depth | Kind: Natural"
    assert passage_reading(doc, rows[0]) == "Table 1: Ponds"
