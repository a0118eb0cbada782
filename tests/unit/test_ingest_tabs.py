import pytest

from core.records import BlockKind
from ingest import Metadata, build_document, parse_text
from ingest.tabs import even_rows, tab_cells, tab_runs

PLAIN = "The kilns of the valley were counted twice, in spring and in autumn, and none was found to be cold.\n"
KILNS = "Kiln\tOwner\tFirings\nUpper Reach\tSisters of Wend\t14\nOld Mole\tA. Brask\t9.5\nTarrow\tThe parish\t120\n"


def document(raw: str):
    return build_document(parse_text(raw), document_id="d", source="d.txt", metadata=Metadata(), content_hash="")


def tables(raw: str):
    return [block for block in document(raw).blocks if block.kind is BlockKind.TABLE]


def test_rows_with_one_tab_between_cells_are_a_table_though_they_stand_askew():
    (table,) = tables(f"{PLAIN}\nTable 1. Kilns in use\n\n{KILNS}\n{PLAIN}")
    assert table.label == "Table 1. Kilns in use"
    assert table.columns == ("Kiln", "Owner", "Firings")
    assert len(table.lines) == 4


def test_a_row_reads_as_it_stands_in_the_file():
    assert "Old Mole\tA. Brask\t9.5" in document(f"Table 1. Kilns in use\n{KILNS}").text


def test_a_caption_and_text_right_beside_the_rows_are_none_of_them():
    raw = f"{PLAIN}\nTable 1. Kilns in use\n{KILNS}Source: the parish books.\n\n{PLAIN}"
    (table,) = tables(raw)
    assert (table.label, table.columns[0]) == ("Table 1. Kilns in use", "Kiln")
    assert PLAIN.strip() in document(raw).text


def test_a_figure_with_a_point_ends_no_table():
    """'9.5' has the look of a sentence's end with a note, and many rows follow it."""
    rows = "Kiln\tHeat\nA\t9.5\nB\t8.5\nC\t7.1\nD\t6.2\nE\t5.5\n"
    (table,) = tables(f"{PLAIN}\nTable 1. Heat\n{rows}")
    assert len(table.lines) == 6
    assert table.columns == ("Kiln", "Heat")


def test_tables_that_follow_each_other_are_two():
    first, second = tables(f"Table 1. Kilns\n{KILNS}\nTable 2. Clays\nClay\tColour\nBlue Wend\tgrey\nPipe\twhite\n")
    assert first.columns == ("Kiln", "Owner", "Firings")
    assert second.columns == ("Clay", "Colour")


def test_a_row_longer_than_a_printed_line_is_a_row_still():
    long = "a kiln that was built against the advice of the mason, " * 5
    (table,) = tables(f"Table 1. Kilns\n{KILNS}Long Reach\t{long}\t3\nShort Reach\tB. Orm\t4\n")
    assert len(table.lines) == 6


@pytest.mark.parametrize(
    ("row", "cells"),
    [
        ("Old Mole\tA. Brask\t9", ("Old Mole", "A. Brask", "9")),
        ("Old Mole\t\t9\t", ("Old Mole", "", "9")),
        ("\tOwner\tFirings", ("", "Owner", "Firings")),
        ("\tA paragraph that a tab indents.", ()),
        ("No tab at all", ()),
    ],
)
def test_tabs_part_cells(row, cells):
    assert tab_cells(row) == cells


def test_cells_missing_at_the_end_of_a_row_are_empty():
    lines = [("Kiln", "Owner", "Firings"), ("A", "B", "3"), ("C", "D"), ("E", "F", "4")]
    assert even_rows(lines)[2] == ("C", "D", "")


def test_several_tabs_may_part_two_cells():
    lines = [("Kiln", "", "Firings"), ("Old Mole", "9"), ("Tarrow", "", "120")]
    assert even_rows(lines) == (("Kiln", "Firings"), ("Old Mole", "9"), ("Tarrow", "120"))


@pytest.mark.parametrize(
    "lines",
    [
        [("1.", "Open the lid."), ("2.", "Fill the tank."), ("3.", "Close the lid.")],
        [("Q:", "When did you come?"), ("A:", "In spring."), ("Q:", "Alone?")],
        [("Introduction", "1"), ("The valley", "14"), ("Notes", "201")],
        [("Kiln", "Owner"), ("Old Mole", "A. Brask")],
        [("A", "B", "C"), ("D", "E"), ("F", "G"), ("H", "I")],
        [("", "a line"), ("", "another line"), ("", "a third")],
    ],
    ids=["numbered items", "speakers", "contents", "two lines", "uneven", "indented"],
)
def test_other_lines_with_tabs_are_no_rows(lines):
    assert even_rows(lines) == ()


def test_runs_of_rows_are_found_among_other_lines():
    lines = [(), ("K", "O"), ("A", "B"), ("C", "D"), (), ("x", "y"), ()]
    assert list(tab_runs(lines)) == [(1, 4)]
