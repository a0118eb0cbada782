"""Each metric on an example worked out by hand, on the text 'abcdefghij klmnopqrst'."""

import dataclasses
import math

import numpy as np
import pytest

from core.records import Answer, Citation, Document, Hit, Passage, PassageKind
from eval.dataset import EvidenceSpan, Question
from eval.metrics import (
    best_f1,
    bins,
    brier,
    citation_precision,
    citation_recall,
    correctness,
    evidence_recall,
    exact_match,
    expected_calibration_error,
    false_refusal,
    length,
    literalness,
    ndcg_at,
    peak_memory,
    percentile,
    percentiles,
    recall_at,
    reciprocal_rank,
    refusal_precision,
    refusal_recall,
    retrieved,
    token_f1,
    wholeness,
)
from eval.text import holds, strip_markers

TEXT = "abcdefghij klmnopqrst"
DOCUMENTS = {"d": Document("d", "D", (), "d.txt", TEXT, (), (), (), "0")}
FIRST, SECOND = EvidenceSpan("d", (0, 10)), EvidenceSpan("d", (11, 21))
BOTH = EvidenceSpan("d", (0, 21))
SENTENCES = {"d": ((0, 10), (11, 21))}


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


def test_a_marker_is_no_fact():
    asked = question(must=(("1",),), must_not=())
    assert correctness(asked, answer("There are many. [1]", (cited(0, 3),)), ()) == 0
    assert correctness(asked, answer("There is 1. [1]", (cited(0, 3),)), ()) == 1
    assert correctness(question(must_not=("1",)), answer("Tower, 60 million [1]", (cited(0, 3),)), ()) == 1
    assert strip_markers("Carp [1][2] eat [3].", [1, 2]) == "Carp eat [3]."


@pytest.mark.parametrize(
    ("fact", "text", "held"),
    [
        ("60", "It took 60.", True),
        ("60", "It took 1600.", False),
        ("60", "It took 600.", False),
        ("60", "It took 160.", False),
        ("US$60", "US$600", False),
        ("60 million", "160 million", False),
        ("60 million", "60 millions", True),
        ("Tower", "Towers", True),
        ("in 2016", "within 2016", True),
        ("2016", "In 2016³ it rose.", True),  # a note's marker
        ("12 km²", "It is 12 km² wide.", True),  # an exponent
        ("18–20", "from 18-20 on", True),
    ],
)
def test_a_number_is_a_fact_only_as_a_whole(fact, text, held):
    assert holds(text, fact) is held


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
    assert correctness(asked, answer("", (cited(0, 3),)), (FIRST,)) == 0
    assert correctness(asked, answer("[1]", (cited(0, 3),)), (FIRST,)) == 0
    assert correctness(asked, answer("word " * 120, (cited(0, 3),)), (FIRST,)) == 1
    assert correctness(asked, answer("word " * 121, (cited(0, 3),)), (FIRST,)) == 0


def test_citation_precision_is_the_share_of_cited_sentences_that_stand_at_gold():
    assert citation_precision(answer("x", (cited(0, 10), cited(11, 21))), [FIRST], SENTENCES) == 0.5
    assert citation_precision(answer("x", (cited(0, 10), cited(1, 9))), [FIRST], SENTENCES) == 1.0  # one sentence
    assert citation_precision(answer("x", (cited(0, 21),)), [FIRST], SENTENCES) == 0.5  # one quote of two sentences
    assert citation_precision(answer(), [FIRST], SENTENCES) is None
    assert citation_precision(answer("x", (cited(0, 10),)), [], SENTENCES) is None


def test_what_has_no_answer_is_cited_wrongly_whatever_is_cited():
    assert citation_precision(answer("x", (cited(0, 10),)), [], SENTENCES, answerable=False) == 0
    assert citation_precision(answer("x", (cited(0, 10),)), [FIRST], SENTENCES, answerable=False) == 1  # corrects it
    assert citation_precision(answer(refused=True), [], SENTENCES, answerable=False) is None


def test_citation_recall_is_the_share_of_gold_sentences_that_are_cited():
    assert citation_recall(answer("x", (cited(0, 10),)), [[BOTH]], SENTENCES) == 0.5
    assert citation_recall(answer("x", (cited(0, 10), cited(11, 21))), [[BOTH]], SENTENCES) == 1.0
    assert citation_recall(answer("x", (cited(11, 21),)), [[FIRST, SECOND]], SENTENCES) == 1.0  # either place will do
    assert citation_recall(answer("x", (cited(11, 21),)), [[FIRST], [SECOND]], SENTENCES) == 0.5
    assert citation_recall(answer(), [[FIRST]], SENTENCES) == 0
    assert citation_recall(answer(), [], SENTENCES) is None


@pytest.mark.parametrize(("start", "end", "met"), [(5, 15, 1), (6, 16, 0), (2, 4, 1), (10, 11, 0)])
def test_a_quote_stands_at_evidence_when_they_share_half_of_the_shorter(start, end, met):
    assert citation_precision(answer("x", (cited(start, end),)), [FIRST], {}) == met


def test_a_quote_shifted_by_one_is_not_literal():
    assert literalness(answer("x", (cited(0, 3), cited(1, 4, "abc"))), DOCUMENTS) == 0.5
    assert literalness(answer(), DOCUMENTS) is None


def test_a_quote_of_a_document_that_is_not_known_is_neither_literal_nor_whole():
    given = answer("x", (cited(0, 10), dataclasses.replace(cited(0, 10), document="x")))
    assert literalness(given, DOCUMENTS) == wholeness(given, DOCUMENTS) == 0.5


@pytest.mark.parametrize(("start", "end", "whole"), [(0, 10, 1), (1, 11, 0), (0, 9, 0), (10, 21, 0), (11, 21, 1)])
def test_a_quote_that_cuts_a_word_or_takes_in_a_space_is_not_whole(start, end, whole):
    assert wholeness(answer("x", (cited(start, end),)), DOCUMENTS) == whole


def test_recall_counts_gold_quotes_of_which_half_the_characters_are_retrieved():
    hits = [hit(1, 11, 15), hit(2, 5, 10), hit(3, 15, 17)]
    gold = [[FIRST], [SECOND]]
    assert recall_at(1, hits, gold) == 0.0
    assert recall_at(2, hits, gold) == 0.5
    assert recall_at(3, hits, gold) == 1.0
    assert recall_at(3, hits, []) is None
    assert evidence_recall(hits, gold) == 1.0
    assert evidence_recall(hits[:2], gold) == 0.5


def test_passages_that_only_quotes_brought_were_not_retrieved():
    ranked = (hit(1, 11, 15), hit(2, 5, 10))
    named = dataclasses.replace(hit(1, 0, 5), retrievers=("place",), score=1.5)  # the question names its work
    behind = dataclasses.replace(hit(3, 0, 10), retrievers=("place",), score=0.0)
    assert retrieved((named, *ranked, behind)) == (named, *ranked)
    assert retrieved((behind,)) == ()


def test_the_reciprocal_rank_is_that_of_the_first_hit_with_gold():
    assert reciprocal_rank([hit(1, 11, 12), hit(2, 0, 6)], [[FIRST]]) == 0.5
    assert reciprocal_rank([hit(1, 11, 12)], [[FIRST]]) == 0.0


def test_ndcg_discounts_each_quote_by_its_place():
    ideal = 1 + 1 / math.log2(3)  # two quotes at places 1 and 2
    gold = [[FIRST], [SECOND]]
    assert ndcg_at(10, [hit(1, 0, 10), hit(2, 11, 21)], gold) == pytest.approx(1)
    assert ndcg_at(10, [hit(1, 0, 21)], gold) == pytest.approx(1)  # one passage of both: places 1 and 2
    assert ndcg_at(10, [hit(1, 0, 2), hit(2, 11, 21), hit(3, 0, 10)], gold) == pytest.approx(
        (1 / math.log2(3) + 1 / math.log2(4)) / ideal
    )
    assert ndcg_at(1, [hit(1, 0, 2), hit(2, 11, 21)], gold) == 0
    assert ndcg_at(10, [], []) is None


def test_an_exact_match_minds_no_case_articles_or_punctuation():
    assert exact_match("The  northern pond.", "a ‘Northern’ Pond") == 1
    assert exact_match("northern ponds", "northern pond") == 0


def test_the_token_f1_is_the_harmonic_mean_of_shared_words():
    # 5 words given (no article), 2 expected, 2 shared: precision 2/5, recall 1
    assert token_f1("Carp live in the northern pond.", "the northern pond") == pytest.approx(4 / 7)
    assert token_f1("maize maize", "maize") == pytest.approx(2 / 3)  # a word counts as often as it is in both
    assert token_f1("", "maize") == token_f1("pond", "maize") == 0
    assert best_f1(["Carp live in the northern pond.", "northern pond"], "the northern pond") == 1
    assert best_f1([], "maize") == 0


def test_refusals_are_counted_where_they_apply():
    asked = [(True, False), (True, True), (False, False), (False, True)]  # refused, answerable
    assert [refusal_precision(*case) for case in asked] == [1, 0, None, None]
    assert [refusal_recall(*case) for case in asked] == [1, None, 0, None]
    assert [false_refusal(*case) for case in asked] == [None, 1, None, 0]


def test_the_brier_score_is_the_squared_difference():
    assert [brier(0.9, 1), brier(0.9, 0)] == pytest.approx([0.01, 0.81])


def test_the_calibration_error_weighs_the_distance_of_each_bin():
    confidence, true = np.array([0.9, 0.1, 0.8, 0.1]), np.array([1.0, 0.0, 1.0, 1.0])
    low, high = bins(confidence, true, 2)
    assert (low.count, low.confidence, low.share) == (2, pytest.approx(0.1), 0.5)
    assert (high.count, high.confidence, high.share) == (2, pytest.approx(0.85), 1.0)
    assert expected_calibration_error(confidence, true, 2) == pytest.approx((2 * 0.4 + 2 * 0.15) / 4)
    assert math.isnan(expected_calibration_error(confidence[:0], true[:0]))


@pytest.mark.parametrize(
    ("confidence", "counts"),
    [
        ([0.2, 0.2, 0.2, 0.9], [3, 1]),
        ([0.1, 0.9, 0.9, 0.9], [1, 3]),
        ([0.5, 0.5, 0.5, 0.5], [4]),
        ([0.5], [1]),
        ([], []),
    ],
)
def test_cases_of_equal_confidence_share_a_bin(confidence, counts):
    assert [b.count for b in bins(np.array(confidence, dtype=float), np.zeros(len(confidence)), 2)] == counts


def test_the_length_counts_words_and_no_markers():
    given = answer("Carp live. [1] They eat [sic] maize [9]. [1]", (cited(0, 3),))
    assert length(given) == 7
    assert length(answer()) == 0


@pytest.mark.parametrize(("share", "value"), [(0.5, 20), (0.95, 40), (0.25, 10), (1.0, 40)])
def test_percentiles_are_by_nearest_rank(share, value):
    assert percentile([40, 10, 30, 20], share) == value


def test_percentiles_are_taken_along_the_last_axis():
    assert percentiles(np.array([[40.0, 10.0], [5.0, 7.0]]), 0.5).tolist() == [10, 5]


def test_the_peak_memory_grows_with_what_is_held():
    before = peak_memory()
    held = np.ones(2**24)  # 128 MiB
    assert held.sum() == 2**24
    assert peak_memory() >= max(before, 128)
