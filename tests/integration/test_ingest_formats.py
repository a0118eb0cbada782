"""One document in every format: the same words in the same order, tables, notes, sources and printed pages."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from core.records import BlockKind, Document
from ingest import audit_citations, note_links, read_document

DATA = Path(__file__).resolve().parents[1] / "data" / "reading"
NAMES = ("article", "handbook", "guide", "survey", "paper")
FORMATS = ("txt", "md", "html", "docx", "epub", "pdf")
FAULTS = {
    "cited_not_listed": "not in bibliography",
    "listed_not_cited": "never cited",
    "year_disagrees": "year differs",
}
MARKER = re.compile(r"\{\{(\d+)\}\}")


@pytest.fixture(scope="module")
def made(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("made")
    subprocess.run([sys.executable, DATA / "make.py", folder], check=True, capture_output=True)
    return folder


@pytest.fixture(scope="module", params=[f"{name}.{kind}" for name in NAMES for kind in FORMATS])
def pair(request, made) -> tuple[dict, Document]:
    source = json.loads((DATA / f"{request.param.partition('.')[0]}.json").read_text(encoding="utf-8"))
    return source, read_document(made / request.param)


def words(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())


def test_the_running_text_is_all_there_once_and_in_order(pair):
    source, doc = pair
    wanted = [MARKER.sub("", b["text"]) for b in source["blocks"] if b.get("type", b.get("kind")) == "paragraph"]
    text = list(doc.text)
    for ref in doc.note_refs:  # Word prints endnotes as i, ii, iii
        text[ref.start : ref.end] = " " * (ref.end - ref.start)
    found = ["".join(text[b.start : b.end]) for b in doc.blocks if b.kind is BlockKind.PARAGRAPH]
    assert words(" ".join(found)) == words(" ".join(wanted))


def test_every_cell_of_every_table_is_under_its_column(pair):
    source, doc = pair
    wanted = [b for b in source["blocks"] if b.get("type", b.get("kind")) == "table"]
    tables = [b for b in doc.blocks if b.kind is BlockKind.TABLE]
    assert [list(t.columns) for t in tables] == [t["columns"] for t in wanted]
    for table, made_from in zip(tables, wanted, strict=True):
        rows = [doc.text[slice(*line)].split("\t") for line in table.lines[1:] if "\t" in doc.text[slice(*line)]]
        assert rows == [[cell or "" for cell in row] for row in made_from["rows"]]
        spanned = {(i, 0) for i, row in enumerate(made_from["rows"], start=1) if row[0] is None}
        assert table.merged == (set() if doc.source.endswith(".md") else spanned)  # Markdown has no such cells


def test_every_note_is_linked_to_its_marker(pair):
    source, doc = pair
    notes = [b for b in source["blocks"] if b.get("type", b.get("kind")) == "note"]
    links = note_links(doc)
    assert len(doc.note_refs) == len(set(links.values())) == len(notes)


def test_sources_and_bibliography_are_read_and_audited(pair):
    source, doc = pair
    listed = [b for b in source["blocks"] if b.get("type", b.get("kind")) == "reference"]
    assert len(doc.references) == len(listed)
    if not listed:
        assert doc.cited == ()
        return
    faults = source.get("faults", {})  # those that the text was given on purpose
    assert {finding.kind for finding in audit_citations(doc)} == {FAULTS[kind] for kind in faults}
    unlisted = {(cited.authors, cited.year) for cited in doc.cited if cited.reference is None}
    assert len(unlisted) == sum(len(faults.get(kind, ())) for kind in ("cited_not_listed", "year_disagrees"))
    uncited = set(range(len(listed))) - {cited.reference for cited in doc.cited}
    assert len(uncited) == sum(len(faults.get(kind, ())) for kind in ("listed_not_cited", "year_disagrees"))


@pytest.mark.parametrize("name", NAMES)
def test_the_same_works_are_cited_in_every_format(name, made):
    cited = [read_document(made / f"{name}.{kind}").cited for kind in FORMATS]
    places = [sorted((work.authors, work.year, work.locator) for work in works) for works in cited]
    assert all(found == places[0] for found in places)


def test_title_authors_and_date_are_those_of_the_title_page(pair):
    source, doc = pair
    assert (doc.title, doc.date) == (source["title"], source["date"])
    if source["authors"][0].count(" ") == 1:
        assert list(doc.authors) == source["authors"]


def test_pages_are_those_printed_in_the_book(pair):
    _, doc = pair
    if doc.source.endswith((".txt", ".pdf")):
        pages = [page for _, page in doc.page_marks]
        assert pages == sorted(pages)
        assert pages[0] == 101
