"""What of a paper says nothing by itself: plots, formulas in pieces, and what a console prints."""

from dataclasses import replace
from itertools import accumulate

import pytest

from core.records import Block, BlockKind, Document
from ingest import split_document
from ingest.scraps import is_console, is_formula, scraps_of


def document(*paragraphs: str) -> Document:
    starts = list(accumulate((len(text) + 2 for text in paragraphs), initial=0))
    blocks = tuple(
        Block(BlockKind.PARAGRAPH, start, start + len(text), 1, (), 0, "")
        for text, start in zip(paragraphs, starts, strict=False)
    )
    return Document("d", "Otters", (), "d.pdf", "\n\n".join(paragraphs), ((0, 1),), blocks, (), "0")


def scraps(*paragraphs: str) -> list[str]:
    doc = document(*paragraphs)
    return [doc.text[b.start : b.end] for b in doc.blocks if b.start in scraps_of(doc)]


PROSE = "The otters of the lower river were counted in each of the nine winters of the survey."


@pytest.mark.parametrize(
    "text",
    [
        '> fit <- count(otters, by = "river")',
        "R> fit <- count(otters)",
        "+ winters = 9, verbose = TRUE)",
        '[1] "Aller" "Bode"',
        "Aller Bode Ohre [1,] 0.012 0.194 0.122",
    ],
)
def test_what_is_typed_at_a_prompt_and_what_comes_back_is_a_console(text):
    assert is_console(text)


@pytest.mark.parametrize(
    "text",
    [
        PROSE,
        "> The mayor wrote back that the otters would stay.",
        "Depends: libotter6 (>= 2.14)",
        "• first_winter (2001) and last_winter (2009);",
        "See the function count(), which counts them.",
        "Aller 120 45 33",
        "The share of each river is \x01p and that of all the otters is given by its sum, so that",
    ],
)
def test_prose_with_signs_in_it_and_rows_of_a_table_are_neither(text):
    assert not is_console(text)
    assert not is_formula(text)


@pytest.mark.parametrize(
    "text", ["STAGE ONE \uf8eb q11 0 0 \uf8f6", "D1 = 1 − p2 Otters (2)", "y ∼ N(0, σ2) , (3)", "aˆr = Npˆ1rγ (17)"]
)
def test_signs_with_hardly_a_word_are_a_formula(text):
    assert is_formula(text)


def test_letters_of_a_figure_are_scraps_and_its_caption_is_none():
    labels = ["Number of otters", "0 20 40 60 80", "Winter"]
    assert scraps(PROSE, *labels, "Figure 2: Otters counted in nine winters.", PROSE) == labels


def test_lines_over_a_caption_without_an_axis_stay():
    assert scraps(PROSE, "Otters live here", "Figure 2: A sign at the bridge.", PROSE) == []


def test_short_lines_between_scraps_are_the_figures_too():
    assert scraps(PROSE, "0.5 1.0 1.5", "Threshold", "2001 2002 2003", PROSE) == [
        "0.5 1.0 1.5",
        "Threshold",
        "2001 2002 2003",
    ]


def test_an_index_beside_a_piece_of_a_formula_is_one_too():
    assert scraps(PROSE, "f4", "S", "H = −Σ pi log pi (1)", "Sp", PROSE) == ["f4", "S", "H = −Σ pi log pi (1)", "Sp"]


def test_a_command_that_is_announced_is_what_is_announced():
    command = "> otters <- read(winter = 9)"
    assert scraps("They are read with:", command, "which takes a minute.") == []
    assert scraps("They are read as above.", command, "which takes a minute.") == [command]


def test_pieces_of_a_formula_are_scraps_even_where_it_is_announced():
    found = scraps(
        "The index of a river is:", "S", "H = −Σ pi log pi (1)", "i=1", "where pi is the share of a species."
    )
    assert found == ["S", "i=1"]


@pytest.mark.parametrize("text", ["lp", "45 %", "• NULL;", "2.5", "1995–2003", "獺の川"])
def test_short_texts_that_may_say_something_stay(text):
    assert scraps(PROSE, text, PROSE) == []


def test_scraps_are_no_sentences_of_a_passage():
    doc = document(PROSE, "Number of otters", "0 20 40 60 80", "Figure 2: Otters counted in nine winters.")
    said = [doc.text[slice(*span)] for p in split_document(doc, passage_words=100) for span in p.sentences]
    assert said == [PROSE, "Figure 2: Otters counted in nine winters."]


def test_a_date_or_a_number_to_call_is_none_and_neither_is_what_a_heading_announces():
    assert scraps("Opened", "12/05/1821", "Owner", "John Bell", "Closed", "03/04/1950") == []
    doc = document("Phone", "+44 1482 300 300", "Opening hours", "Mo 9-12, Tu 9-12, We 9-12")
    headed = [replace(b, kind=BlockKind.HEADING) if n % 2 == 0 else b for n, b in enumerate(doc.blocks)]
    assert scraps_of(replace(doc, blocks=tuple(headed))) == frozenset()


def test_imports_at_a_prompt_are_a_console_and_brackets_that_never_close_take_no_time():
    assert is_console(">>> import os")
    assert not is_console("> " + "a(" * 20_000)
