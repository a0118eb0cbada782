import pytest

from core.records import BlockKind, PassageKind
from ingest import (
    Metadata,
    build_document,
    labelled_row,
    note_links,
    parse_text,
    passage_reading,
    row_cells,
    row_says,
    split_document,
)
from tests.unit.markup_samples import para, refs, word
from tests.unit.markup_samples import read as load_sample

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


MARKED = """<h1>Ponds</h1><p>All of it was counted.<sup><a href="#n1" id="r1">1</a></sup></p><table>
<tr><th>Pond</th><th>Depth<sup><a href="#n2" id="r2">[2]</a></sup></th><th>Kind</th></tr>
<tr><td>Northern</td><td>4<sup><a href="#n3" id="r3">3</a></sup></td>
<td rowspan="2">Dug<sup><a href="#n4" id="r4">4</a></sup></td></tr>
<tr><td>Southern</td><td>11</td></tr></table><p>Notes</p>
<ol><li id="n1">By hand. <a href="#r1">↩</a></li><li id="n2">In metres. <a href="#r2">↩</a></li>
<li id="n3">After rain. <a href="#r3">↩</a></li><li id="n4">By spade. <a href="#r4">↩</a></li></ol>"""


def test_a_name_over_several_columns_stands_before_each_of_them():
    heads = (
        "<tr><th rowspan=2>Year<th colspan=2>Cost<th colspan=2>Staff<th rowspan=2>Ponds</tr>"
        "<tr><th>Nets<th>Boats<th>Nets<th>Boats</tr>"
    )
    _, doc = load_sample(f"<table><thead>{heads}</thead><tr><td>1990<td>1<td>2<td>3<td>4<td>5</table>", "p.html")
    (table,) = doc.blocks
    assert doc.text == "Year\tCost – Nets\tBoats\tStaff – Nets\tBoats\tPonds\n1990\t1\t2\t3\t4\t5"
    assert labelled_row(doc, table.lines[1]) == (
        "Year: 1990 | Cost – Nets: 1 | Cost – Boats: 2 | Staff – Nets: 3 | Staff – Boats: 4 | Ponds: 5"
    )


def test_markers_in_cells_are_links_raised_for_reading_and_no_part_of_a_figure():
    _, doc = load_sample(MARKED, "p.html")
    assert refs(doc) == [("1", "nted.1"), ("2", "Depth[2]"), ("3", "ern\t43"), ("4", "3\tDug4")]
    (table,) = [block for block in doc.blocks if block.kind is BlockKind.TABLE]
    assert row_cells(doc, table, table.lines[1]) == ("Northern", "4", "Dug")
    assert row_cells(doc, table, table.lines[2]) == ("Southern", "11", "Dug")
    assert labelled_row(doc, table.lines[1], raised=True) == "Pond: Northern | Depth[²]: 4³ | Kind: Dug⁴"
    said = [doc.text[slice(*span)] for span in row_says(doc, table.lines[2])]
    assert said == ["Southern", "11", "Dug4", "Pond", "Depth[2]", "Kind"]


@pytest.mark.parametrize(
    ("name", "data"),
    [
        (
            "p.md",
            "# Ponds\n\n| Pond | Depth |\n|---|---|\n| Northern | 4[^a] |\n| Southern | 11 |\n\n[^a]: After rain.\n",
        ),
        (
            "p.docx",
            word(
                "<w:tbl>"
                + "".join(
                    f"<w:tr>{''.join(f'<w:tc>{para(*cell)}</w:tc>' for cell in row)}</w:tr>"
                    for row in (
                        (("Pond",), ("Depth",)),
                        (("Northern",), ("4", '<w:r><w:footnoteReference w:id="2"/></w:r>')),
                        (("Southern",), ("11",)),
                    )
                )
                + "</w:tbl>",
                footnotes=f'<w:footnote w:id="2">{para("After rain.")}</w:footnote>',
            ),
        ),
    ],
)
def test_a_note_of_a_cell_is_linked_whatever_the_format_and_found_with_its_row(name, data):
    _, doc = load_sample(data, name)
    (ref,) = doc.note_refs
    (note,) = [block for block in doc.blocks if block.kind is BlockKind.NOTE]
    assert note_links(doc) == {ref.start: note.start}
    (context,) = [p.context for p in split_document(doc, passage_words=90) if p.kind is PassageKind.NOTE]
    assert context.startswith("Pond: Northern | Depth: 4")
