"""The words of a sentence that answer: figures with their units, dates, names; nothing in doubt."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from answer.question import read_question
from answer.sought import Sought, asks_for_several, sought_in
from answer.spans import answer_span

WORDS = "mill Ada Cole Oslo Bergen 1912 40 percent £3 million ‘loom’ in built of the by and River Board , ( ) .".split()


def found(question: str, sentence: str) -> str | None:
    read = read_question(question)
    sought = sought_in(read)
    span = answer_span(read, sought, sentence) if sought else None
    return sentence[slice(*span)] if span else None


@pytest.mark.parametrize(
    ("question", "sentence", "said"),
    [
        ("How much did the bridge cost?", "The bridge cost £3–5 million in 1912.", "£3–5 million"),
        ("How much money did the fund raise?", "In 2014 the fund raised US$1.6 trillion.", "US$1.6 trillion"),
        ("What was the price of a loom?", "A loom sold for 40 euros.", "40 euros"),
        ("What share of the boats leaked?", "Less than 10 percent of the boats leaked.", "Less than 10 percent"),
        ("What share of herons stays?", "Of 300 herons, 30 to 40 per cent stay.", "30 to 40 per cent"),
        ("How many weavers worked there?", "Fourteen thousand weavers worked there.", "Fourteen thousand"),
        ("How many weavers came?", "Between 20 and 30 weavers came to the 4 mills.", "Between 20 and 30"),
        ("How many boats had Calder?", "The 70 boats lay thus: Ash (28), Calder (13).", "13"),
        ("How long is the tunnel?", "The tunnel, opened in 1904, is about 12 km long.", "about 12 km"),
        ("When was the mill built?", "The mill was built on 3 March 1887.", "3 March 1887"),
        ("When did the mill burn?", "The mill burnt in the 1890s.", "the 1890s"),
        ("In what year did the mill close?", "The mill closed on 4 May 1931.", "1931"),
        ("Who built the mill?", "The mill was built by Dr Ada Cole.", "Dr Ada Cole"),
        ("Who led the survey?", "The survey was led by the engineer Ada B. Cole.", "Ada B. Cole"),
        ("Where do the looms stand?", "The looms stand in Salem, Oregon.", "Salem, Oregon"),
        ("In which city is the mill?", "The mill is in Oslo.", "Oslo"),
        ("Which board runs the docks?", "The docks are run by the River Board.", "River Board"),
        ("What was the engine called?", "The engine, known as ‘Old Tom’, never stopped.", "Old Tom"),
        ("By what name is the marsh known?", "The marsh is called the Black Mere.", "Black Mere"),
    ],
)
def test_what_answers_is_found(question, sentence, said):
    assert found(question, sentence) == said


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("Did the mill close in 1931?", "The mill closed in 1931."),
        ("Why did the mill close?", "The mill closed in 1931."),
        ("What happened to the mill?", "The mill in Oslo closed in 1931."),
        ("Who built the mill?", "The mill was never finished."),
        ("Who runs the River Board?", "The River Board meets each week."),
        ("How many mills closed after 1931?", "The mills closed after 1931."),
        ("Which mill closed?", "Heron Mill and Ash Mill stood side by side."),
    ],
)
def test_in_doubt_nothing_is(question, sentence):
    assert found(question, sentence) is None


def test_what_is_masked_answers_nothing():
    sentence = "The mill closed (Cole 1931) after long years."
    read = read_question("When did the mill close?")
    assert answer_span(read, Sought.DATE, sentence, [(16, 27)]) is None
    assert answer_span(read, Sought.DATE, sentence) == (22, 26)


@given(
    question=st.lists(st.sampled_from(WORDS), max_size=8).map(" ".join),
    words=st.lists(st.sampled_from(WORDS), max_size=25),
    sought=st.sampled_from(Sought),
)
def test_a_span_lies_in_the_sentence_and_says_more_than_the_question(question, words, sought):
    sentence, read = " ".join(words), read_question(question)
    span = answer_span(read, sought, sentence)
    if span is not None:
        assert 0 <= span[0] < span[1] <= len(sentence)
        said = sentence[slice(*span)]
        assert said.strip() == said
        assert not set(said.split()) <= set(question.split())


@pytest.mark.parametrize(
    "question",
    [
        "Name the three mills.",
        "Which towns are on the river?",
        "In which fields does the plan invest?",
        "Which foreign firms have docks?",
        "What are the parts of a loom?",
        "Give examples of boats.",
        "List the mills.",
        "Which acts of 1901 rule the docks?",
    ],
)
def test_several_things_are_asked_for(question):
    assert asks_for_several(read_question(question))


@pytest.mark.parametrize(
    "question",
    [
        "Which mill grinds the corn?",
        "Which boss runs the docks?",
        "Who built the mill?",
        "Why are the mills closed?",
        "How many mills are there?",
        "What is a loom?",
    ],
)
def test_one_thing_is_asked_for(question):
    assert not asks_for_several(read_question(question))
