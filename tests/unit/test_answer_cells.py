"""What cells say by being empty, by yes and no, by units and letters; sums; and what is asked of that no row has."""

import pytest

from answer.answerer import Answerer
from answer.tables.amounts import amounts_in
from answer.tables.measures import asking_terms
from core.settings import Settings
from tests.unit.answer_fakes import FakeIndex, Indifferent, plain_model
from tests.unit.markup_samples import read

PAGE = """<h1>The hall</h1><h2>Evenings</h2><p>The hall is let to whoever asks early, for what it takes.</p>
<table><caption>Table 1. Clubs of the hall</caption>
<tr><th>Club</th><th>Room</th><th>Head</th><th>Fee</th><th>Certified</th><th>Lasts</th><th>Members</th></tr>
<tr><td>Chess</td><td>Loft</td><td>Ann Bell</td><td>free</td><td>yes</td><td>90 min</td><td>12</td></tr>
<tr><td>Fencing</td><td></td><td>Kit Orr</td><td>£30</td><td>yes</td><td>3 h</td><td>9</td></tr>
<tr><td>Pottery</td><td>Cellar</td><td>Jo Marr</td><td>£24</td><td>no</td><td>2 h</td><td>14</td></tr>
<tr><td>Whist</td><td>Loft</td><td>Ann Bell</td><td>free</td><td>in part</td><td>50 min</td><td>–</td></tr>
<tr><td>Snooker</td><td>Cellar</td><td>vacant</td><td>£9</td><td>no</td><td>1 h</td><td>–</td></tr>
<tr><td>All clubs</td><td></td><td></td><td></td><td></td><td></td><td>35</td></tr></table>
<h2>Rents</h2><p>Rents are set each spring by those who look after the hall, and nobody has complained.</p>
<table><caption>Table 2. Groups that rent the hall</caption>
<tr><th>Group</th><th>Evening</th><th>Rent</th></tr>
<tr><td>A</td><td>Monday</td><td>40</td></tr><tr><td>B</td><td>Tuesday</td><td>55</td></tr>
<tr><td>C</td><td>Friday</td><td>60</td></tr></table>
<h2>Hills</h2><p>From the roof of the hall three hills are seen, which are told in a table, too.</p>
<table><caption>Table 3. Hills in view</caption>
<tr><th>Hill</th><th>Altitude (m)</th><th>Distance (km)</th></tr>
<tr><td>Dun Law</td><td>310</td><td>9</td></tr><tr><td>Cray Hill</td><td>420</td><td>4</td></tr>
<tr><td>Pike Edge</td><td>280</td><td>6</td></tr></table>"""
ALWAYS = plain_model(bias=9.0)


@pytest.fixture(scope="module")
def ask(tmp_path_factory):
    index = FakeIndex.of(read(PAGE, "hall.html")[1])
    answerer = Answerer(index, Settings(home=tmp_path_factory.mktemp("home")), ALWAYS, Indifferent())
    return answerer.ask


@pytest.mark.parametrize(
    ("question", "firsts"),
    [
        ("Which club does not have a room?", ["Fencing"]),  # an empty cell
        ("Which clubs cost nothing?", ["Chess", "Whist"]),
        ("Which clubs have no members?", ["Whist", "Snooker"]),  # and not the sum, whose name the question has
        ("Which club has nobody in charge?", ["Snooker"]),
        ("Which club has the most members?", ["Pottery"]),
        ("How many members do all clubs have?", ["All clubs"]),
        ("Which is the most expensive club?", ["Fencing"]),  # half of the fees are no figures
        ("Which clubs are certified?", ["Chess", "Fencing"]),
        ("Which clubs are not certified?", ["Pottery", "Snooker"]),
        ("Which club lasts the longest?", ["Fencing"]),  # three hours, and not 90 minutes
        ("What is the rent of group A?", ["A"]),  # a letter that is no word
        ("Which hill is the highest?", ["Cray Hill"]),  # by its altitude, not its distance
        ("Show the table of hills in view.", ["Table 3. Hills in view\nHill"]),
    ],
)
def test_the_rows_that_cells_tell_are_quoted(ask, question, firsts):
    assert [c.quote.split("\t")[0] for c in ask(question).citations] == firsts


@pytest.mark.parametrize(
    ("question", "named"),
    [
        ("How many members has the Quill Park club?", "Quill Park"),
        ("What is the rent of group E?", "group E"),
        ("Who leads the polo club?", "polo"),
        ("How many members does the brewery have?", "brewery"),
    ],
)
def test_what_no_row_speaks_of_is_said_to_be_lacking(ask, question, named):
    answer = ask(question)
    assert answer.refused
    assert answer.reason == f"No row of its table speaks of ‘{named}’."


def test_figures_are_held_against_each_other_in_one_unit_where_they_have_several_of_a_kind():
    assert amounts_in(["90 min", "3 h", ""]) == [5400.0, 10800.0, None]
    assert amounts_in(["1 km", "900 m"]) == [1e6, 9e5]
    assert amounts_in(["3 h", "4 kg"]) == [3.0, 4.0]  # of two kinds
    assert amounts_in(["free", "£12"]) == [0.0, 12.0]


def test_a_question_word_tells_what_its_column_is_called():
    assert {"head", "person"} <= asking_terms("Who runs the mill?")
    assert "method" in asking_terms("How is salt made?")
    assert not asking_terms("How many mills are there?")


def test_none_is_no_figure():
    assert amounts_in(["none", "30 mph", "free"]) == [None, 30.0, 0.0]
