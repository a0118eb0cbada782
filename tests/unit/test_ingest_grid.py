import pytest

from ingest.grid import read_grid
from ingest.lines import read_lines

ROWS = (("River", "Length", "Mouth"), ("Aln", "12", "the continent"), ("Breamish", "78", "Tweed"))


def grid(text: str):
    return read_grid([line for line in read_lines(text) if line.text])


@pytest.mark.parametrize(
    "text",
    [
        "| River | Length | Mouth |\n|---|--:|---|\n| Aln | 12 | the continent |\n| Breamish | 78 | Tweed |",
        "River | Length | Mouth\n------|--------|------\nAln | 12 | the continent\nBreamish | 78 | Tweed",
        "River     Length  Mouth\nAln       12      the con-\n                  tinent\nBreamish  78      Tweed",
        "River\tLength\tMouth\nAln\t12\tthe continent\nBreamish\t78\tTweed",
        "+-------+----+------+\n| River | Length | Mouth |\n+=======+====+======+\n| Aln | 12 | the con- |\n"
        "|  |  | tinent |\n+-----+---+---+\n| Breamish | 78 | Tweed |\n+----+---+---+",
    ],
    ids=["bars", "open bars", "columns of spaces", "tabs", "boxes"],
)
def test_the_rows_of_a_table_are_told_from_its_layout(text):
    found = grid(text)
    assert found is not None
    assert found.rows == ROWS
    assert [line.number for line in found.lines] == sorted(line.number for line in found.lines)
    assert len(found.lines) == 3


@pytest.mark.parametrize(
    "text",
    [
        "Running text that goes on over\nseveral lines has no columns\nwhatever its words are",
        "One   two\nA longer one   two   three\nOne",
        "| only one line |",
    ],
)
def test_lines_that_do_not_fall_into_columns_are_no_table(text):
    assert grid(text) is None
