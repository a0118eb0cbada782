"""The scorer of voices, on four lines counted by hand."""

import pytest

from core.records import Voice
from eval.voices import Line, load_labels, score, table

OWN, BELL, XI = Voice(), Voice("reported", ("The Bell 1999",)), Voice("quotation", ("Xi",))


def line(voice: Voice) -> Line:
    return Line("d", "tune", 0, "Text.", voice)


def test_precision_recall_and_speakers():
    # own: called twice, once rightly; reported: of two, one is called own, the other has its speaker.
    found = score([line(OWN), line(BELL), line(BELL), line(XI)], [OWN, OWN, Voice("reported", ("bell 1999",)), BELL])
    assert found == {
        "own": (0.5, 1.0, 1),
        "reported": (0.5, 0.5, 2),
        "quotation": (None, 0.0, 1),
        "speakers": (None, pytest.approx(1 / 3), 3),
    }
    assert "| tune | reported | 2 | 0.500 | 0.500 |" in table({"tune": found})
    assert "| tune | quotation | 1 | – | 0.000 |" in table({"tune": found})


def test_the_list_is_well_formed():
    lines = load_labels()
    assert len(lines) >= 150
    assert {found.split for found in lines} == {"tune", "apart"}
    assert all((found.voice.kind == "own") != bool(found.voice.speakers) for found in lines)
    assert len({(found.document, found.start) for found in lines}) == len(lines)
