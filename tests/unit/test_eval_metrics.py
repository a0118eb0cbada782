"""Each metric on an example worked out by hand, on the text 'abcdefghij klmnopqrst'."""

import pytest

from core.records import Answer, Citation, Document, Hit, Passage, PassageKind
from eval.dataset import EvidenceSpan, Question
from eval.metrics import (
    citation_precision,
    citation_recall,
    correctness,
    literalness,
    percentile,
    recall_at,
    reciprocal_rank,
)

TEXT = "abcdefghij klmnopqrst"
DOCUMENTS = {"d": Document("d", "D", (), "d.txt", TEXT, (), (), (), "0")}
FIRST, SECOND = EvidenceSpan("d", (0, 10)), EvidenceSpan("d", (11, 21))


def question(**changes) -> Question:
    fields = {
        "id": "q",
        "kind": "factoid",
        "question": "?",
        "answer": "",
        "must": (("60 million", "sixty million"), ("Tower",)),
        "must_not": (),
        "evidence": (),
        "section": "",
        "answerable": True,
        "history": (),
        "split": "dev",
    }
    return Question(**(fields | changes))


def cited(start: int, end: int, quote: str | None = None) -> Citation:
    return Citation(1, "d", (), None, TEXT[start:end] if quote is None else quote, start, end, "p")


def answer(text: str = "", citations: tuple[Citation, ...] = (), refused: bool = False) -> Answer:
    return Answer("?", text, citations, refused, "", 0.5, ())


def hit(rank: int, start: int, end: int) -> Hit:
    return Hit(Passage(f"p{rank}", "d", TEXT[start:end], start, end, None, (), PassageKind.PROSE, ()), 1, rank, (), 0)


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("Tower took US$60  million.", 1),
        ("TOWER took sixty million", 1),
        ("Tower took 70 million.", 0),
        ("It took 60 million.", 0),
        ("Tower 60 million " + "word " * 120, 0),
    ],
)
def test_an_answer_is_right_when_it_holds_every_fact_in_some_form_and_is_short(text, right):
    assert correctness(question(), answer(text), ()) == right


def test_what_must_not_stand_in_an_answer_makes_it_wrong():
    assert correctness(question(must_not=("Chengdu",)), answer("Tower, Chengdu, 60 million"), ()) == 0


def test_a_refusal_is_right_only_where_there_is_no_answer():
    assert correctness(question(), answer("Tower 60 million", refused=True), ()) == 0
    nothing = question(kind="unanswerable", answerable=False, must=())
    assert correctness(nothing, answer(refused=True), ()) == 1
    assert correctness(nothing, answer("Something.", (cited(0, 3),)), (FIRST,)) == 0


def test_a_false_premise_is_met_by_refusing_or_by_the_passage_that_corrects_it():
    asked = question(kind="false_premise", answerable=False, must=())
    assert correctness(asked, answer(refused=True), (FIRST,)) == 1
    assert correctness(asked, answer("x", (cited(0, 3),)), (FIRST,)) == 1
    assert correctness(asked, answer("x", (cited(12, 15),)), (FIRST,)) == 0


def test_citation_precision_is_the_share_that_overlaps_gold_and_recall_the_share_of_gold_met():
    given = answer("x", (cited(8, 12), cited(12, 14), cited(10, 11)))
    assert citation_precision(given, [FIRST]) == pytest.approx(1 / 3)
    assert citation_recall(given, [[FIRST], [EvidenceSpan("d", (15, 21))]]) == 0.5
    assert citation_precision(answer(), [FIRST]) is None
    assert citation_recall(answer(), [[FIRST]]) == 0
    assert citation_recall(answer(), []) is None


def test_a_quote_shifted_by_one_is_not_literal():
    assert literalness(answer("x", (cited(0, 3), cited(1, 4, "abc"))), DOCUMENTS) == 0.5


def test_recall_counts_gold_quotes_of_which_half_the_characters_are_retrieved():
    hits = [hit(1, 11, 15), hit(2, 5, 10), hit(3, 15, 17)]
    gold = [[FIRST], [SECOND]]
    assert recall_at(1, hits, gold) == 0.0
    assert recall_at(2, hits, gold) == 0.5
    assert recall_at(3, hits, gold) == 1.0
    assert recall_at(3, hits, []) is None


def test_the_reciprocal_rank_is_that_of_the_first_hit_with_gold():
    assert reciprocal_rank([hit(1, 11, 12), hit(2, 0, 6)], [[FIRST]]) == 0.5
    assert reciprocal_rank([hit(1, 11, 12)], [[FIRST]]) == 0.0


@pytest.mark.parametrize(("share", "value"), [(0.5, 20), (0.95, 40), (0.25, 10), (1.0, 40)])
def test_percentiles_are_by_nearest_rank(share, value):
    assert percentile([40, 10, 30, 20], share) == value
