"""By how much what sentences count is unlike what a question counts, with cosines that are shares of shared words."""

from dataclasses import replace

import pytest

from answer.counted import uncounted
from answer.evidence import Evidence
from core.records import PassageKind
from tests.unit.answer_fakes import FakeIndex, hit, passage


def says(*texts: str) -> list[Evidence]:
    return [Evidence(hit(passage(text)), (0, len(text)), text) for text in texts]


@pytest.mark.parametrize(
    ("question", "text", "off"),
    [
        ("How many clerks does it have?", "It employs 40 clerks.", 0.0),
        ("How many clerks does it have?", "It employs forty-one clerks.", 0.0),
        ("How many clerks are there?", "None of the clerks stayed.", 0.0),
        ("How many of the old mills closed?", "In all, 12 mills closed.", 0.0),  # half of the words
        ("How many clerks does it have?", "One hundred and twenty clerks, in all.", 0.0),
        ("How many clerks does it have?", "No fewer than 300 clerks!", 0.0),
        ("How many clerks does it have?", "It runs 40 mills.", 0.5),
        ("How many newly hired clerks are there?", "There are 40 newly hired clerks.", 0.0),
        ("How many per cent left?", "In all, 62% left.", 0.0),
        ("How many of them left?", "It runs 40 mills.", 0.0),
        ("How many clerks does it have?", "Its clerks are many and old.", 0.5),
        ("How many clerks does it have?", "Its clerks are old.", 0.5),  # counts nothing
        ("How many people work there?", "It runs 40 mills.", 0.0),  # whoever they are, the text may name them otherwise
        ("How many times did it close?", "It runs 40 mills.", 0.0),
        ("Who are the clerks?", "It runs 40 mills.", 0.0),
    ],
)
def test_what_is_counted_is_what_stands_behind_figures(question, text, off):
    assert uncounted(question, says(text), FakeIndex()) == pytest.approx(off)


def test_a_row_counts_what_its_columns_are_named_after():
    row = replace(passage("Ford\t4"), kind=PassageKind.TABLE, context="Table 1. Mills\nTown | Wheels")
    found = [Evidence(hit(row), (0, 6), "Ford\t4", antecedent=row.context)]
    assert uncounted("How many wheels has Ford?", found, FakeIndex()) == 0
    assert uncounted("How many clerks has Ford?", found, FakeIndex()) == 0.5
    assert uncounted("How many Ford?", found, FakeIndex()) == 0


def test_nothing_read_counts_nothing():
    assert uncounted("How many clerks does it have?", [], FakeIndex()) == 0.5
