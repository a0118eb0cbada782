"""Scores summed over segments are those that bm25s bakes in one go, whatever lies in which segment and is dead."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.lexical import Lexical, Lookup
from index.postings import merged, postings_of, read_postings, write_postings
from index.terms import analyze

WORDS = ("carp", "pike", "heron", "herons", "oak", "1820", "zweigstelle", "zweigstellen", "池", "the")
texts = st.lists(st.lists(st.sampled_from(WORDS), max_size=12).map(" ".join), max_size=9)
segments = st.lists(
    st.lists(st.tuples(st.lists(st.sampled_from(WORDS), max_size=12), st.booleans()), max_size=6), max_size=4
)
queries = st.lists(st.sampled_from((*WORDS, "nothing", "zweigstele")), max_size=6).map(" ".join)


def lookup(number: int, items: list[tuple[list[str], bool]]) -> Lookup:
    postings = postings_of(analyze(" ".join(words)) for words, _ in items)
    live = np.array([is_live for _, is_live in items], dtype=bool)
    return Lookup(postings, live, lambda n: f"d{number}#{n:04d}")


@given(segments, queries)
def test_scores_are_those_of_bm25s_on_the_live_passages(parts, query):
    import bm25s

    lexical = Lexical([lookup(number, items) for number, items in enumerate(parts)])
    live = [analyze(" ".join(words)) for items in parts for words, is_live in items if is_live]
    asked = analyze(query)
    terms = [*asked, *(other for term in dict.fromkeys(asked) for other in sorted(lexical.variants(term)))]
    known = [term for term in terms if any(term in found for found in live)]
    expected = np.zeros(len(live), dtype=np.float32)
    if known:
        scorer = bm25s.BM25(method="lucene")
        scorer.index(live, show_progress=False)
        expected = scorer.get_scores(known)
    scores = lexical.scores(query)
    flags = [np.array([is_live for _, is_live in items], dtype=bool) for items in parts]
    found = [score for some, is_live in zip(scores, flags, strict=True) for score in some[is_live].tolist()]
    assert found == expected.tolist()
    assert not any(some[~is_live].any() for some, is_live in zip(scores, flags, strict=True))


@given(segments, queries)
def test_merged_postings_rank_as_the_parts_do(parts, query):
    lookups = [lookup(number, items) for number, items in enumerate(parts)]
    numbers, ids = [], []
    for part in lookups:
        new = np.full(len(part.live), -1, dtype=np.int32)
        new[part.live] = np.arange(len(ids), len(ids) + part.live.sum())
        numbers.append(new)
        ids += part.ids(np.flatnonzero(part.live))
    whole = merged([(part.postings, new) for part, new in zip(lookups, numbers, strict=True)], len(ids))
    one = Lexical([Lookup(whole, np.ones(len(ids), dtype=bool), ids.__getitem__)])
    several = Lexical(lookups)
    assert one.best(query, 5) == several.best(query, 5)
    for term in analyze(f"{query} carp nothing"):
        assert one.idf(term) == several.idf(term)
        assert (one.knows(term), one.variants(term)) == (several.knows(term), several.variants(term))


@given(texts)
def test_postings_are_read_as_they_were_written(tmp_path_factory, some):
    folder = tmp_path_factory.mktemp("postings") / "p"
    made = postings_of([analyze(text) for text in some])
    write_postings(folder, made)
    read = read_postings(folder)
    for term in analyze(" ".join(WORDS)):
        expected = [(n, analyze(text).count(term)) for n, text in enumerate(some) if term in analyze(text)]
        items, counts = read.of(term)
        assert list(zip(items.tolist(), counts.tolist(), strict=True)) == expected
    assert read.lengths.tolist() == [len(analyze(text)) for text in some]


def test_words_are_found_by_their_first_letter_and_length():
    postings = postings_of([["pond", "pike", "pikes", "oak", "池", "élan", "po"]])
    assert postings.words("p", 4) == ["pike", "pond"]
    assert (postings.words("é", 4), postings.words("p", 9), postings.words("q", 1)) == (["élan"], [], [])


def test_equals_stand_in_the_order_of_the_index():
    first, second = lookup(2, [(["carp"], True)] * 3), lookup(1, [(["carp"], True)])
    assert Lexical([first, second]).best("carp", 3) == ["d1#0000", "d2#0000", "d2#0001"]


@pytest.mark.parametrize("term", ["carp", "nothing"])
def test_an_index_without_passages_knows_nothing(term):
    empty = Lexical([])
    assert (empty.best(term, 3), empty.knows(term), empty.variants(term)) == ([], False, frozenset())
