"""The reader's HTML: every character of the document, escaped, at its offsets."""

import re
from html.parser import HTMLParser

from hypothesis import given
from hypothesis import strategies as st
from ui_samples import SENTENCE, TEXT, document, find

from core.records import Block, BlockKind, Document, NoteRef
from ingest import Metadata, build_document, parse_text
from ui.reader import page_label, place_label, reader_html


class Runs(HTMLParser):
    """Collects the runs and the tags of the reader's HTML."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.runs: list[tuple[int, int, str]] = []
        self.tags: list[str] = []
        self.attributes: list[dict[str, str | None]] = []
        self._open: tuple[int, int] | None = None
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        self.tags.append(tag)
        self.attributes.append(found)
        if "data-o" in found:
            self._open = int(found["data-o"] or 0), int(found["data-e"] or 0)

    def handle_data(self, data: str) -> None:
        if self._open:
            self.runs.append((*self._open, data))

    def handle_endtag(self, tag: str) -> None:
        self._open = None


def test_each_run_is_the_text_at_its_offsets_and_no_word_is_missing():
    runs = Runs(reader_html(document())).runs
    assert all(TEXT[start:end] == data for start, end, data in runs)
    assert "".join(data for *_, data in runs).split() == "".join(TEXT).replace("\n", "").split()


def test_document_text_never_becomes_markup():
    html = reader_html(document())
    assert "<b>" not in html
    assert "&lt;b&gt;wait" in html
    assert not {"b", "img", "script"}.intersection(Runs(html).tags)


def test_blocks_become_their_elements():
    parsed = Runs(reader_html(document()))
    assert [t for t in parsed.tags if t in {"h1", "h2", "p", "figure", "figcaption"}] == [
        "h1", "h2", "p", "figure", "figcaption", "p"
    ]  # fmt: skip
    assert [a["aria-label"] for a in parsed.attributes if a.get("class") == "ibid-rows"] == ["Table 1: Prey"]
    assert sum(a.get("class") == "ibid-row" for a in parsed.attributes) == 2


def test_page_marks_stand_where_the_page_begins():
    html = reader_html(document())
    assert [a["data-page"] for a in Runs(html).attributes if "data-page" in a] == ["1", "2"]
    begins = find("They strike")[0]
    assert html.index('data-page="2"') < html.index(f'data-o="{begins}"')


def test_note_marker_and_note_lead_to_each_other():
    attributes = Runs(reader_html(document())).attributes
    assert [a["data-ref"] for a in attributes if "data-ref" in a] == ["1"]
    assert [a["data-note"] for a in attributes if "data-note" in a] == ["1"]
    assert [a["data-back"] for a in attributes if "data-back" in a] == ["1"]
    marker = find(SENTENCE)[1] - 1
    assert (marker, marker + 1, "1") in Runs(reader_html(document())).runs


@given(st.lists(st.text(min_size=1, max_size=12), min_size=1, max_size=6), st.data())
def test_any_text_survives_whatever_marks_fall_into_it(paragraphs, data):
    text = "\n\n".join(paragraphs)
    starts = [sum(len(p) + 2 for p in paragraphs[:i]) for i in range(len(paragraphs))]
    blocks = tuple(
        Block(BlockKind.PARAGRAPH, start, start + len(p), 1, ()) for start, p in zip(starts, paragraphs, strict=True)
    )
    offsets = sorted(data.draw(st.sets(st.integers(0, len(text) - 1), max_size=4)))
    refs = tuple(NoteRef("1", o, o + 1) for o in sorted(data.draw(st.sets(st.integers(0, len(text) - 1), max_size=3))))
    pages = tuple((o, i) for i, o in enumerate(offsets, start=1))
    shown = Document("d", "t", (), "s", text, pages, blocks, refs, "h")
    html = reader_html(shown)
    rebuilt = {}
    for start, end, _ in Runs(html).runs:
        rebuilt.update({i: text[i] for i in range(start, end)})
    inside = {i: text[i] for b in blocks for i in range(b.start, b.end)}
    assert rebuilt == inside


def test_labels():
    assert place_label(("A", "B"), 5) == "A › B · p. 5"
    assert place_label((), None) == ""
    assert page_label(None) == ""


def test_a_table_with_known_cells_is_a_real_table_with_its_source_line_below():
    text = "Fish\tPrey\nPike\t<carp>\nSource: own."
    lines = ((0, 9), (10, 21), (22, 34))
    block = Block(BlockKind.TABLE, 0, len(text), None, (), lines=lines, columns=("Fish", "Prey"))
    html = reader_html(Document("d", "D", (), "d", text, (), (block,), (), "0"))
    parsed = Runs(html)
    assert [t for t in parsed.tags if t in {"tr", "th", "td"}] == ["tr", "th", "th", "tr", "td", "td"]
    assert [data for *_, data in parsed.runs] == ["Fish", "Prey", "Pike", "<carp>", "Source: own."]
    assert all(text[start:end] == data for start, end, data in parsed.runs)


def test_notes_whose_numbers_begin_anew_are_linked_to_their_own():
    raw = (
        "# First\n\nCarp eat maize.1 It is so.\n\n## Notes\n\n1. In summer.\n\n"
        "# Second\n\nPike eat carp.1 It is so.\n\n## Notes\n\n1. At night.\n"
    )
    doc = build_document(parse_text(raw), document_id="d", source="d", metadata=Metadata(), content_hash="0")
    html = reader_html(doc)
    refs, notes = re.findall(r'data-ref="([^"]+)"', html), re.findall(r'data-note="([^"]+)"', html)
    assert refs == notes
    assert len(set(notes)) == 2
