"""An answer is as long as it is written: with the names of columns; a bare caption beside better quotes says little."""

from dataclasses import replace

from answer.brevity import shortened
from answer.evidence import Evidence
from tests.unit.answer_fakes import FakeIndex


def mills(words: int) -> tuple[FakeIndex, dict[str, Evidence]]:
    """Quotes by their first word: a sentence of so many words, the caption, and three rows of three words each."""
    text = f"""# Mills

Millers {" ".join(["ground"] * (words - 1))}.

Table 1: Mills of the valley

Mill      Year of building   Owner
North     1801               Ash
South     1802               Elm
West      1803               Oak
"""
    index = FakeIndex(text)
    (document,) = index.documents.values()
    hits = index.search("mill", top=99)
    told = [Evidence(h, span, document.text[slice(*span)]) for h in hits for span in h.passage.sentences]
    scores = {"South": 2.0, "North": 3.0, "West": 1.0}
    return index, {(name := e.text.split()[0]): replace(e, score=scores.get(name, 4.0)) for e in told}


def kept(words: int, *names: str) -> list[str]:
    index, quotes = mills(words)
    return [e.text.split()[0] for e in shortened([quotes[name] for name in names], index.documents)]


def test_the_names_of_columns_count():  # a row as it is written: 'Mill: North | Year of building: 1801 | Owner: Ash'
    assert kept(98, "Millers", "North", "South") == ["Millers", "North", "South"]  # 98 + 10 + 10
    assert kept(101, "Millers", "North", "South") == ["Millers", "North"]  # 101 + 10 + 10
    assert kept(101, "Millers", "West", "South") == ["Millers", "South"], "the weaker one goes"
    assert kept(101, "North", "South", "Millers") == ["North", "South", "Millers"], "where rows lead there may be more"


def test_a_list_is_kept_whole():  # it alone may have more words than 110
    assert kept(105, "Millers", "North", "South") == ["Millers", "North", "South"]


def test_a_caption_is_left_out_beside_what_is_better():
    assert kept(20, "Millers", "Table", "North") == ["Millers", "North"]
    assert kept(20, "Table", "North") == ["Table", "North"]


def test_one_quote_and_none_stay_as_they_are():
    assert kept(150, "Millers") == ["Millers"]
    assert kept(150) == []
