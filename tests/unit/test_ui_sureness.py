"""Confidence in words: each word keeps what it says, on the questions that it was cut on."""

import json
from pathlib import Path

import pytest

from ui.sureness import LEVELS, shortfall_words, sureness

REPORT = Path(__file__).resolve().parents[2] / "eval" / "results" / "chapter09-dev.json"


@pytest.mark.parametrize(
    ("confidence", "word"), [(1.0, "Likely"), (0.75, "Likely"), (0.749, "Unsure"), (0.0, "Unsure")]
)
def test_the_word_follows_the_confidence(confidence, word):
    assert sureness(confidence).word == word


@pytest.mark.parametrize("level", LEVELS, ids=lambda level: level.word)
def test_a_word_promises_no_more_than_was_measured(level):
    outcomes = json.loads(REPORT.read_text(encoding="utf-8"))["outcomes"]
    judged = [o["scores"]["correct"] for o in outcomes if not o["refused"] and sureness(o["confidence"]) is level]
    assert abs(10 * sum(judged) / len(judged) - level.right) < 1
    assert f"{level.right} in 10" in level.told


@pytest.mark.parametrize(
    ("confidence", "said"),
    [(0.35, "just under the 40"), (0.2, "well under the 40"), (0.05, "far under the 40"), (0.4, "may quote")],
)
def test_a_refusal_says_how_far_it_fell_short(confidence, said):
    assert said in shortfall_words(confidence, 0.4)


def test_a_refusal_by_a_hair_is_not_said_to_have_reached_what_it_fell_short_of():
    assert shortfall_words(0.4156, 0.4157) == "Confidence 41 of 100, just under the 42 from which it answers."
    assert "20 of 100" in shortfall_words(0.2, 0.4157)
