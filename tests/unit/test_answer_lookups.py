"""Rows that a question picks from tables: by name, by a bound on a figure, by their sum; and what tables lack."""

import pytest
from answer_fakes import FakeIndex, Indifferent, lookup_in, plain_model

from answer.answerer import Answerer
from answer.bounds import bound_in
from answer.features import FEATURES
from answer.figures import figure_in
from answer.question import read_question
from answer.tables.grids import column_meant, near_grids
from answer.tables.lookups import lacking
from answer.tables.measures import measure_terms
from core.settings import Settings
from index.postings import postings_of
from index.rows import RowNames, row_terms
from index.terms import analyze
from tests.unit.answer_fakes import hit

TEXT = """Pumps of the county

Ann Bell

This is what is known about the pumps of the county, and there is more of it in the tables below.

Table 1: Pumps and their data

Model      Output, L/h   Mass, kg   Made in
Heron 20   200           31         Bexley
Heron 60   620           88         Orton
Heron 90   900           120        Bexley
Stork 5    60            9          Calder

Table 2: Pumps in use, by district

District   2019   2020   2021
Hill       40     44     47
Lakes      310    290    285
Plain      120    118    130
Total      470    452    462

The pumps are looked after by one fitter, who comes to the hills in hot summers.
"""
NEVER = plain_model(bias=-9.0)


@pytest.fixture
def ask(tmp_path):
    """Ask a model that is sure of nothing: only what a table plainly answers is answered."""
    index = FakeIndex(TEXT)
    return lambda question: Answerer(index, Settings(home=tmp_path), NEVER, Indifferent()).ask(question)


def first_cells(answer):
    return [c.quote.split("\t")[0] for c in answer.citations]


@pytest.mark.parametrize(
    ("question", "rows"),
    [
        ("How many litres an hour does the Heron 60 give?", ["Heron 60"]),
        ("How heavy is the Stork 5?", ["Stork 5"]),
        ("Which models put out over 600 litres an hour?", ["Heron 60", "Heron 90"]),
        ("Which models weigh at most 31 kg?", ["Heron 20", "Stork 5"]),
        ("Which districts had fewer than 120 pumps in 2020?", ["Hill", "Plain"]),
        ("Which districts had fewer than 120 pumps in 2021?", ["Hill"]),
        ("How many pumps were there overall in 2020?", ["Total"]),
        ("Which district had the most pumps?", ["Lakes"]),
        ("Which district had the second most pumps in 2019?", ["Plain"]),
        ("Which model has the second-largest mass?", ["Heron 60"]),
    ],
)
def test_rows_are_picked_by_name_bound_sum_and_place(ask, question, rows):
    assert first_cells(ask(question)) == rows


@pytest.mark.parametrize(
    "question",
    [
        "How many pumps did Lakes have in 2012?",  # no such column
        "How heavy is the Gannet 60?",  # no such row, though 60 and the column are there
        "Why does the Heron 60 leak?",  # a reason is in no cell
        "Which models put out over 5,000 litres an hour?",  # none does
        "How many of the pumps of Lakes were stolen by thieves?",  # not of theft
        "Why did Hill have 44 pumps in 2020?",
        "Who says that Lakes has too many pumps?",  # a source
        "Who says that the numbers of pumps of Lakes are small?",
        "Why does Lakes have the most pumps?",
        "Which district had the most pumps in 2012?",  # no such column, for an extreme either
        "Which models do not weigh over 31 kg?",  # no bound to be read one way
        "Which models weigh over 2.000.000.5 kg?",
        "Which models weigh more than two-thirds of 31 kg?",
        "What is the total price of the new barn?",
    ],
)
def test_what_a_table_lacks_is_not_answered_from_it(ask, question):
    assert ask(question).refused


def test_a_cell_that_says_there_is_no_value_holds_nothing_that_is_asked_for(tmp_path):
    """'not known' is no answer to 'How many were known?'."""
    index = FakeIndex(TEXT.replace("Calder", "not known"))
    grid = next(iter(near_grids(read_question("models"), evidence(index), index.documents)))
    assert "known" in grid.row_text(3)
    assert "known" not in grid.said(3)
    answerer = Answerer(index, Settings(home=tmp_path), NEVER, Indifferent())
    assert answerer.ask("How many pumps were known?").refused


def test_names_and_figures_that_a_table_does_not_hold_are_told():
    index = FakeIndex(TEXT)
    read = read_question("How heavy is the Gannet 60 of 1998?")
    grids = list(near_grids(read, evidence(index), index.documents))
    assert lacking(read, grids[0]) == {"gannet", "1998"}


def test_the_latest_year_is_meant_where_none_is_named():
    index = FakeIndex(TEXT)
    asked = read_question("How many are there in Hill?")
    grid = next(g for g in near_grids(asked, evidence(index), index.documents) if g.years())
    column = column_meant(asked, grid, (1, 2, 3), index.cosines)
    assert (column.number, column.named) == (3, False)
    asked = read_question("How many were there in Hill in 2019?")
    assert column_meant(asked, grid, (1, 2, 3), index.cosines).number == 1


def test_measures_are_called_by_the_names_of_columns():
    assert {"mass", "kg"} <= measure_terms("How heavy is it?")
    assert set(analyze("hours")) <= measure_terms("how long does it take")
    assert measure_terms("Who made it?") == frozenset()


def test_rows_are_found_by_their_first_cell_with_a_letter():
    index = FakeIndex(TEXT)
    rows = [p for p in index.passages if "\t" in p.text]
    names = RowNames([lookup_in(postings_of(row_terms(p, index.documents[p.document_id]) for p in rows), rows)])
    assert [named(rows, i) for i in names.find("Is the Heron 60 dear, or the Stork?")] == ["Heron 60"]
    assert [named(rows, i) for i in names.find("Hill or Lakes?")] == ["Hill", "Lakes"]
    assert names.find("heron") == []


def named(rows, found):
    return next(p.text.split("\t")[0] for p in rows if p.id == found)


def evidence(index):
    from answer.evidence import Evidence

    rows = [p for p in index.passages if "\t" in p.text]
    return [Evidence(hit(p), (p.start, p.end), p.text, 1.0, (0.0,) * len(FEATURES)) for p in rows]


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("9,800", 9800), ("1.200.000", 1200000), ("2.75", 2.75), ("3,5", 3.5), ("−12", -12), ("-3 °C", -3),
        ("(12)", -12), ("RMB 50 billion", 5e10), ("800 million", 8e8), ("9 800 km", 9800), ("1’200", 1200),
        ("8,000 h", 8000), ("10 to 40", None), ("30, 40", None), ("12 May 1901", None), ("E09", None), ("Q4", None),
    ],
)  # fmt: skip
def test_figures_are_read_as_people_write_them(cell, value):
    assert figure_in(cell) == value


@pytest.mark.parametrize(
    ("question", "limit", "above", "closed"),
    [
        ("Which had over 5,000?", 5000, True, False),
        ("Which had at least 9 000 passengers?", 9000, True, True),
        ("Which cost more than 2.5 million?", 2.5e6, True, False),
        ("Which had fewer than two?", 2, False, False),
        ("Which had no more than five thousand?", 5000, False, True),
        ("Which lie below -6 degrees?", -6, False, False),
    ],
)
def test_bounds_are_read(question, limit, above, closed):
    bound = bound_in(question)
    assert (bound.limit, bound.above, bound.closed) == (limit, above, closed)


@pytest.mark.parametrize(
    "question", ["Which do not have over 50?", "Which are over the hill?", "Which has at least two-thirds of them?"]
)
def test_what_is_no_plain_bound_is_none(question):
    assert bound_in(question) is None


@pytest.mark.parametrize(
    ("name", "is_sum", "is_part"),
    [
        ("Total", True, False), ("Income, all", True, False), ("Total for 2020", True, False), ("Mean", False, False),
        ("Average of towns", False, False), ("All Saints", False, True), ("Mean Street", False, True),
        ("Total Gas", False, True),
    ],
)  # fmt: skip
def test_sums_and_means_are_no_parts(name, is_sum, is_part):
    rows = [("District", "2019", "2020"), ("Hill", "40", "44"), (name, "310", "290"), ("Plain", "120", "118")]
    index = FakeIndex("# Pumps\n\nTable 1: Pumps\n\n" + "\n".join("   ".join(f"{c:20}" for c in row) for row in rows))
    asked = read_question("How many pumps?")
    grid = next(g for g in near_grids(asked, evidence(index), index.documents) if g.years())
    row = next(row for row in range(len(grid.cells)) if "310" in grid.cells[row])
    assert (grid.is_sum(row), row in grid.parts()) == (is_sum, is_part)
