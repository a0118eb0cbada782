"""What the reader was trained on: groups drawn from an article made by hand, and the questions that are shipped."""

import json
import random
from importlib.resources import files
from pathlib import Path

import numpy as np
import pytest

from eval.dataset import Question
from eval.reader.data import Article, Asked, general_group, read_article, written_group
from eval.reader.exams import as_question
from eval.reader.thesaurus import Thesaurus
from eval.reader.train import VALIDATION

TEXT = " ".join(f"Sentence {n:02}." for n in range(24))
SPANS = tuple((13 * n, 13 * n + 12) for n in range(24))
ARTICLE = Article(TEXT, SPANS, tuple(TEXT[a:b] for a, b in SPANS), np.zeros((24, 1), dtype=np.float32))
# What WordNet's files look like: a licence line, then a synset with one hypernym, and the index to it.
NOUNS = (
    "  licence\n00000010 05 n 02 illness 0 malady 0 001 @ 00000020 n 0000 | not well\n"
    "00000020 26 n 01 state 0 000 | a way of being\n"
)


@pytest.fixture
def thesaurus(tmp_path: Path) -> Thesaurus:
    for part in ("noun", "verb", "adj", "adv"):
        (tmp_path / f"data.{part}").write_text(NOUNS if part == "noun" else "")
        (tmp_path / f"index.{part}").write_text("illness n 1 1 @ 1 0 00000010\n" if part == "noun" else "")
    return Thesaurus(tmp_path)


def asked(question: str = "Which illness?", answers: frozenset[int] = frozenset({5})) -> Asked:
    return Asked("a", question, answers, answers, tuple(range(24)), frozenset({7, 8}))


def test_another_word_is_a_synonym_or_the_word_above(thesaurus):
    assert thesaurus.others("illness") == ["malady", "state"]
    assert thesaurus.others("illnesses") == ["malady", "state"]
    assert thesaurus.others("oak") == []


def test_an_adverb_is_not_taken_for_the_adjective_at_its_place(tmp_path: Path):
    for part, letter, word, other in (("adj", "a", "able", "capable"), ("adv", "r", "ably", "well")):
        (tmp_path / f"data.{part}").write_text(f"00000010 00 {letter} 02 {word} 0 {other} 0 000 | x\n")
        (tmp_path / f"index.{part}").write_text(f"{word} {letter} 1 0 1 0 00000010\n")
    for name in ("data.noun", "index.noun", "data.verb", "index.verb"):
        (tmp_path / name).touch()
    both = Thesaurus(tmp_path)
    assert (both.others("able"), both.others("ably")) == (["capable"], ["well"])


def test_the_first_sentence_of_a_group_answers_and_no_other_does(thesaurus):
    draw = random.Random(1)
    groups = general_group(asked(), ARTICLE, draw, thesaurus), written_group(asked(), ARTICLE, draw)
    for group in groups:
        assert group.answered
        assert group.sentences[0] == "Sentence 05."
        assert "Sentence 05." not in group.sentences[1:]
        assert len(group.sentences) > 3


def test_sentences_that_may_not_stand_against_the_answer_do_not_use_up_the_near_ones(thesaurus):
    text = " ".join(f"Sentence {n:02}." for n in range(60))
    spans = tuple((13 * n, 13 * n + 12) for n in range(60))
    article = Article(text, spans, tuple(text[a:b] for a, b in spans), np.zeros((60, 1), dtype=np.float32))
    common = Asked("a", "Which illness?", frozenset({5}), frozenset(range(30)), tuple(range(60)))
    group = general_group(common, article, random.Random(1), thesaurus)
    assert group.sentences[0] == "Sentence 05."
    assert all(int(sentence[9:11]) >= 30 for sentence in group.sentences[1:])


def test_a_group_without_an_answer_has_the_nearest_sentences(thesaurus):
    none = asked(answers=frozenset())
    general = general_group(none, ARTICLE, random.Random(1), thesaurus)
    assert not general.answered
    assert general.sentences[0] == "Sentence 07."  # the nearest of the paragraph that the question was written against
    assert set(written_group(none, ARTICLE, random.Random(1)).sentences) <= {f"Sentence {n:02}." for n in range(12)}


def test_a_text_is_split_into_sentences_rows_and_notes(embedder):
    text = (
        "The port of Vell\n\nVell has two docks. They were dug in 1804 by hand.\n\n"
        "Table 1. Docks\nDock\tDepth\nNorth\t4 m\nSouth\t6 m\n\nNotes\n\n1. The south dock silted up twice.\n"
    )
    article = read_article(text, embedder)
    assert article.sentences == (
        "Vell has two docks.",
        "Vell has two docks. They were dug in 1804 by hand.",
        "Table 1. Docks | Dock | Depth North\t4 m",
        "Table 1. Docks | Dock | Depth South\t6 m",
        "The south dock silted up twice.",
    )
    assert [article.slice_of(n) for n in (1, 3)] == ["They were dug in 1804 by hand.", "South\t6 m"]


def test_the_written_questions_are_whole_and_those_for_validation_are_of_other_articles():
    lines = (files("eval.reader") / "written.jsonl").read_text(encoding="utf-8").splitlines()
    stored = [json.loads(line) for line in lines]
    assert all(bool(q["evidence"]) == q["answerable"] for q in stored)
    assert len({(q["doc_id"], q["question"]) for q in stored}) == len(stored) > 900
    for split, inside in (("train", False), ("validation", True)):
        assert all((q["doc_id"] in VALIDATION) is inside for q in stored if q["split"] == split)


def test_a_written_question_becomes_one_of_a_set():
    stored = {"doc_id": "a", "question": "Which?", "answerable": True, "evidence": [[0, 12]], "split": "validation"}
    found = Question(**as_question(stored, TEXT, 7))
    assert (found.id, found.evidence, found.must) == ("a-007", ("Sentence 00.",), (("Sentence 00.",),))
    assert Question(**as_question({**stored, "answerable": False, "evidence": []}, TEXT, 8)).kind == "unanswerable"
