"""Tallies in running text: what is counted, and which questions they answer. Cosines are shares of shared words."""

import pytest

from answer.evidence import Evidence
from answer.question import read_question
from answer.tallies import Tally, answer_from_tally, read_tally
from tests.unit.answer_fakes import FakeIndex, hit, passage

BOATS = "The 64 old boats of Norland lie as follows: Hull (30), Selby (20), Port Ash (9) and Goole (5)."
NEAR = "Most old boats lie in the east, in Hull (30), Selby (20) and Goole (5)."
INDEX = FakeIndex(f"# Boats\n\n{BOATS}\n")


def evidence(text: str) -> Evidence:
    return Evidence(hit(passage(text)), (0, len(text)), text, 1.0, ())


@pytest.mark.parametrize(
    ("sentence", "tally"),
    [
        (BOATS, Tally("old boats", {"Hull": 30, "Selby": 20, "Port Ash": 9, "Goole": 5})),
        (
            "Farms grow oats (1,200), rye (300) and barley (70).",
            Tally("Farms grow", {"oats": 1200, "rye": 300, "barley": 70}),
        ),
        ("It was found by Bell (2014), Marsh (2015) and Roe (2019).", None),
        ("Two ports grew: Hull (30) and Selby (20).", None),
        ("Boats lie in Hull, Selby and Goole.", None),
    ],
)
def test_a_tally_is_three_things_with_a_figure_that_is_no_year(sentence, tally):
    assert read_tally(sentence) == tally


@pytest.mark.parametrize(
    "question",
    [
        "How many boats lie in Port Ash?",
        "How many old boats did Selby have?",
        "What is the number of boats in Goole?",
        "Which port has 20 boats?",
        "Where in Norland are the fewest boats?",
    ],
)
def test_a_question_for_what_is_counted_is_answered_by_the_fullest_tally(question):
    found = answer_from_tally(read_question(question), [evidence(NEAR), evidence(BOATS)], INDEX)
    assert found is not None
    assert found.text == BOATS


@pytest.mark.parametrize(
    "question",
    [
        "How many people live in Selby?",  # counts something else
        "How many boats lie in York?",  # is not in it
        "Which port has 21 boats?",
        "How many boats were there in Selby under King Osric?",  # names what the sentence does not
        "Who built the boats of Selby?",
        "Which are the most boats?",  # of what, is not said
    ],
)
def test_another_question_is_not(question):
    assert answer_from_tally(read_question(question), [evidence(BOATS)], INDEX) is None


def test_a_label_that_says_nothing_is_of_no_question():
    tally = evidence("The 64 old boats of Norland lie in Hull (30), Selby (20), York (9) and more (14).")
    assert answer_from_tally(read_question("How many old boats has Norland?"), [tally], INDEX) is None
