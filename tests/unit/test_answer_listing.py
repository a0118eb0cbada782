"""The items of enumerations in sentences and cells."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from answer.listing import cell_items, items_in


def said(sentence: str) -> list[str]:
    return [sentence[slice(*item)] for item in items_in(sentence)]


@pytest.mark.parametrize(
    ("sentence", "items"),
    [
        ("Firms from Lisbon like Brava, Costa Nova, and Mar Azul have come.", ["Brava", "Costa Nova", "Mar Azul"]),
        ("The mills are Upper Mill, Lower Mill and Ash Mill.", ["Upper Mill", "Lower Mill", "Ash Mill"]),
        (
            "They learn crafts such as weaving, glass, and rope and net making.",
            ["weaving", "glass", "rope and net making"],
        ),
        (
            "Towns have offices for parks, roads (and lanes), and schools in their care.",
            ["parks", "roads (and lanes)", "schools"],
        ),
        (
            "These count: clean water, air and soil; smart lamps; and quiet roads.",
            ["clean water, air and soil", "smart lamps", "quiet roads"],
        ),
        ("The parts: Ash (28), Birch (27, two late), Cedar (13).", ["Ash (28)", "Birch (27, two late)", "Cedar (13)"]),
        (
            "It covers the Reading Act, the Outline of Reform and the Plan on the Next Century.",
            ["the Reading Act", "the Outline of Reform", "the Plan on the Next Century"],
        ),
        (
            "It has branches in the north, in the south and in the isles.",
            ["in the north", "in the south", "in the isles"],
        ),
        ("She worked in Oslo and Bergen.", ["Oslo", "Bergen"]),
    ],
)
def test_items_are_parted_literally(sentence, items):
    assert said(sentence) == items


@pytest.mark.parametrize(
    "sentence",
    [
        "The council, which met in May, approved the plan, and the mayor signed it.",
        "In 1912, the town built a bridge, but the river rose.",
        "He sailed, fished and traded for years.",
        "Rain and wind came.",
        "It ran between 1912 and 1931.",
        "",
    ],
)
def test_what_is_no_plain_list_has_no_items(sentence):
    assert said(sentence) == []


def test_what_is_masked_belongs_to_no_item():
    sentence = "They grow as oats, rye and barley (Cole 1931)."
    start = sentence.index("(")
    assert [sentence[slice(*i)] for i in items_in(sentence, [(start, len(sentence) - 1)])] == ["oats", "rye", "barley"]


def test_a_cell_is_parted_by_its_signs():
    cell = "Oslo (port, docks), Bergen; Ash Wood"
    assert [cell[slice(*i)] for i in cell_items(cell)] == ["Oslo (port, docks), Bergen", "Ash Wood"]
    assert cell_items("Oslo") == ((0, 4),)


@example([":", ",", ","])  # nothing stands between two signs
@given(st.lists(st.sampled_from("Ash oats , ; and or : in the such as ( ) ‘ ’ is .".split()), max_size=25))
def test_items_stand_in_order_apart_and_inside(words):
    sentence = " ".join(words)
    end = 0
    for start, stop in items_in(sentence):
        assert end <= start < stop <= len(sentence)
        end = stop


def test_a_last_name_ends_before_the_verb_behind_it():
    sentence = "Ada Bell, Carl Moss and Ruth Castle founded it."
    assert [sentence[a:b] for a, b in items_in(sentence)] == ["Ada Bell", "Carl Moss", "Ruth Castle"]
