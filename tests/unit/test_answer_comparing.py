"""Rows of a small table side by side: all where no column tells which is the most, or where its names are asked for."""

from answer import Answerer
from core.settings import Settings
from tests.unit.answer_fakes import FakeIndex, Indifferent, plain_model


def ropes(rows: int) -> str:
    lines = "\n".join(f"Rope{n:<4}  {n % 3}    {'ABC'[n % 3]}" for n in range(rows))
    return f"# Ropes\n\nRopes are made of hemp in all ports.\n\nTable 1: Ropes\n\nRope      Ply  Grade\n{lines}\n"


def ask(question: str, text: str):
    answer = Answerer(FakeIndex(text), Settings(), plain_model(9.0), Indifferent()).ask(question)
    return [c.quote.split("\t")[0] for c in answer.citations]


def test_rows_that_no_column_ranks_are_shown_together():
    assert ask("Which rope has the poorest grade?", ropes(6)) == [f"Rope{n}" for n in range(6)]


def test_a_long_table_is_not():
    assert len(ask("Which rope has the poorest grade?", ropes(12))) < 12


def test_what_a_column_ranks_is_its_row():
    assert ask("Which rope has the highest ply?", ropes(3)) == ["Rope2"]


LOSSES = """# The fleet

Ships were lost on all coasts in those years, and nobody counts them now.

Table 1: Losses of the fleet, by reason given

Reason    Ships  Mean crew
Storm     14     21.5
Fire      3      19.0
Fog       7      24.5
"""


def test_things_that_are_asked_for_by_the_name_of_the_first_column_are_all_of_it():
    assert ask("Which reasons are given for the losses of the fleet?", LOSSES) == ["Storm", "Fire", "Fog"]


def test_an_average_is_what_a_column_calls_a_mean():
    assert ask("Which cause had the highest average of sailors?", LOSSES.replace("Reason", "Cause ")) == ["Fog"]
