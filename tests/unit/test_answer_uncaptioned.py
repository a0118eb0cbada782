"""A table without a caption is called by the heading over it; the word over a box is not quoted with what is in it."""

import pytest
from answer_fakes import FakeIndex, Indifferent, plain_model

from answer.answerer import Answerer
from core.settings import Settings
from tests.unit.markup_samples import read

PAGE = """
<h1>Mills</h1><h2>Pond list</h2><p>This is what is known of the ponds of the county.</p>
<table><tr><th>Name<th>Fish</tr><tr><td>Upper<td>carp</tr><tr><td>Lower<td>pike</tr></table>
<h2>Boats</h2><p>These are kept in the yard.</p>
<table><tr><th>Name<th>Crew</tr><tr><td>Anna<td>3</tr><tr><td>Berta<td>4</tr></table>
<p>And these on the lake.</p>
<table><tr><th>Name<th>Crew</tr><tr><td>Cora<td>5</tr><tr><td>Dora<td>6</tr></table>
<table><tr><td rowspan=2><img><th>Warning</tr><tr><td><p>It is not wise to open the sluice at night.</p></tr></table>
"""


@pytest.fixture
def ask(tmp_path):
    index = FakeIndex.of(read(PAGE, "a.html")[1])
    return lambda question: Answerer(index, Settings(home=tmp_path), plain_model(bias=9.0), Indifferent()).ask(question)


@pytest.mark.parametrize("question", ["Show me the pond list", "List the ponds.", "Give me the whole table of ponds"])
def test_a_table_is_called_by_the_heading_over_it(ask, question):
    assert [c.quote for c in ask(question).citations] == ["Name\tFish\nUpper\tcarp\nLower\tpike"]


@pytest.mark.parametrize("question", ["Show me the boats", "Show me the horses", "Show me the deep ponds"])
def test_of_several_or_none_under_a_heading_no_table_is_shown_whole(ask, question):
    assert not any("\n" in c.quote for c in ask(question).citations)


def test_the_word_over_a_box_is_not_quoted_with_what_is_in_it(ask):
    assert "Warning" not in [c.quote for c in ask("When is it not wise to open the sluice?").citations]
