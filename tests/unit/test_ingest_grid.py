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


def test_a_cell_that_wraps_is_one_whichever_column_it_stands_in():
    found = grid(
        "Project         Start   Status\n"
        "Sunday          2020    Work to go\nopening                 on in May\n"
        "Lower Vesland   2016    Completed\nHarbour\n"
        "Archives and    2021    Waiting for\nRecord Office           permission\n"
    )
    assert found is not None
    assert found.rows == (
        ("Project", "Start", "Status"),
        ("Sunday opening", "2020", "Work to go on in May"),
        ("Lower Vesland Harbour", "2016", "Completed"),
        ("Archives and Record Office", "2021", "Waiting for permission"),
    )
    assert [line.number for line in found.lines] == [1, 2, 4, 6]


def test_first_and_last_cells_may_wrap_together_where_others_do():
    found = grid(
        "City       Lines   Year   Operator\n"
        "Orrin      5       2011   Orrin\n                          Transport\n"
        "Calder     3       2014   Baylink\nBay                       Ltd\n"
    )
    assert found is not None
    assert found.rows[1:] == (("Orrin", "5", "2011", "Orrin Transport"), ("Calder Bay", "3", "2014", "Baylink Ltd"))


@pytest.mark.parametrize(
    "names",
    [
        "Place     Loans       Hours\n          (thousand   open per\n          crowns)     week",
        "          Loans       Hours\n          (thousand   open per\nPlace     crowns)     week",
        "          Loans       Hours\n          (thousand   open\nPlace     crowns)     per week",
    ],
    ids=["at the head", "at the foot", "at the foot, ragged"],
)
def test_names_of_three_lines_are_one_row(names):
    found = grid(f"{names}\nSaltby    2,400       12\nWick      1,150       85\n")
    assert found is not None
    assert found.rows == (
        ("Place", "Loans (thousand crowns)", "Hours open per week"),
        ("Saltby", "2,400", "12"),
        ("Wick", "1,150", "85"),
    )


def test_long_words_that_push_cells_aside_leave_them_in_their_columns():
    found = grid(
        "Programme   Purpose      First       End           Hold\n"
        "                         rate        temperature   (minutes)\n"
        "1           Biscuit      80          960           15\n"
        "2           Earthenware   150         1080          20\n"
        "            glaze\n"
    )
    assert found is not None
    assert found.rows == (
        ("Programme", "Purpose", "First rate", "End temperature", "Hold (minutes)"),
        ("1", "Biscuit", "80", "960", "15"),
        ("2", "Earthenware glaze", "150", "1080", "20"),
    )


@pytest.mark.parametrize(
    ("text", "firsts"),
    [
        ("Town    Maker   Clock\nNorth\nAlder   Dent    1702\nSouth\nBirch   Eagle   1788", "North Alder South Birch"),
        ("Town        People   Maker\nHarrowby    4,120    Dent\nPenmarsh             Unknown", "Harrowby Penmarsh"),
        ("Town        People   Maker\nHarrowby    4,120    Dent\nTotal       4,120", "Harrowby Total"),
        (
            "Town       Loans   Maker     Visits\nMillgate   7112    Eagle     3449\nPenmarsh           Unknown",
            "Millgate Penmarsh",
        ),
        ("Symbol   Means   Unit\nn        index\nm        mass    kg", "n m"),
    ],
    ids=["groups", "an empty cell", "a total", "two empty cells", "small letters"],
)
def test_a_row_with_empty_cells_stays_a_row(text, firsts):
    found = grid(text)
    assert found is not None
    assert " ".join(row[0] for row in found.rows[1:]) == firsts


def test_rows_under_a_cell_that_spans_them_may_wrap():
    found = grid(
        "Part      Property        Value\n"
        "                          (new)\n"
        "Cabinet   Outer size      1,180 mm\n"
        "          Load of seed,   55 kg\n"
        "          at most\n"
    )
    assert found is not None
    assert found.rows == (
        ("Part", "Property", "Value (new)"),
        ("Cabinet", "Outer size", "1,180 mm"),
        ("", "Load of seed, at most", "55 kg"),
    )
    assert found.merged == {(2, 0)}


def test_names_of_columns_that_a_new_page_sets_again_are_no_row():
    found = grid(
        "            Plan      Plan\n"
        "            2001      2002\n"
        "Hay         310       342\n"
        "Oats        150       188\n"
        "\n"
        "            Plan      Plan\n"
        "            2001      2002\n"
        "Rye         640       622\n"
        "Barley      60        17\n"
    )
    assert found is not None
    assert found.rows == (
        ("", "Plan 2001", "Plan 2002"),
        ("Hay", "310", "342"),
        ("Oats", "150", "188"),
        ("Rye", "640", "622"),
        ("Barley", "60", "17"),
    )
    assert not found.merged


def test_a_row_that_is_like_the_first_stays_a_row():
    found = grid("Mon   Swim   10\nTue   Run    11\nWed   Row     9\nMon   Swim   10\nFri   Run     9")
    assert [row[1] for row in found.rows] == ["Swim", "Run", "Row", "Swim", "Run"]
