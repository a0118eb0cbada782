"""Rows that meet what a question asks of their cells, and no others."""

import pytest

from answer.answerer import Answerer
from core.settings import Settings
from tests.unit.answer_fakes import FakeIndex, Indifferent, plain_model
from tests.unit.markup_samples import read

PAGE = """<h1>Mills</h1><h2>Oats and rye</h2><p>All mills of the valley are listed.</p>
<table><caption>Table 1. The mills of the valley</caption>
<tr><th>Mill</th><th>Town</th><th>Grain</th><th>Founded</th><th>Wheels</th><th>Shut for</th></tr>
<tr><td rowspan="2">Abbot's Row</td><td>Lyme</td><td>oats</td><td>1790</td><td>4</td><td>12 days</td></tr>
<tr><td>Dorn</td><td>rye</td><td>1801</td><td>2</td><td>none</td></tr>
<tr><td>Brook End (lower)</td><td>Lyme</td><td>rye</td><td>1822</td><td>3</td><td>5 days</td></tr>
<tr><td>Calder, new</td><td>Pell</td><td>oats, rye</td><td>1840</td><td>6</td><td>9 days</td></tr>
<tr><td>Total</td><td></td><td></td><td></td><td>15</td><td></td></tr>
</table><p>Sources: County Office of Tessel (1901); Hilda Marr (1911).</p>
<p>The county office counts the wheels each spring, and writes them down in a green book that nobody has read.</p>"""
ALWAYS = plain_model(bias=9.0)


@pytest.fixture
def ask(tmp_path):
    index = FakeIndex.of(read(PAGE, "mills.html")[1])
    return lambda question: Answerer(index, Settings(home=tmp_path), ALWAYS, Indifferent()).ask(question)


def rows(answer) -> list[str]:
    return [citation.quote.split("\t")[1] for citation in answer.citations if "\t" in citation.quote]


@pytest.mark.parametrize(
    ("question", "towns"),
    [
        ("Which mills are in Lyme?", ["Lyme", "Lyme"]),
        ("Which mills grind rye?", ["Dorn", "Lyme", "Pell"]),  # a word of the heading, too; one of several in a cell
        ("Which mill in Lyme grinds rye?", ["Lyme"]),
        ("Which mills in Lyme or Pell grind rye?", ["Lyme", "Pell"]),
        ("Which mills grind oats and rye?", ["Pell"]),
        ("Which mill has 2 wheels?", ["Dorn"]),
        ("In which towns does Abbots Row have mills?", ["Lyme", "Dorn"]),  # a cell that spans two rows
        ("What does Abbot's Row grind in Dorn?", ["Dorn"]),
        ("How many wheels has the Brook End mill?", ["Lyme"]),  # a name without what stands in brackets
        ("Which mills do not grind rye?", ["Lyme"]),
        ("Which mill was shut for no days?", ["Dorn"]),
        ("Which mills were founded before 1802?", ["Lyme", "Dorn"]),
        ("Which mill in Lyme was founded after 1800?", ["Lyme"]),
        ("Which mills were first founded before 1810?", ["Lyme", "Dorn"]),  # not the first of all
        ("Which mills were founded between 1800 and 1825?", ["Dorn", "Lyme"]),
        ("Which mill that grinds rye has the fewest wheels?", ["Dorn"]),
    ],
)
def test_the_rows_with_the_values_that_a_question_names_are_quoted_and_no_others(ask, question, towns):
    assert rows(ask(question)) == towns


def test_that_no_row_has_two_values_together_is_told(ask):
    answer = ask("Which mills in Pell were founded in 1822?")
    assert answer.refused
    assert answer.reason == "No row of its table has ‘Pell’ and ‘1822’ together."


def test_a_row_that_is_named_is_shown_though_it_lacks_the_value(ask):
    assert rows(ask("Does Calder grind 4 oats?")) == ["Pell"]


def test_a_source_line_is_no_answer_to_a_question_that_has_a_name_of_it(ask):
    quotes = [citation.quote for citation in ask("What does the County Office count?").citations]
    assert quotes[0].startswith("The county office counts the wheels")
    assert not any(quote.startswith("Sources:") for quote in quotes)


@pytest.mark.parametrize(
    "question", ["Where do the numbers in Table 1 come from?", "What are the sources of the table of mills?"]
)
def test_a_question_for_the_sources_of_a_table_gets_its_source_line(ask, question):
    assert ask(question).citations[0].quote.startswith("Sources:")


def test_a_source_line_answers_where_only_that_has_the_name(ask):
    assert any(c.quote.startswith("Sources:") for c in ask("What did Hilda Marr do?").citations)
