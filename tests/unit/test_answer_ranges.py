"""Rows whose range holds a figure, rows that a sum adds up, and tables that are asked for whole."""

import pytest

from answer.answerer import Answerer
from answer.tables.amounts import amounts_in
from answer.tables.ranges import range_in
from core.settings import Settings
from tests.unit.answer_fakes import FakeIndex, Indifferent, plain_model
from tests.unit.markup_samples import read

PAGE = """<h1>The baths</h1><h2>Tickets</h2><p>Tickets are sold at the gate by whoever has the key that day.</p>
<table><caption>Table 1. Tickets of the baths</caption>
<tr><th>Age</th><th>Ticket</th><th>Colour</th></tr>
<tr><td>under 6</td><td>1.20</td><td>white</td></tr><tr><td>6 to 15</td><td>2.50</td><td>green</td></tr>
<tr><td>16-64</td><td>4.80</td><td>blue</td></tr><tr><td>65 and over</td><td>3.10</td><td>red</td></tr></table>
<h2>Accounts</h2><p>The accounts were looked through by two members, as they are each spring.</p>
<table><caption>Table 2. Income and spending of the baths</caption>
<tr><th>Item</th><th>2019</th><th>2020</th></tr>
<tr><td>Gate</td><td>900</td><td>400</td></tr><tr><td>Gifts</td><td>50</td><td>300</td></tr>
<tr><td>Income, all</td><td>950</td><td>700</td></tr>
<tr><td>Coal</td><td>310</td><td>290</td></tr><tr><td>Wages</td><td>500</td><td>350</td></tr>
<tr><td>Spending, all</td><td>810</td><td>640</td></tr></table>"""
ALWAYS = plain_model(bias=9.0)


@pytest.fixture(scope="module")
def ask(tmp_path_factory):
    index = FakeIndex.of(read(PAGE, "baths.html")[1])
    answerer = Answerer(index, Settings(home=tmp_path_factory.mktemp("home")), ALWAYS, Indifferent())
    return answerer.ask


@pytest.mark.parametrize(
    ("question", "firsts"),
    [
        ("Which ticket is for the age of 9?", ["6 to 15"]),
        ("What colour is the ticket for the age of 70?", ["65 and over"]),
        ("What was the largest item of spending in 2020?", ["Wages"]),  # not the sum, nor what is income
        ("Which item of income came second in 2020?", ["Gifts"]),
        ("What was the whole income in 2019?", ["Income, all"]),
        ("List all the tickets with their colours.", ["Table 1. Tickets of the baths\nAge"]),
    ],
)
def test_the_rows_that_ranges_and_sums_tell_are_quoted(ask, question, firsts):
    assert [c.quote.split("\t")[0] for c in ask(question).citations] == firsts


@pytest.mark.parametrize(
    ("cell", "inside", "outside"),
    [
        ("10 to 40", (10, 40), (9, 41)),
        ("10–40 kg", (12,), (50,)),
        ("under 6", (5,), (6,)),
        ("up to 6 kg", (6,), (7,)),
        ("> 40", (41,), (40,)),
        ("65+", (65, 90), (64,)),
        ("16 or more", (16,), (15,)),
    ],
)
def test_ranges_are_read(cell, inside, outside):
    found = range_in(cell)
    assert all(map(found.holds, inside))
    assert not any(map(found.holds, outside))


@pytest.mark.parametrize("cell", ["12", "Monday to Friday", "", "40 to 10", "two rows, 10 to 40 in all"])
def test_what_is_no_range_is_none(cell):
    assert range_in(cell) is None


def test_an_amount_in_two_units_is_one():
    assert amounts_in(["2 h 10 min", "55 min"]) == [130.0, 55.0]
    assert amounts_in(["1 m 20 cm", "90 cm"]) == [120.0, 90.0]
