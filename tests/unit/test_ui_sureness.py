"""Confidence in words: each word keeps what it says, on the questions that it was cut on."""

import json
from pathlib import Path

import pytest

from ui.sureness import LEVELS, shortfall_words, sureness

REPORT = Path(__file__).resolve().parents[2] / "eval" / "results" / "chapter09-dev.json"


@pytest.mark.parametrize(
    ("confidence", "word"), [(1.0, "Sure"), (0.9, "Sure"), (0.899, "Likely"), (0.6, "Likely"), (0.599, "Unsure")]
)
def test_the_word_follows_the_confidence(confidence, word):
    assert sureness(confidence).word == word


@pytest.mark.parametrize("level", LEVELS, ids=lambda level: level.word)
def test_a_word_promises_no_more_than_was_measured(level):
    outcomes = json.loads(REPORT.read_text(encoding="utf-8"))["outcomes"]
    judged = [o["scores"]["correct"] for o in outcomes if not o["refused"] and sureness(o["confidence"]) is level]
    assert abs(10 * sum(judged) / len(judged) - level.right) < 1
    assert level.right == 10 or f"{level.right} in 10" in level.told


@pytest.mark.parametrize(
    ("confidence", "said"),
    [(0.35, "just under the 40"), (0.2, "well under the 40"), (0.05, "far under the 40"), (0.4, "may quote")],
)
def test_a_refusal_says_how_far_it_fell_short(confidence, said):
    assert said in shortfall_words(confidence, 0.4)
