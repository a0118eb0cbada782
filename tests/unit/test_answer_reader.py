"""The reader beside the other features: what it is given, and what its word is worth."""

import hashlib
from collections.abc import Sequence
from dataclasses import replace

import pytest

from answer import reader
from answer.evidence import READ, READ_ROWS, Evidence, score_sentences
from answer.features import FEATURES
from answer.model import Model
from answer.question import read_question
from answer.reader import Stretch
from core.errors import IbidError
from core.records import PassageKind
from tests.unit.answer_fakes import hit, passage

_FIRST = (1.0, *(0.0,) * (len(FEATURES) - 1))
_THEN = (*(0.0,) * (len(FEATURES) - 1), 1.0)
MODEL = Model(first=_FIRST, sentence=_THEN, confidence=(), bias=0.0, threshold=0.5)
QUESTION = read_question("Who planted the oak?")


class Scripted:
    """A reader that gives a logit by the number a sentence ends in, and remembers what it was asked."""

    def __init__(self) -> None:
        self.read: list[str] = []

    def scores(self, question: str, stretches: Sequence[Stretch]) -> list[tuple[float, ...]]:
        self.read += [stretch.text for stretch in stretches]
        return [tuple(float(s.text[a:b].split()[-1]) for a, b in s.sentences) for s in stretches]


def unread(number: int, cosine: float, antecedent: str = "") -> Evidence:
    """A sentence that is a passage of its own."""
    text = f"Sentence {number}"
    found = hit(replace(passage(text), id=f"d#{number}"))
    return Evidence(found, (0, len(text)), text, 0.0, (cosine, *(0.0,) * (len(FEATURES) - 1)), antecedent)


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


def test_beside_the_best_only_what_may_answer_is_read():
    script = Scripted()
    score_sentences(
        QUESTION, [unread(i, 1 - i / 10) for i in range(5)], MODEL, script, lambda e: e.text == "Sentence 3"
    )
    assert script.read == ["Sentence 0", "Sentence 3"]


def test_a_sentence_is_read_behind_what_it_points_back_to():
    script = Scripted()
    score_sentences(QUESTION, [unread(1, 0.9, "The oak is old.")], MODEL, script)
    assert script.read == ["The oak is old. Sentence 1"]


def test_the_sentences_of_a_passage_are_read_together_in_the_order_of_the_text():
    whole = passage("Oak 1. Elm 5. Ash 3.")
    places = {(0, 5): 0.5, (7, 12): 0.1, (14, 19): 0.9}
    rest = (0.0,) * (len(FEATURES) - 1)
    found = [Evidence(hit(whole), s, whole.text[slice(*s)], 0.0, (cosine, *rest)) for s, cosine in places.items()]
    script = Scripted()
    scored = score_sentences(QUESTION, [found[2], found[0], found[1]], MODEL, script)
    assert script.read == ["Oak 1 Elm 5 Ash 3"]
    assert [e.text for e in scored] == ["Elm 5", "Ash 3", "Oak 1"]


def test_rows_of_a_table_are_read_one_by_one_with_what_stands_over_them():
    table = replace(passage("Oak 1\nElm 5", PassageKind.TABLE), context="Trees")
    rest = (0.0,) * (len(FEATURES) - 1)
    rows = [Evidence(hit(table), s, table.text[slice(*s)], 0.0, (0.5, *rest), "Trees") for s in ((0, 5), (6, 11))]
    script = Scripted()
    assert [e.text for e in score_sentences(QUESTION, rows, MODEL, script)] == ["Elm 5", "Oak 1"]
    assert script.read == ["Trees Oak 1", "Trees Elm 5"]


def test_rows_do_not_crowd_out_passages_nor_passages_rows():
    table = replace(passage("\n".join(f"Oak {n}" for n in range(9)), PassageKind.TABLE), context="Trees")
    rest = (0.0,) * (len(FEATURES) - 1)
    starts = [6 * n for n in range(9)]
    rows = [Evidence(hit(table), (s, s + 5), table.text[s : s + 5], 0.0, (0.9, *rest), "Trees") for s in starts]
    script = Scripted()
    score_sentences(QUESTION, [*rows, *(unread(n, 0.1) for n in range(9))], MODEL, script)
    assert len(script.read) == READ + READ_ROWS
    assert sum(text.startswith("Trees") for text in script.read) == READ_ROWS


def test_nothing_to_read_is_no_fault():
    assert score_sentences(QUESTION, [], MODEL, Scripted()) == ()


def test_the_shipped_weights_are_the_ones_named():
    assert hashlib.sha256(reader.READER_FILE.read_bytes()).hexdigest() == reader.READER_SHA256


def test_other_weights_are_refused_in_one_line(monkeypatch, tmp_path):
    other = tmp_path / "reader.onnx"
    monkeypatch.setattr(reader, "READER_FILE", other)
    reader._loaded.cache_clear()
    with pytest.raises(IbidError, match=r"cannot read reader\.onnx"):
        reader.load_reader()
    other.write_bytes(b"something else")
    with pytest.raises(IbidError, match="expected") as raised:
        reader.load_reader()
    assert "\n" not in str(raised.value)


def test_the_shipped_reader_tells_an_answer_from_its_neighbour_and_says_the_same_in_any_company():
    reader._loaded.cache_clear()
    shipped = reader.load_reader()
    question = "Which craftsman built the bridge?"
    right, wrong = alone("The mason Orrin Vale put up the crossing in 1744."), alone("The bridge is closed in winter.")
    both = Stretch(f"{wrong.text} {right.text}", ((0, 31), (32, 81)))
    together = shipped.scores(question, [wrong, right, both])
    assert together[1] > together[0]
    assert together[2][1] > together[2][0]
    assert together == [shipped.scores(question, [stretch])[0] for stretch in (wrong, right, both)]
    assert shipped.scores(question, []) == []


@pytest.mark.parametrize("question", ["why " * 500, "的" * 2000])
def test_what_is_longer_than_the_reader_reads_is_cut(question):
    right = "The mason Orrin Vale put up the crossing in 1744. "
    long = Stretch(right * 99, tuple((50 * n, 50 * n + 49) for n in range(99)))
    scores = reader.load_reader().scores(question, [alone(right), alone(""), long])
    assert list(map(len, scores)) == [1, 1, 99]
    assert len({*scores[2][-9:]}) == 1  # none of these was read


def alone(text: str) -> Stretch:
    return Stretch(text, ((0, len(text)),))
