"""Questions to ask next: what they are made of, and that only answered ones are shown."""

from dataclasses import replace

import pytest
from ui_samples import answer, document, find, refusal

from core.errors import InputError
from core.records import CitedSource
from ui.followups import MOST, TRIES, _Candidate, follow_up_questions

QUOTE = ("herons", *find("Herons <b>wait</b>.1"))
ASKED = ("What do owls do?",)


def herons(text: str = "They strike & eat."):
    """The document; a part of it can be put otherwise in as many characters."""
    plain = document()
    said = plain.text.replace("They strike & eat.", text[:18].ljust(18))
    assert len(said) == len(plain.text)
    return replace(plain, text=said)


def quoting(part: str, confidence: float = 0.8):
    """An answer that quotes a part of the document."""
    start, end = find(part)
    cited = replace(answer().citations[0], start=start, end=end)
    return replace(answer(), citations=(cited,), confidence=confidence)


def asked_of(documents, reply):
    questions = []

    def ask(question, history=()):
        questions.append(question)
        return reply(question)

    return follow_up_questions(ASKED, [QUOTE], documents, ask), questions


def test_sections_and_tables_near_the_quote_make_questions():
    offered, _ = asked_of({"herons": herons()}, lambda _: quoting("2 eel"))
    assert offered == ("What are the prey?", "What is said about habits?")


def test_a_name_that_the_text_says_more_of_comes_first():
    plain = herons("by Ada Moss, well.")
    twice = replace(plain, text=plain.text.replace("http://a.example", "by Ada Moss, too"))
    offered, _ = asked_of({"herons": twice}, lambda _: quoting("2 eel"))
    assert offered[0] == "What is said about Ada Moss?"
    once, _ = asked_of({"herons": plain}, lambda _: quoting("2 eel"))
    assert "What is said about Ada Moss?" not in once


def test_a_name_keeps_the_article_that_the_text_gives_it():
    plain = herons("by the Amber Lake.")
    twice = replace(plain, text=plain.text.replace("http://a.example", "The Amber Lake, "))
    offered, _ = asked_of({"herons": twice}, lambda _: quoting("2 eel"))
    assert offered[0] == "What is said about the Amber Lake?"


def test_half_of_a_name_is_none():
    plain = herons("by Art and Moss, ")
    twice = replace(plain, text=plain.text.replace("http://a.example", "by Moss, not Art"))
    offered, _ = asked_of({"herons": twice}, lambda _: quoting("2 eel"))
    assert offered == ("What are the prey?", "What is said about habits?")


def test_a_work_that_is_cited_there_makes_a_question():
    start, end = find("They strike")
    cited = CitedSource(("Bell",), "1999", "", "Bell 1999", start, end, (start, end))
    offered, _ = asked_of({"herons": replace(herons(), cited=(cited,))}, lambda _: quoting("2 eel"))
    assert "What is Bell 1999 cited for?" in offered


def test_what_is_refused_unsure_already_quoted_or_elsewhere_is_not_offered():
    for reply in (
        lambda _: refusal(),
        lambda _: quoting("2 eel", confidence=0.5),
        lambda _: quoting("Herons <b>wait</b>.1"),
        lambda _: quoting("On Herons"),
    ):
        assert asked_of({"herons": herons()}, reply)[0] == ()


def test_a_question_that_cannot_be_asked_is_passed_over():
    def fails(question):
        raise InputError("no")

    assert asked_of({"herons": herons()}, fails)[0] == ()


def test_what_was_asked_of_is_not_offered_again():
    offered = follow_up_questions(["Tell me of their prey"], [QUOTE], {"herons": herons()}, lambda *_: quoting("2 eel"))
    assert offered == ("What is said about habits?",)


def citing(count, sentence):
    start, end = find("They strike")
    cited = tuple(CitedSource((f"Bell{i}",), "1999", "", "", start, end, sentence) for i in range(count))
    return {"herons": replace(herons(), cited=cited)}


def test_what_a_work_is_cited_for_is_looked_up_and_need_not_be_asked():
    offered, asked = asked_of(citing(20, find("They strike")), lambda _: refusal())
    assert offered == (
        "What is Bell0 1999 cited for?",
        "What is Bell1 1999 cited for?",
        "What is Bell2 1999 cited for?",
    )
    assert len(offered) == MOST
    assert not [question for question in asked if "cited for" in question]


def test_a_work_whose_sentence_was_quoted_is_not_offered():
    offered, _ = asked_of(citing(1, find("Herons <b>wait</b>.1")), lambda _: refusal())
    assert offered == ()


def test_a_work_that_is_cited_elsewhere_too_is_offered():
    quoted, elsewhere = find("Herons <b>wait</b>.1"), find("They strike")
    places = [CitedSource(("Bell",), "1999", "", "", start, end, (start, end)) for start, end in (quoted, elsewhere)]
    offered, _ = asked_of({"herons": replace(herons(), cited=tuple(places))}, lambda _: refusal())
    assert offered == ("What is Bell 1999 cited for?",)


def test_few_are_asked():
    asked = []
    candidates = [_Candidate(f"What is said about {number}?", (0, 5)) for number in range(9)]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("ui.followups._candidates", lambda *_: iter(candidates))
        follow_up_questions(ASKED, [QUOTE], {"herons": herons()}, lambda text, _: asked.append(text) or refusal())
    assert len(asked) == TRIES


def test_nothing_is_asked_when_that_is_not_allowed():
    offered = follow_up_questions(ASKED, [QUOTE], {"herons": herons()}, lambda *_: quoting("2 eel"), lambda: False)
    assert offered == ()


def test_a_document_that_is_gone_offers_nothing():
    assert follow_up_questions(ASKED, [QUOTE], {}, lambda *_: quoting("2 eel")) == ()
