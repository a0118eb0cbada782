"""The reader beside the other features: what it is given, and what its word is worth."""

import hashlib

import pytest

from answer import reader
from answer.evidence import READ, Evidence, score_sentences
from answer.features import FEATURES
from answer.model import Model
from answer.question import read_question
from core.errors import IbidError
from tests.unit.answer_fakes import hit, passage

_FIRST = (1.0, *(0.0,) * (len(FEATURES) - 1))
_THEN = (*(0.0,) * (len(FEATURES) - 1), 1.0)
MODEL = Model(first=_FIRST, sentence=_THEN, confidence=(), bias=0.0, threshold=0.5)
QUESTION = read_question("Who planted the oak?")


class Scripted:
    """A reader that gives a logit by the number a sentence ends in, and remembers what it was asked."""

    def __init__(self) -> None:
        self.read: list[str] = []

    def scores(self, question: str, sentences: list[str]) -> list[float]:
        self.read += sentences
        return [float(s.split()[-1]) for s in sentences]


def unread(number: int, cosine: float, antecedent: str = "") -> Evidence:
    text = f"Sentence {number}"
    return Evidence(hit(passage(text)), (0, len(text)), text, 0.0, (cosine, *(0.0,) * (len(FEATURES) - 1)), antecedent)


def test_the_reader_reads_the_best_and_orders_them_anew():
    script = Scripted()
    found = score_sentences(QUESTION, [unread(1, 0.9), unread(3, 0.5), unread(2, 0.7)], MODEL, script)
    assert script.read == ["Sentence 1", "Sentence 2", "Sentence 3"]
    assert [(e.text, e.score) for e in found] == [("Sentence 3", 3.0), ("Sentence 2", 2.0), ("Sentence 1", 1.0)]


def test_what_is_not_read_counts_as_the_worst_that_is():
    script = Scripted()
    found = score_sentences(QUESTION, [unread(100 - i, 1 - i / 100) for i in range(READ + 5)], MODEL, script)
    assert len(script.read) == READ
    assert {e.score for e in found[READ:]} == {100.0 - (READ - 1)}


def test_a_sentence_is_read_behind_what_it_points_back_to():
    script = Scripted()
    score_sentences(QUESTION, [unread(1, 0.9, "The oak is old.")], MODEL, script)
    assert script.read == ["The oak is old. Sentence 1"]


def test_nothing_to_read_is_no_fault():
    assert score_sentences(QUESTION, [], MODEL, Scripted()) == ()


def test_the_shipped_weights_are_the_ones_named():
    assert hashlib.sha256(reader.READER_FILE.read_bytes()).hexdigest() == reader.READER_SHA256


def test_other_weights_are_refused_in_one_line(monkeypatch, tmp_path):
    other = tmp_path / "reader.onnx"
    monkeypatch.setattr(reader, "READER_FILE", other)
    reader.load_reader.cache_clear()
    with pytest.raises(IbidError, match=r"cannot read reader\.onnx"):
        reader.load_reader()
    other.write_bytes(b"something else")
    with pytest.raises(IbidError, match="expected") as raised:
        reader.load_reader()
    assert "\n" not in str(raised.value)


def test_the_shipped_reader_tells_an_answer_from_its_neighbour_and_says_the_same_in_any_company():
    reader.load_reader.cache_clear()
    shipped = reader.load_reader()
    question = "Which craftsman built the bridge?"
    right, wrong = "The mason Orrin Vale put up the crossing in 1744.", "The bridge is closed in winter."
    together = shipped.scores(question, [wrong, right, wrong * 9])
    assert together[1] > together[0]
    assert together == [shipped.scores(question, [text])[0] for text in (wrong, right, wrong * 9)]
    assert shipped.scores(question, []) == []


@pytest.mark.parametrize("question", ["why " * 500, "的" * 2000])
def test_a_question_longer_than_the_reader_reads_is_cut(question):
    right, nothing = "The mason Orrin Vale put up the crossing in 1744.", ""
    assert len(reader.load_reader().scores(question, [right, nothing, right * 99])) == 3
