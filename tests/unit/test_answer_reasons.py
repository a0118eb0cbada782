"""Questions 'why': which sentence gives a reason, and which neighbour is brought to one that gives none."""

from dataclasses import replace

import pytest
from answer_fakes import FakeIndex, Indifferent, plain_model

from answer import Answerer
from answer.confidence import SIGNALS, signals
from answer.decision import UNEXPLAINED
from answer.evidence import Evidence
from answer.features import FEATURES
from answer.question import read_question
from answer.reasons import explains, gives_reason, with_reasons
from core.settings import Settings


@pytest.mark.parametrize(
    "text",
    [
        "It closed because the roof leaked.",
        "Ash is used, since it bends.",
        "The bell was sold to pay for the roof.",
        "They feared a fire.",
        "The lane was closed, for nobody swept it.",
        "It was too heavy to lift.",
    ],
)
def test_a_sentence_gives_a_reason(text):
    assert gives_reason(text)


@pytest.mark.parametrize(
    "text",
    [
        "The mill was closed in June.",
        "It has stood there since 1840.",
        "As a result the mill was closed.",
        "Because of this the mill was closed.",
        "That is why the mill was closed.",
        "The mill was therefore closed to avoid a fine.",
        "The price of flour rose for a year.",
    ],
)
def test_a_sentence_gives_no_reason_of_its_own(text):
    assert not gives_reason(text)


def sentences(*texts: str, best: str) -> tuple[FakeIndex, list[Evidence]]:
    """An index of a document, and its sentences as evidence, one of them the best."""
    index = FakeIndex("\n\n".join(texts))
    found = [
        Evidence(hit, span, index.documents["d0"].text[slice(*span)], 0.0, (0.0,) * len(FEATURES))
        for hit in index.hits_in("d0", (0, 10_000))
        for span in hit.passage.sentences
    ]
    scored = [replace(e, score=5.0 if e.text == best else -float(n)) for n, e in enumerate(found)]
    return index, sorted(scored, key=lambda e: -e.score)


@pytest.mark.parametrize(
    ("text", "best", "quoted"),
    [
        (
            "Flour was dear. Oak bends well. It is wet wood. The mill was shut.",
            "Oak bends well.",
            ["Oak bends well.", "It is wet wood."],
        ),
        (
            "Oats failed. Nobody could pay. The mill was therefore shut. It was cold.",
            "The mill was therefore shut.",
            ["Nobody could pay.", "The mill was therefore shut."],
        ),
        (
            "Oats failed. Mills were shut. This was due to the frost. Bread was dear.",
            "Mills were shut.",
            ["Mills were shut.", "This was due to the frost."],
        ),
        (
            "A boat sank. The loss changed minds. Bread was dear.",
            "The loss changed minds.",
            ["A boat sank.", "The loss changed minds.", "Bread was dear."],
        ),
        (
            "Oats failed. Mills were shut because bread was dear. It was cold.",
            "Mills were shut because bread was dear.",
            ["Mills were shut because bread was dear."],
        ),
    ],
)
def test_what_gives_no_reason_is_quoted_with_the_neighbour_that_may(text, best, quoted):
    index, found = sentences(text, best=best)
    told = [e.text for e in with_reasons(found[:1], found, index)]
    assert [said for said in told if said in quoted] == quoted
    assert len(told) <= 3


def test_a_neighbour_is_of_the_same_paragraph():
    index, found = sentences("Bread was dear.\n\nMills were shut.\n\nIt rained.", best="Mills were shut.")
    assert [e.text for e in with_reasons(found[:1], found, index)] == ["Mills were shut."]


def test_the_worst_quotes_make_room_for_a_reason():
    index, found = sentences(
        "Mills were shut. They had no corn.\n\nA one.\n\nB two.\n\nC three.\n\nD four.", best="Mills were shut."
    )
    quotes = [e for e in found if e.text != "They had no corn."][:4]
    told = [e.text for e in with_reasons(quotes, found, index)]
    assert told == ["Mills were shut.", "They had no corn.", "A one.", "B two."]


def test_quotes_explain_where_one_gives_a_reason_or_follows_from_another():
    _, found = sentences("Oats failed. As a result mills were shut. It was cold, since it froze.", best="Oats failed.")
    by_text = {e.text.split()[0]: e for e in found}
    assert explains([by_text["It"]])
    assert explains([by_text["Oats"], by_text["As"]])
    assert not explains([by_text["As"]])
    assert not explains([by_text["Oats"]])


@pytest.mark.parametrize(("text", "sure"), [("Mills were shut.", False), ("Mills were shut because it froze.", True)])
def test_an_answer_to_why_is_not_called_likely_without_a_reason(tmp_path, text, sure):
    index = FakeIndex(text)
    answer = Answerer(index, Settings(home=tmp_path), plain_model(3.0), Indifferent()).ask("Why were mills shut?")
    assert (answer.confidence > UNEXPLAINED) is sure


@pytest.mark.parametrize(
    ("text", "lacks"), [("Mills shut. Nobody slept.", True), ("Mills shut. They had to wait for corn.", False)]
)
def test_the_reason_may_stand_in_the_sentence_that_goes_on(text, lacks):
    index, found = sentences(text, best="Mills shut.")
    values = signals(read_question("Why did mills shut?"), found, index)
    assert (values[SIGNALS.index("lacking")] > 0) is lacks


def test_the_reason_for_something_else_leaves_what_is_asked_to_be_explained():
    index, found = sentences(
        "Hay was dear, since it rained.\n\nThe mill was shut. Nobody ran it.", best="Hay was dear, since it rained."
    )
    stated = FEATURES.index("sentence_coverage")
    share = {"The mill was shut.": 0.9}
    found = [
        replace(e, features=tuple(share.get(e.text, 0.0) if n == stated else 0.0 for n in range(len(FEATURES))))
        for e in found
    ]
    told = [e.text for e in with_reasons(found[:2], found, index)]
    assert told[-2:] == ["The mill was shut.", "Nobody ran it."]
