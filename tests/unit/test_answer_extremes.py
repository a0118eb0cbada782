"""Rows of tables that answer: the extreme of the column that is meant, the rows that are named, the source line."""

import pytest
from answer_fakes import FakeIndex, Indifferent, plain_model

from answer.answerer import Answerer
from core.settings import Settings
from tests.unit.markup_samples import read

TEXT = """Ponds of the county

Ann Bell

This is what is known about the ponds of the county, and there is more of it in the tables below.

Table 1: Ponds and their fish

Pond      Depth (m)   Fish    First stocked
Northern  4           carp    1820
Southern  11          pike    1911
Western   2           carp    1764

Source: County Water Office (2001).

The ponds are fed by one brook, which rises in the hills and runs dry in hot summers.
"""
ALWAYS = plain_model(bias=9.0)


@pytest.fixture
def ask(tmp_path):
    index = FakeIndex(TEXT)
    return lambda question: Answerer(index, Settings(home=tmp_path), ALWAYS, Indifferent()).ask(question)


@pytest.mark.parametrize(
    ("question", "rows"),
    [
        ("Which pond has the greatest depth?", ["Southern"]),
        ("Which pond has the lowest depth?", ["Western"]),
        ("Which pond was stocked earliest?", ["Western"]),
        ("Which pond with carp has the greatest depth?", ["Northern"]),
        ("Which pond has pike?", ["Southern"]),
        ("Which ponds have carp as fish?", ["Northern", "Western"]),
    ],
)
def test_the_rows_that_answer_are_quoted(ask, question, rows):
    answer = ask(question)
    assert [c.quote.split("\t")[0] for c in answer.citations] == rows
    assert {c.passage_id for c in answer.citations} <= {hit.passage.id for hit in answer.hits}


@pytest.mark.parametrize(
    ("question", "row"),
    [
        ("Which pond was the latest to be stocked?", "Southern"),
        ("What was the latest pond to be stocked?", "Southern"),
        ("Which pond came first?", "Western"),  # no word for a date, and one column of dates
        ("Which of the ponds came last?", "Southern"),
    ],
)
def test_the_latest_to_have_done_something_has_the_last_date(ask, question, row):
    assert [c.quote.split("\t")[0] for c in ask(question).citations] == [row]


def test_the_latest_to_do_what_a_sentence_tells_is_told_by_it(tmp_path):
    index = FakeIndex(f"{TEXT}\nThe latest pond to be drained for good was the little Holm pond.\n")
    answer = Answerer(index, Settings(home=tmp_path), ALWAYS, Indifferent()).ask(
        "Which pond was the latest to be drained?"
    )
    assert any(c.quote.startswith("The latest pond to be drained") for c in answer.citations)
    assert not any("\t" in c.quote for c in answer.citations)


def test_the_most_often_is_the_least_of_intervals_and_the_most_of_counts(tmp_path):
    page = "Mill,Checked every (days),Stops\nDale,9,30\nFord,4,12\n"
    index = FakeIndex.of(read(as_page(page), "mills.html")[1])
    asked = Answerer(index, Settings(home=tmp_path), plain_model(bias=-9.0), Indifferent()).ask
    assert [c.quote.split("\t")[0] for c in asked("Which mill stopped most often?").citations] == ["Dale"]
    assert asked("Which mill is checked most often?").refused


def test_a_row_is_shown_with_the_names_of_its_columns(ask):
    text = ask("Which pond has pike?").text
    assert text == "Pond: Southern | Depth (m): 11 | Fish: pike | First stocked: 1911 [1]"


def test_where_the_figures_of_a_table_come_from_is_its_source_line(ask):
    answer = ask("Where do the numbers in the first table come from?")
    assert [c.quote for c in answer.citations] == ["Source: County Water Office (2001)."]


def test_a_word_of_a_long_description_sets_no_condition(tmp_path):
    table = (
        "Mill,Wheels (count),Purpose\nDale,9,grain\nFord,4,land and water for all who come here with grain of theirs\n"
    )
    index = FakeIndex.of(read(as_page(table), "mills.html")[1])
    answer = Answerer(index, Settings(home=tmp_path), ALWAYS, Indifferent()).ask(
        "Which mill on this land has most wheels?"
    )
    assert [c.quote.split("\t")[0] for c in answer.citations] == ["Dale"]


def as_page(table: str) -> str:
    """An HTML page with a table, its cells parted by commas."""
    rows = "".join(f"<tr><td>{'</td><td>'.join(line.split(','))}</td></tr>" for line in table.splitlines())
    return f"<h1>Mills</h1><p>All of them are listed.</p><table>{rows.replace('td>', 'th>', 6)}</table>"
