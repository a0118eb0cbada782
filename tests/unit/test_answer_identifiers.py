"""Names that computers go by are in a text letter for letter, or it says nothing of them."""

import pytest

from answer import Answerer
from answer.identifiers import identifiers_in
from core.settings import Settings
from tests.unit.answer_fakes import FakeIndex, Indifferent, plain_model

MANUAL = """# Sieve

Sieve reads lists from /etc/sieve.conf. Forcing a list is dangerous.

- --force: take the list even if it is torn.
- -q, --quiet-all: print nothing.

Calling shake(list, times) empties a sieve. The setting max_items limits a batch. Its default is 500.
"""


def ask(question: str, bias: float):
    """An answer of one who is always sure, or never."""
    return Answerer(FakeIndex(MANUAL), Settings(), plain_model(bias), Indifferent()).ask(question)


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("What does --force do?", ("--force",)),
        ("What do `-q` and '--quiet-all' do?", ("-q", "--quiet-all")),
        ("What is max_items, and what is (MAX_AGE)?", ("max_items", "MAX_AGE")),
        ("Is ~/.sieverc read before /etc/sieve.conf.", ("~/.sieverc", "/etc/sieve.conf")),
        ("What does shake() return, and $HOME?", ("shake()", "$HOME")),
        ("Is a well-known 3-n and/or 2019/20 - or km/h - a name?", ()),
        ("At -5 degrees –and why?", ()),
        ("Who spent $2.5 million, $200 or $40k?", ()),
        ("Is it " + "_" * 40 + "/ ?", ()),
        ("Is it " + "ab_" * 40 + "-x ?", ()),
    ],
)
def test_identifiers_in_questions(question, found):
    assert identifiers_in(question) == found


@pytest.mark.parametrize(
    ("question", "name"),
    [
        ("What does --verbose do?", "--verbose"),
        ("What does --quiet do?", "--quiet"),  # '--quiet-all' is another
        ("What is the setting max_size for?", "max_size"),
        ("What is /etc/sieve?", "/etc/sieve"),
    ],
)
def test_what_the_text_does_not_have_letter_for_letter_is_refused_and_named(question, name):
    answer = ask(question, 9.0)
    assert (answer.refused, answer.reason) == (True, f"It never has ‘{name}’.")


@pytest.mark.parametrize(
    ("question", "quote"),
    [
        ("What does --force do?", "--force: take the list even if it is torn."),
        ("What is the purpose of max_items?", "The setting max_items limits a batch."),
        ("What does shake() do?", "Calling shake(list, times) empties a sieve."),
    ],
)
def test_a_sentence_that_has_the_name_answers_what_it_does(question, quote):
    answer = ask(question, -9.0)
    assert [c.quote.removeprefix("- ") for c in answer.citations] == [quote]


def test_what_else_is_asked_must_be_there_too():
    assert ask("Who wrote max_items?", -9.0).refused
    assert len(ask("What is the default of max_items?", 9.0).citations) > 1
