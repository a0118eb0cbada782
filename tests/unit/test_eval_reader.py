"""What the reader was trained on: groups drawn from an article made by hand, and the questions that are shipped."""

import json
import random
from dataclasses import replace
from importlib.resources import files
from pathlib import Path

import numpy as np
import pytest

from eval.dataset import Question
from eval.reader.data import Article, Asked, Group, general_group, held_out, read_article, written_group
from eval.reader.exams import as_question
from eval.reader.passages import as_read, foreign_questions, passage_group, sheets_of
from eval.reader.thesaurus import Thesaurus

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


def texts(group: Group) -> list[str]:
    """What is read for a group."""
    return [stretch.text for stretch in group.stretches]


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
        assert group.answers[0]
        assert not any(group.answers[1:])
        assert texts(group)[0] == "Sentence 05."
        assert "Sentence 05." not in texts(group)[1:]
        assert len(texts(group)) > 3


def test_sentences_that_may_not_stand_against_the_answer_do_not_use_up_the_near_ones(thesaurus):
    text = " ".join(f"Sentence {n:02}." for n in range(60))
    spans = tuple((13 * n, 13 * n + 12) for n in range(60))
    article = Article(text, spans, tuple(text[a:b] for a, b in spans), np.zeros((60, 1), dtype=np.float32))
    common = Asked("a", "Which illness?", frozenset({5}), frozenset(range(30)), tuple(range(60)))
    group = general_group(common, article, random.Random(1), thesaurus)
    assert texts(group)[0] == "Sentence 05."
    assert all(int(sentence[9:11]) >= 30 for sentence in texts(group)[1:])


def test_a_group_without_an_answer_has_the_nearest_sentences(thesaurus):
    none = asked(answers=frozenset())
    general = general_group(none, ARTICLE, random.Random(1), thesaurus)
    assert not any(general.answers)
    assert texts(general)[0] == "Sentence 07."  # the nearest of the paragraph that the question was written against
    assert set(texts(written_group(none, ARTICLE, random.Random(1)))) <= {f"Sentence {n:02}." for n in range(12)}


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
    assert {q["split"] for q in stored} == {"train", "validation"}
    unseen = held_out(Path(str(files("eval.reader"))) / "written.jsonl")
    assert unseen.isdisjoint(q["doc_id"] for q in stored if q["split"] == "train")
    first = {
        "Normans",
        "Oxygen",
        "Fresno,_California",
        "Steam_engine",
        "Warsaw",
        "coffee_coops",
        "sleep_lab",
        "tram_revival",
    }
    assert first < unseen
    newer = Path(str(files("eval.reader"))) / "texts" / "december"
    assert {path.stem for path in newer.glob("*.txt")} & unseen == unseen - first
    assert len(unseen - first) == 33


def test_a_written_question_becomes_one_of_a_set():
    stored = {"doc_id": "a", "question": "Which?", "answerable": True, "evidence": [[0, 12]], "split": "validation"}
    found = Question(**as_question(stored, TEXT, 7))
    assert (found.id, found.evidence, found.must) == ("a-007", ("Sentence 00.",), (("Sentence 00.",),))
    assert Question(**as_question({**stored, "answerable": False, "evidence": []}, TEXT, 8)).kind == "unanswerable"


@pytest.mark.parametrize(
    ("text", "facts"),
    [("3. The mill burnt in 1990. It did.", ("The mill burnt in 1990. It did.",)), ("Ford\t4", ("Ford", "4"))],
)
def test_of_a_row_the_cells_are_asked_for_and_of_a_note_what_it_says(text, facts):
    stored = {"doc_id": "a", "question": "Which?", "answerable": True, "evidence": [[0, len(text)]]}
    assert Question(**as_question(stored, text, 1)).must == tuple((fact,) for fact in facts)


PASSAGES = """The mill stood by the river. It was old.

Nobody knew who had built it.

Table 1. Mills
Name\tWheels
Ford\t4
Dale\t9
"""


class Flat:
    """Finds all sentences as near."""

    def embed(self, texts):
        return np.ones((len(texts), 1), dtype=np.float32)


def test_a_passage_is_sentences_of_one_paragraph_and_a_row_stands_alone():
    article = read_article(PASSAGES, Flat())
    sheets = sheets_of(article)
    assert [sheet.numbers for sheet in sheets] == [(0, 1), (2,), (3,), (4,)]
    assert [stretch.text[slice(*span)] for stretch in (sheets[0].stretch,) for span in stretch.sentences] == [
        "The mill stood by the river.",
        "It was old.",
    ]
    row = sheets[3].stretch
    assert row.sentences == ((0, len(row.text)),)
    assert row.text.startswith("Table 1. Mills | Name")


def test_a_passage_ends_before_it_is_too_long():
    sentences = [f"The {'very ' * 36}old mill number {n} stood." for n in range(3)]
    sheets = sheets_of(read_article(" ".join(sentences), Flat()))
    assert [sheet.numbers for sheet in sheets] == [(0, 1), (2,)]


def test_a_passage_that_points_back_is_led_by_the_sentence_before_it():
    text = "The mill stood by the river. " + "It was " + "very " * 86 + "old."
    second = sheets_of(read_article(text, Flat()))[1].stretch
    assert second.text.startswith("The mill stood by the river. It was")
    assert second.text[slice(*second.sentences[0])].startswith("It was")


def test_a_group_of_passages_marks_the_sentences_that_answer():
    article = read_article(PASSAGES, Flat())
    sheets = sheets_of(article)
    old = Asked("a", "How old was the mill?", frozenset({1}), frozenset({1}), tuple(range(5)))
    group = passage_group(old, sheets, random.Random(1))
    assert group.stretches[0] == sheets[0].stretch
    assert group.answers[:2] == (False, True)
    assert not any(group.answers[2:])
    none = passage_group(Asked("a", "Why?", frozenset(), frozenset(), tuple(range(5))), sheets, random.Random(1))
    assert len(none.stretches) == 2
    assert not any(none.answers)


def test_passages_that_the_reader_takes_for_answers_come_first():
    class LikesTables:
        def scores(self, question, stretches):
            return [tuple(float("Table" in s.text) + float("9" in s.text) for _ in s.sentences) for s in stretches]

    sheets = sheets_of(read_article(PASSAGES, Flat()))
    old = Asked("a", "How old was the mill?", frozenset({1}), frozenset({1}), tuple(range(5)))
    assert as_read(old, sheets, LikesTables()) == replace(old, order=(4, 3, 0, 1, 2))


def test_a_foreign_question_is_asked_of_another_article_where_nothing_answers():
    article = read_article(PASSAGES, Flat())
    own = [Asked(name, f"What of {name}?", frozenset({0}), frozenset({0}), (0, 1)) for name in ("a", "b")]
    found = foreign_questions(own, {"a": article, "b": article}, Flat(), random.Random(1))
    assert [(q.article, q.question, q.answers) for q in found] == [
        ("b", "What of a?", frozenset()),
        ("a", "What of b?", frozenset()),
    ]
    assert found[0].order == tuple(range(len(article.spans)))
