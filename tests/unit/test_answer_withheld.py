"""A quote that differs from the source at its offsets is never shown: it is counted, and the rest is still told."""

import dataclasses
import logging

import pytest

from answer import WITHHELD, Answerer
from answer.compose import cite, refusal_text
from answer.evidence import Evidence
from answer.sources.cited import place_quote
from core.settings import Settings
from index.events import QUOTES_WITHHELD, event_count
from tests.unit.answer_fakes import FakeIndex, sure_by_words

TEXT = "# The Garden\n\nThe old oak was planted in 1820. The elm came later (Bell 1999)."
OAK, ELM = "The old oak was planted in 1820.", "The elm came later (Bell 1999)."


@pytest.fixture
def settings(tmp_path) -> Settings:
    (tmp_path / "default").mkdir()
    return Settings(home=tmp_path)


@pytest.fixture
def index() -> FakeIndex:
    return FakeIndex(TEXT)


def evidence(index: FakeIndex, text: str, shift: int = 0) -> Evidence:
    start = index.documents["d0"].text.index(text) + shift
    span = (start, start + len(text))
    return Evidence(next(iter(index.hits_in("d0", span))), span, text, 1.0, ())


def test_a_wrong_offset_is_dropped_counted_and_logged(index, settings, caplog):
    with caplog.at_level(logging.WARNING):
        citations = cite([evidence(index, OAK, shift=1), evidence(index, ELM)], index.documents, settings)
    assert [(c.marker, c.quote) for c in citations] == [(1, ELM)]
    assert event_count(settings, QUOTES_WITHHELD) == 1
    assert "withheld a quote: d0" in caplog.text


def test_quotes_that_stand_are_not_counted(index, settings):
    assert len(cite([evidence(index, OAK), evidence(index, ELM)], index.documents, settings)) == 2
    assert event_count(settings, QUOTES_WITHHELD) == 0
    assert not (settings.home / "default" / "events.json").exists()


def test_what_comes_nearest_is_held_to_the_source_too(index):
    told = refusal_text([evidence(index, OAK, shift=1), evidence(index, ELM)], "Why not.", index.documents)
    assert told == f"The document does not say. Why not. Closest: “{ELM}”"


def answerer(index: FakeIndex, settings: Settings) -> Answerer:
    model = sure_by_words()
    return Answerer(index, settings, model)


def corrupt(index: FakeIndex) -> None:
    """The document is no longer the one that the passages were cut from."""
    document = index.documents["d0"]
    index.documents["d0"] = dataclasses.replace(document, text=document.text.replace("oak", "elm"))


def test_where_no_quote_is_left_the_answer_is_a_refusal_that_says_so(index, settings):
    assert answerer(index, settings).ask("When was the old oak planted?").citations[0].quote == OAK
    corrupt(index)
    answer = answerer(index, settings).ask("When was the old oak planted?")
    assert (answer.refused, answer.citations, answer.reason, answer.text) == (True, (), WITHHELD, WITHHELD)
    assert OAK not in answer.text
    assert event_count(settings, QUOTES_WITHHELD) == 1


def test_a_list_of_works_is_refused_when_one_of_its_quotes_is_withheld(index, settings, monkeypatch):
    asked = "Which works does the document cite?"
    assert "Bell 1999" in answerer(index, settings).ask(asked).text

    def falsified(place, index):
        return dataclasses.replace(place_quote(place, index), text="The oak came first.")

    monkeypatch.setattr("answer.sources.works.place_quote", falsified)
    said = answerer(index, settings).ask(asked)
    assert (said.refused, said.citations, said.text) == (True, (), WITHHELD)


def test_a_home_that_cannot_be_written_to_does_not_keep_it_from_answering(index, tmp_path):
    blocked = tmp_path / "home"
    blocked.write_text("", encoding="utf-8")
    corrupt(index)
    assert answerer(index, Settings(home=blocked)).ask("When was the old oak planted?").reason == WITHHELD


def test_a_citation_says_whose_voice_it_is_and_how_to_cite_that(index):
    own, reported = cite([evidence(index, OAK), evidence(index, ELM)], index.documents)
    assert (own.voice.kind, own.secondary) == ("own", {})
    assert (reported.voice.kind, reported.voice.speakers) == ("reported", ("Bell 1999",))
    assert list(reported.secondary) == ["apa", "chicago", "bibtex"]
    assert reported.secondary["apa"] == "(Bell, 1999, as cited in D0, n.d.)"
