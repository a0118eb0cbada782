"""A row of a table is shown with its notes, and a note with the row that bears its marker."""

import pytest

from answer.compose import cite, write_quotes
from answer.evidence import Evidence
from answer.notes import with_notes
from tests.unit.answer_fakes import FakeIndex
from tests.unit.markup_samples import read

PAGE = """<h1>Ponds</h1><p>All of them were counted.</p><table>
<tr><th>Pond</th><th>Depth<sup><a href="#n1" id="r1">1</a></sup></th></tr>
<tr><td>Northern</td><td>4<sup><a href="#n2" id="r2">2</a></sup></td></tr>
<tr><td>Southern</td><td>11</td></tr></table>
<ol><li id="n1">In metres. <a href="#r1">↩</a></li><li id="n2">After rain. <a href="#r2">↩</a></li></ol>"""


@pytest.fixture
def index():
    return FakeIndex.of(read(PAGE, "p.html")[1])


def shown(index, words: str) -> str:
    """The quote of the passage with some words, and what is shown with it, as a person reads it."""
    passage = next(p for p in index.passages if words in p.text)
    (hit,) = index.hits_in(passage.document_id, (passage.start, passage.end))
    quotes = with_notes([Evidence(hit, (passage.start, passage.end), passage.text, 1.0, ())], index)
    return write_quotes(cite(quotes, index.documents), index.documents)


def test_a_row_shows_its_notes_and_those_of_the_names_of_its_columns(index):
    assert shown(index, "Northern") == "Pond: Northern | Depth¹: 4² [1] In metres. [2] After rain. [3]"
    assert shown(index, "Southern") == "Pond: Southern | Depth¹: 11 [1] In metres. [2]"


def test_a_note_is_led_in_by_its_row(index):
    assert shown(index, "After rain") == "Pond: Northern | Depth¹: 4² [1] After rain. [2]"


def test_the_note_of_the_best_quote_goes_before_the_last_of_the_others():
    said = [f"Pond number {n} holds {'very ' * 30}cold water." for n in range(4)]
    text = "\n\n".join(["# Ponds", "It is deep.[^1]", *said, f"[^1]: In wet years {'far ' * 20}deeper.\n"])
    index = FakeIndex.of(read(text, "p.md")[1])
    document = next(iter(index.documents.values()))
    spans = sorted({span for p in index.passages for span in p.sentences})
    told = [s for s in spans if document.text[slice(*s)].startswith(("It is", "Pond number"))]
    quotes = [Evidence(index.hits_in(document.id, s)[0], s, document.text[slice(*s)], 1.0, ()) for s in told]
    found = with_notes(quotes, index)
    assert [q.text.split()[:3] for q in found] == [
        ["It", "is", "deep.1"],
        ["In", "wet", "years"],
        ["Pond", "number", "0"],
        ["Pond", "number", "1"],
    ]
    assert with_notes(quotes[1:4], index) == tuple(quotes[1:4])
