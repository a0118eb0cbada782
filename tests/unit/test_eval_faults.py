"""Faults put into an answerer on purpose: each must show in the numbers, where the chain broke, and a comparison."""

from dataclasses import replace

import pytest

from core.records import Answer, Citation
from eval.compare import compare
from eval.dataset import Question
from eval.report import make_record
from eval.run import BREAKS, run, summarize
from tests.unit.answer_fakes import FakeIndex

INDEX = FakeIndex(
    "# Ponds\n\n## Carp\n\nCarp live in the northern pond. They eat maize.\n\n## Pike\n\nPike eat carp.\n"
)
TEXT = INDEX.documents["d0"].text
HOME, FOOD = "Carp live in the northern pond.", "They eat maize."
FIELDS = {"kind": "factoid", "must_not": (), "section": "Carp", "answerable": True, "history": (), "split": "dev"}
WHERE = Question(
    id="where", question="Where do carp live?", answer="the northern pond", must=(("northern pond",),),
    evidence=(HOME,), **FIELDS,
)  # fmt: skip
WHAT = Question(id="what", question="What do carp eat?", answer="maize", must=(("maize",),), evidence=(FOOD,), **FIELDS)
NONE = Question(
    id="none", question="Who feeds pike?", answer="It does not say.", must=(), evidence=(),
    **FIELDS | {"kind": "unanswerable", "answerable": False},
)  # fmt: skip
QUESTIONS = (WHERE, WHAT, NONE)
QUOTES = {WHERE.question: HOME, WHAT.question: FOOD, NONE.question: None}


def quoted(question: str, quote: str | None) -> Answer:
    """What a faultless answerer says: the quote with its place, or a refusal."""
    hits = INDEX.search(question, top=5)
    if quote is None:
        return Answer(question, "The document does not say.", (), True, "", 0.0, hits)
    start = TEXT.index(quote)
    citation = Citation(1, "d0", (), None, quote, start, start + len(quote), hits[0].passage.id)
    return Answer(question, f"{quote} [1]", (citation,), False, "", 1.0, hits)


class Faulty:
    """Answers without fault, then spoils the answer."""

    def __init__(self, spoil=lambda answer: answer) -> None:
        self.spoil = spoil

    def ask(self, question: str, history=()) -> Answer:
        return self.spoil(quoted(question, QUOTES[question]))


def moved(answer: Answer, by: int, *, with_quote: bool = False) -> Answer:
    cited = tuple(replace(c, start=c.start + by, end=c.end + by) for c in answer.citations)
    if with_quote:
        cited = tuple(replace(c, quote=TEXT[c.start : c.end]) for c in cited)
    return replace(answer, citations=cited)


def one_character(answer: Answer) -> Answer:
    return moved(answer, 1)


def one_character_with_quote(answer: Answer) -> Answer:
    return moved(answer, 1, with_quote=True)


def one_sentence(answer: Answer) -> Answer:
    """The quote stays in the answer, its citation is that of the neighbour."""
    other = {HOME: FOOD, FOOD: HOME}
    cited = tuple(quoted("x", other[c.quote]).citations[0] for c in answer.citations)
    return replace(answer, citations=cited)


def one_sentence_with_text(answer: Answer) -> Answer:
    shifted = one_sentence(answer)
    return replace(shifted, text=f"{shifted.citations[0].quote} [1]") if shifted.citations else shifted


def invented(answer: Answer) -> Answer:
    return replace(answer, text=answer.text.replace(". [1]", ", as all agree. [1]"))


def wrong_page(answer: Answer) -> Answer:
    return replace(answer, citations=tuple(replace(c, page=7) for c in answer.citations))


def no_refusal(answer: Answer) -> Answer:
    return replace(quoted(answer.question, HOME), question=answer.question) if answer.refused else answer


def emptied(answer: Answer) -> Answer:
    return replace(answer, text="", citations=()) if not answer.refused else answer


def one_emptied(answer: Answer) -> Answer:
    return emptied(answer) if answer.question == WHAT.question else answer


def all_refused(answer: Answer) -> Answer:
    return quoted(answer.question, None)


def outcomes_of(spoil):
    return run(QUESTIONS, Faulty(spoil), INDEX.documents)


def test_a_faultless_answerer_has_the_best_of_every_number():
    found = summarize(outcomes_of(lambda answer: answer))
    best = (
        "correct",
        "citation_precision",
        "citation_recall",
        "literal",
        "whole",
        "attribution",
        "refusal_precision",
        "refusal_recall",
    )
    assert {name: found[name] for name in best} == dict.fromkeys(best, 1.0)
    assert (found["false_refusal"], found["brier_answerable"], found["ece_right"]) == (0, 0, 0)
    assert found["words"] == (6 + 3) / 2
    # F1: northern pond, of carp live in northern pond: 4/7; maize, of they eat maize: 2/4
    assert found["quote_f1"] == found["token_f1"] == pytest.approx((4 / 7 + 1 / 2) / 2)


@pytest.mark.parametrize(
    ("spoil", "numbers", "broke"),
    [
        (one_character, {"literal": 0, "whole": 0, "correct": 1}, ["", "", ""]),
        (one_character_with_quote, {"literal": 1, "whole": 0, "correct": 1}, ["", "", ""]),
        (invented, {"literal": 1, "citation_recall": 1, "correct": 1, "attribution": 0}, ["", "", ""]),
        (wrong_page, {"literal": 1, "citation_recall": 1, "correct": 1, "attribution": 0}, ["", "", ""]),
        (
            one_sentence,
            {"attribution": 0, "literal": 1, "citation_precision": 0, "citation_recall": 0, "correct": 1},
            ["", "", ""],
        ),
        (one_sentence_with_text, {"literal": 1, "citation_recall": 0, "correct": 1 / 3}, ["not selected"] * 2 + [""]),
        (no_refusal, {"refusal_recall": 0, "correct": 2 / 3, "brier_right": 1 / 3}, ["", "", "not refused"]),
        (emptied, {"correct": 1 / 3, "words": 0, "token_f1": 0, "citation_recall": 0}, ["empty", "empty", ""]),
        (one_emptied, {"attribution": 1 / 2, "correct": 2 / 3}, ["", "empty", ""]),
        (all_refused, {"false_refusal": 1, "refusal_precision": 1 / 3, "correct": 1 / 3}, ["refused"] * 2 + [""]),
    ],
)
def test_a_fault_shows_in_the_numbers_and_where_the_chain_broke(spoil, numbers, broke):
    outcomes = outcomes_of(spoil)
    summary = summarize(outcomes)
    assert {name: summary[name] for name in numbers} == pytest.approx(numbers)
    assert [o.broke for o in outcomes] == broke


@pytest.mark.parametrize(
    ("spoil", "lost"),
    [(one_sentence_with_text, ["where", "what"]), (no_refusal, ["none"]), (emptied, ["where", "what"])],
)
def test_a_comparison_names_what_a_fault_broke(spoil, lost):
    good, bad = make_record(outcomes_of(lambda answer: answer)), make_record(outcomes_of(spoil))
    found = compare(good, bad)
    assert [c.id for c in found.lost] == lost
    assert found.won == ()
    assert [c.id for c in compare(bad, good).won] == lost


def test_a_right_answer_that_cites_something_else_is_marked():
    record = make_record(outcomes_of(one_sentence))
    assert [quote["at_evidence"] for o in record["outcomes"] for quote in o["quotes"]] == [False, False]


def test_every_way_the_chain_breaks_is_told():
    def told(question: Question, answer: Answer) -> str:
        (outcome,) = run([question], type("Fixed", (), {"ask": lambda self, q, h=(): answer})(), INDEX.documents)
        return outcome.broke

    home, food = quoted(WHERE.question, HOME), quoted(WHERE.question, FOOD)
    pike = tuple(h for h in INDEX.search("pike", top=5) if "maize" not in h.passage.text)
    both = replace(WHERE, evidence=(HOME, FOOD), must=(("northern pond",), ("maize",)))
    found = {
        told(replace(WHERE, evidence=("Carp live in the southern pond.",)), food),
        told(WHERE, replace(food, hits=pike)),
        told(both, home),
        told(WHERE, quoted(WHERE.question, None)),
        told(replace(WHERE, must_not=("carp",)), home),
        told(WHERE, replace(home, text=home.text * 30)),
        told(WHERE, emptied(home)),
        told(NONE, home),
    }
    assert found == set(BREAKS)
    assert told(WHERE, replace(quoted(WHERE.question, None), hits=pike)) == "not retrieved"
    assert told(both, replace(home, hits=pike)) == "not retrieved"  # what was quoted is not what is missing
