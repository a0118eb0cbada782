"""Questions that hold two things against each other."""

import pytest

from answer.compared import asked_of_each, asks_for_common, contrasts, says_of_both


@pytest.mark.parametrize(
    ("question", "first", "second"),
    [
        ("Which was larger, the mill or the dam?", "How large was the mill?", "How large was the dam?"),
        ("Which town is hotter, Lyme or Elm?", "How hot is Lyme?", "How hot is Elm?"),
        ("Who was busier, Bell or Rudd?", "How busy was Bell?", "How busy was Rudd?"),
        ("Which is more costly, oak or ash?", "How costly is oak?", "How costly is ash?"),
        ("Which cost more, the mill or the dam?", "How much did the mill cost?", "How much did the dam cost?"),
        (
            "Which lasted longer, the siege or the truce?",
            "How long did the siege last?",
            "How long did the truce last?",
        ),
        ("Which came first, the mill or the dam?", "When did the mill come?", "When did the dam come?"),
        ("Who has more boats, Bell or Rudd?", "How many boats did Bell have?", "How many boats did Rudd have?"),
        ("What is the difference between a weir and a dam?", "What is a weir?", "What is a dam?"),
        ("How do oats and rye differ in price?", "How do oats differ in price?", "How do rye differ in price?"),
        (
            "Which cost more, the fire of 1840 or that of 1852?",
            "How much did the fire of 1840 cost?",
            "How much did the fire of 1852 cost?",
        ),
    ],
)
def test_each_of_two_things_is_asked_of(question, first, second):
    assert [asked for asked, _ in asked_of_each(question)] == [first, second]


@pytest.mark.parametrize("question", ["Which mill is it?", "Who founded Alpha or Beta?", "Is oak or ash dearer?"])
def test_other_questions_are_left_alone(question):
    assert asked_of_each(question) == ()


def test_what_two_things_share_is_told_by_a_sentence_on_both():
    assert asks_for_common("What do oats and rye have in common?")
    assert asks_for_common("How are oats and rye alike?")
    assert not asks_for_common("What do oats and rye cost?")
    assert says_of_both("Both are sown in autumn.")
    assert not says_of_both("Oats and rye are not the same.")


def test_two_things_are_told_apart_by_figures_or_a_contrast():
    assert contrasts("Oats cost 3 pence, where rye cost 4.")
    assert not contrasts("Oats and rye are grown.")
