"""Retrieval metrics against ir-measures, an independent implementation of them (Macdonald et al., over trec_eval)."""

import random
import string

import ir_measures
import pytest
from ir_measures import RR, R, nDCG

from core.records import Hit, Passage, PassageKind
from eval.dataset import EvidenceSpan
from eval.metrics import ndcg_at, recall_at, reciprocal_rank

PLACES = 30  # of ten characters each; a gold quote and a hit take one each


def made_up(seed: int) -> tuple[list[Hit], list[list[EvidenceSpan]], list[int], list[int]]:
    """A ranking of some places, and gold quotes at others: as our records, and as numbers of places."""
    draw = random.Random(seed)
    ranked = draw.sample(range(PLACES), draw.randint(1, 20))
    gold = draw.sample(range(PLACES), draw.randint(1, 6))
    hits = [hit(rank, place) for rank, place in enumerate(ranked, start=1)]
    return hits, [[EvidenceSpan("d", span(place))] for place in gold], ranked, gold


def span(place: int) -> tuple[int, int]:
    return place * 10, place * 10 + 10


def hit(rank: int, place: int) -> Hit:
    start, end = span(place)
    passage = Passage(f"p{place}", "d", string.ascii_lowercase[:10], start, end, None, (), PassageKind.PROSE, ())
    return Hit(passage, 1 / rank, rank, (), 0)


@pytest.mark.parametrize("seed", range(40))
def test_recall_mrr_and_ndcg_agree_with_ir_measures(seed):
    hits, quotes, ranked, gold = made_up(seed)
    judged = {"q": {str(place): 1 for place in gold}}
    run = {"q": {str(place): 1 / rank for rank, place in enumerate(ranked, start=1)}}
    theirs = ir_measures.calc_aggregate([R @ 1, R @ 3, R @ 5, R @ 10, RR, nDCG @ 10], judged, run)
    ours = {R @ k: recall_at(k, hits, quotes) for k in (1, 3, 5, 10)}
    ours |= {RR: reciprocal_rank(hits, quotes), nDCG @ 10: ndcg_at(10, hits, quotes)}
    assert {str(m): v for m, v in ours.items()} == pytest.approx({str(m): v for m, v in theirs.items()}, abs=1e-4)


def test_the_made_up_rankings_hold_misses_and_finds():
    recalls = [recall_at(10, *made_up(seed)[:2]) for seed in range(40)]
    assert min(recalls) == 0
    assert max(recalls) == 1
    assert len(set(recalls)) > 4
