"""What reading did can be told by line, and undone letter for letter."""

import random

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from test_ingest_properties import bound, many_paragraphs, wrapped_lines

from core.settings import bundled_corpus
from ingest import Metadata, build_read, find_documents, parse_text, read_file, reading_report
from ingest.trace import restore, trace

TABLE = "\n\nTable 1: Fish\n\nName   Prey\nPike   small carp\nPerch  bleak\n\nSource: own count.\n\n"


SENTENCE = "The fish of the pond eat one another, and this is who eats whom among them in the summer."


def read(raw: str):
    return build_read(parse_text(raw), document_id="d", source="d.txt", metadata=Metadata(), content_hash="0")


def events(raw: str, kind: str) -> list[tuple[int, int, str]]:
    return [(e.line, e.last, e.text) for e in reading_report(read(raw)).events if e.kind == kind]


def test_a_hyphen_undone_is_told_with_its_line_and_one_kept_too():
    raw = "The govern-\nment of the state-\nowned firm has ended its rather long-winded\nreport on the carp at last.\n"
    assert events(raw, "hyphen undone") == [(1, 1, "govern-|ment → government")]
    assert events(raw, "hyphen kept") == [(2, 2, "state-owned")]


def test_lines_joined_tables_dropped_lines_and_linked_notes_are_told():
    body = "\n".join(wrapped_lines(many_paragraphs(random.Random(1)), 70, broken=False)[:-1])
    raw = bound((body + "1" + TABLE + "NOTES\n\n1. A note.\n").split("\n"), 12, 101, footed=True)
    found = {event.kind for event in reading_report(read(raw)).events}
    assert {
        "lines joined",
        "joined across a break",
        "table",
        "dropped: running header",
        "dropped: page number",
    } <= found
    assert "note linked" in found
    (table,) = events(raw, "table")
    assert table[2] == "Table 1: Fish: 2 rows of 2 columns"
    assert raw.split("\n")[table[0] - 1] == "Table 1: Fish"


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 2**32), st.integers(50, 90), st.integers(8, 14), st.booleans())
def test_the_raw_lines_of_a_printed_book_come_back(seed, width, page, footed):
    raw = bound(wrapped_lines(many_paragraphs(random.Random(seed)), width, broken=True), page, 7, footed)
    found = read(raw)
    assert restore(found.document.text, trace(found)) == found.reading.lines == tuple(raw.split("\n"))


@settings(max_examples=80, deadline=None)
@example("\t0\n0")  # two lines with a gap between columns, too few to have names over figures
@given(st.text(alphabet=st.sampled_from("abc ABC 019 .,-–\n\n\f\t\u00a0 |#‘’()智é"), max_size=400))
def test_the_raw_lines_of_any_text_come_back(raw):
    found = read(raw)
    assert restore(found.document.text, trace(found)) == found.reading.lines


def test_the_raw_lines_of_the_bundled_document_come_back():
    (source,) = find_documents([bundled_corpus()])
    report = reading_report(read_file(source.path, document_id=source.id, metadata=source.metadata))
    assert report.restored == report.lines == 1151
    assert report.warnings == ()


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        ("The newgovernment and the oldcompany of the thirdregion are here with other words.", "glued words"),
        ("The gov ernment and the com pany of the infor mation are here with other words too.", "words with spaces"),
        ("The government of the \ufffd region has ended its report about the other fish.", "could not be read"),
        (
            f"{SENTENCE}\n\nTable 1: Fish\n\nPike carp\nEel all\nPerch roach\nTrout flies\nBleak seed\n\nSource: own.",
            "columns of 'Table 1: Fish'",
        ),
    ],
)
def test_a_page_that_looks_broken_is_told(raw, said):
    (warning,) = reading_report(read(raw)).warnings
    assert said in warning


def test_a_sound_text_and_names_raise_no_warning():
    raw = "Hikvision and Alibaba of Hangzhou sell facial recognition to the governments of Zhejiang and of Anhui."
    assert reading_report(read(raw)).warnings == ()
