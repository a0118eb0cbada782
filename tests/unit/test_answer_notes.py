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
    quotes = with_notes([Evidence(hit, (passage.start, passage.end), passage.text, 1.0, ())], index, index.documents)
    return write_quotes(cite(quotes, index.documents), index.documents)


def test_a_row_shows_its_notes_and_those_of_the_names_of_its_columns(index):
    assert shown(index, "Northern") == "Pond: Northern | Depth¹: 4² [1] In metres. [2] After rain. [3]"
    assert shown(index, "Southern") == "Pond: Southern | Depth¹: 11 [1] In metres. [2]"


def test_a_note_is_led_in_by_its_row(index):
    assert shown(index, "After rain") == "Pond: Northern | Depth¹: 4² [1] After rain. [2]"
