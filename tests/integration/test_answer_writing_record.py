"""What a real 135M model wrote on more than fifty questions: the verifier lets none of its inventions through."""

from collections import Counter

import pytest

from answer.writing.judge import Fate
from core.settings import Settings
from eval.writing.__main__ import RESULTS, load_record, record_outcomes, table
from eval.writing.record import documents_index

LABELS = {"true", "invented", "nothing"}


@pytest.fixture(scope="module")
def outcomes(tmp_path_factory):
    settings = Settings(home=tmp_path_factory.mktemp("home"), corpus="writing")
    index = documents_index(settings, tmp_path_factory.mktemp("files"))
    yield list(record_outcomes(load_record(), index))
    index.close()


def test_the_record_is_of_at_least_fifty_questions_and_labelled_whole():
    lines = load_record()
    assert len({line["question"] for line in lines}) >= 50
    assert {sentence["label"] for line in lines for sentence in line["sentences"]} <= LABELS


def test_no_invention_is_let_through(outcomes):
    assert [o for o in outcomes if o.is_let_through] == []
    assert sum(o.label == "invented" for o in outcomes) >= 50


def test_what_is_true_and_said_in_the_words_of_the_text_is_kept(outcomes):
    fates = Counter(o.fate for o in outcomes if o.label == "true")
    assert fates[Fate.KEPT] > fates[Fate.STRUCK] + fates[Fate.REPLACED]


def test_the_report_is_true(outcomes):
    assert table(outcomes) in RESULTS.read_text(encoding="utf-8")
