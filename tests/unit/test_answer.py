"""The answerer on documents of a few lines, with an index whose every number can be worked out by hand."""

import dataclasses
import threading
import time

import pytest

from answer import LONGEST_QUESTION, Answerer
from answer import finder as module
from answer.model import load_model
from core.errors import InputError
from core.settings import Settings
from tests.unit.answer_fakes import FakeIndex, Indifferent, plain_model, sure_by_words

GARDEN = """# The Garden

## Trees

The old oak was planted in 1820 by Anna Bell. It is 24 metres high.1 Visitors like its shade.

## Ponds

Carp live in the northern pond. The southern pond was drained in 1999 because it leaked.

NOTES

1. A later survey found only 22 metres.
"""


# The confidence is the share of the question's terms that the nearest sentence holds, as logit of (10 * share - 4).
MODEL = sure_by_words()


@pytest.fixture
def answerer() -> Answerer:
    return Answerer(FakeIndex(GARDEN), Settings(), MODEL, Indifferent())


def test_the_sentence_that_answers_is_quoted_first_with_its_place(answerer):
    answer = answerer.ask("Who planted the old oak?")
    first = answer.citations[0]
    assert not answer.refused
    assert first.quote == "The old oak was planted in 1820 by Anna Bell."
    assert (first.marker, first.document, first.section, first.page) == (1, "d0", ("Trees",), None)
    assert answer.text.startswith("The old oak was planted in 1820 by Anna Bell. [1]")


@pytest.mark.parametrize(
    "question", ["Who planted the old oak?", "How high is it?", "Why was the southern pond drained?"]
)
def test_every_quote_stands_literally_at_its_offsets_and_comes_from_a_hit(answerer, question):
    answer = answerer.ask(question, ["Who planted the old oak?"])
    assert answer.citations
    for c in answer.citations:
        assert answerer._index.documents[c.document].text[c.start : c.end] == c.quote
        assert c.passage_id in {h.passage.id for h in answer.hits}
        assert f"[{c.marker}]" in answer.text


def test_a_refusal_has_no_citations_names_the_strange_word_and_what_came_nearest(answerer):
    answer = answerer.ask("How many elephants graze beside the pond today?")
    assert answer.refused
    assert answer.citations == ()
    assert "‘elephants’" in answer.reason
    assert "pond" in answer.text.partition("Closest:")[2]


def test_a_note_marker_is_raised_in_the_text_and_literal_in_the_quote(answerer):
    answer = answerer.ask("How many metres high is the oak?")
    assert any(c.quote == "It is 24 metres high.1" for c in answer.citations)
    assert "It is 24 metres high.¹" in answer.text


def test_what_is_said_of_a_name_and_no_more_is_every_sentence_with_it():
    text = "# Firms\n\nThe town has three firms. One of them is Orrin. Many people like the town and its firms.\n"
    index = FakeIndex(text)
    unsure = Answerer(index, Settings(), plain_model(bias=-9.0), Indifferent())
    assert [c.quote for c in unsure.ask("What does it say of Orrin?").citations] == ["One of them is Orrin."]
    assert unsure.ask("What does Orrin sell?").refused


def test_a_follow_up_is_asked_with_what_it_leaves_out(answerer):
    answer = answerer.ask("Why was it drained?", ["Where is the southern pond?"])
    assert answer.citations[0].quote.startswith("The southern")
    assert (answer.question, answer.completed) == ("Why was it drained?", "Why was the southern pond drained?")


def test_the_second_one_is_that_of_the_list_in_the_earlier_answer():
    text = "# Ports\n\nThe towns with a port are Hull, Leeds and York.\n\nHull is old. Leeds is young. York is grey.\n"
    model = sure_by_words()
    ports = Answerer(FakeIndex(text), Settings(), model, Indifferent())
    assert ports.ask("How old is the second one?", ["Which towns have a port?"]).completed == "How old is Leeds?"


def test_a_question_that_stands_alone_has_no_other_form(answerer):
    question = "Who planted the oak?"
    assert answerer.ask(question, ["Where is the southern pond?"]).completed == ""
    assert answerer.ask(question, ["Where is the southern pond?"]).text == answerer.ask(question).text


def test_the_same_question_gives_the_same_answer(answerer):
    first, second = answerer.ask("Who planted the oak?"), answerer.ask("Who planted the oak?")
    assert dataclasses.replace(first, timings={}) == dataclasses.replace(second, timings={})


@pytest.mark.parametrize("question", ["", "  \n\t ", "?!", "\0", "😀", "x" * (LONGEST_QUESTION + 1)])
def test_a_question_that_cannot_be_asked_gets_one_line(answerer, question):
    with pytest.raises(InputError) as raised:
        answerer.ask(question)
    assert "\n" not in str(raised.value)


def test_an_empty_corpus_is_refused_without_evidence():
    answer = Answerer(FakeIndex(), Settings(), plain_model(bias=0.0), Indifferent()).ask("Anything?")
    assert answer.refused
    assert answer.hits == ()


def test_half_a_surrogate_pair_is_replaced_before_a_model_sees_it(answerer):
    answer = answerer.ask("Who planted the old oak\ud800?", ["\udfff"])
    assert answer.question == "Who planted the old oak??"
    assert answer.citations


def test_who_paid_for_a_text_is_answered_by_its_thanks_and_by_nothing_else():
    thanks = "# Carp\n\nCarp cost money.\n\nI am grateful to the Pond Fund, which paid the boats.\n"
    model = load_model()

    def ask(text):
        return Answerer(FakeIndex(text), Settings(), model, Indifferent()).ask("Who paid for the research?")

    assert [c.quote for c in ask(thanks).citations] == ["I am grateful to the Pond Fund, which paid the boats."]
    assert ask("# Carp\n\nThe county paid for the dam. Research is dear.\n").refused


@pytest.mark.parametrize("question", ["How much money is paid?", "Who paid for the work?"])
def test_help_that_is_the_matter_of_a_text_is_asked_for_where_nobody_is_thanked(answerer, question):
    text = "# Help\n\nThe county pays much money. Money of 300 crowns is paid yearly. The town paid for the work.\n"
    answer = Answerer(FakeIndex(text), Settings(), MODEL, Indifferent()).ask(question)
    assert any("paid" in c.quote for c in answer.citations)


def test_a_refusal_never_tells_the_words_of_a_stand_in(answerer):
    answer = Answerer(FakeIndex("# Carp\n\nCarp eat maize.\n"), Settings(), MODEL, Indifferent()).ask(
        "Who sponsored the author's thesis?"
    )
    assert answer.refused
    assert "‘sponsored’" in answer.reason
    assert "grateful" not in answer.text


def test_a_conversation_of_any_length_is_gone_on_from(answerer):
    answer = answerer.ask("And who planted it?", ["x " * 10**6, "Where is the oak?", *["And it?"] * 2000])
    assert answer.question == "And who planted it?"


def test_a_word_that_is_asked_twice_is_told_once(answerer):
    assert answerer.ask("Elephants, elephants and elephants?").reason.count("lephants") == 2  # as written, in each case


def test_threads_that_ask_at_once_load_one_reader(monkeypatch, answerer):
    loaded = []

    def load():
        loaded.append(1)
        time.sleep(0.05)
        return Indifferent()

    monkeypatch.setattr(module, "load_reader", load)
    fresh = Answerer(FakeIndex(GARDEN), Settings(), MODEL)
    threads = [threading.Thread(target=fresh.ask, args=("Who planted the oak?",)) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert loaded == [1]
