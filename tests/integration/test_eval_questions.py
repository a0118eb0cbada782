"""The bundled question set can be trusted, and its test split is fit to judge by."""

from collections import Counter
from importlib.resources import files
from pathlib import Path

import pytest

from core.records import Document
from core.settings import bundled_corpus
from eval.dataset import KINDS, load_questions
from eval.validate import capitalised_terms, check, count_unshared
from ingest import find_documents, read_document

QUESTIONS = load_questions(Path(str(files("eval.questions") / "chapter09.jsonl")), "all")
TEST = tuple(q for q in QUESTIONS if q.split == "test")


@pytest.fixture(scope="module")
def document() -> Document:
    (source,) = find_documents([bundled_corpus()])
    return read_document(source.path, document_id=source.id, metadata=source.metadata)


def test_nothing_is_wrong_with_it(document):
    assert check(QUESTIONS, [document], at_least=12) == ()


def test_it_is_large_enough_and_a_fifth_of_it_cannot_be_answered():
    assert len(QUESTIONS) >= 220
    assert set(KINDS) == {q.kind for q in QUESTIONS}
    refusals = [q for q in QUESTIONS if not q.answerable]
    assert len(refusals) >= max(40, len(QUESTIONS) / 5)
    assert sum(q.split == "test" for q in refusals) >= 22


def test_three_fifths_are_for_development_and_two_fifths_for_the_test_in_every_kind():
    assert len(TEST) / len(QUESTIONS) == pytest.approx(0.4, abs=0.05)
    kinds, tested = Counter(q.kind for q in QUESTIONS), Counter(q.kind for q in TEST)
    for kind in KINDS:
        assert tested[kind] >= 6, kind
        assert tested[kind] / kinds[kind] == pytest.approx(0.4, abs=0.1), kind
    assert min(tested[kind] for kind in ("table", "note", "citation")) >= 10


def test_half_of_the_questions_use_other_words_than_the_text(document):
    """The test split is held apart: it judges, and its words may not come nearer to the text's than they are."""
    names = capitalised_terms([document.text])
    whole, judging = (count_unshared(asked, names) for asked in (QUESTIONS, TEST))
    assert whole.strictly >= 0.5 * whole.questions
    assert judging.loosely >= 0.45 * judging.questions
    assert judging.strictly >= 0.3 * judging.questions
