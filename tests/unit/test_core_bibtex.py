"""BibTeX, and that any text can be written in any style."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.citing.bibtex import entry_key
from core.citing.styles import Style, write_in_text, write_reference
from core.citing.works import read_work
from core.records import Document
from tests.unit.citing_samples import ARTICLE, BIBTEX, BOOK, CHAPTER, NAMELESS, PAGE, REPORT, THESIS, UNKNOWN, work

TEXTS = st.text(max_size=40)


def test_bibtex_entry():
    assert write_reference(CHAPTER, BIBTEX) == "\n".join(
        [
            "@incollection{kostka2023china,",
            "  author = {Kostka, Genia},",
            "  title = {{China—A Rising Tech Power? National Ambitions and Local Realities}},",
            "  booktitle = {The Oxford Handbook},",
            "  editor = {Fulda, Andreas and Smith, Jo},",
            "  publisher = {Routledge},",
            "  location = {London},",
            "  date = {2023},",
            "  pages = {104--125},",
            "  doi = {10.4324/97},",
            "}",
        ]
    )
    assert write_in_text(CHAPTER, 104, BIBTEX) == r"\autocite[104]{kostka2023china}"
    assert write_in_text(CHAPTER, None, BIBTEX) == r"\autocite{kostka2023china}"


@pytest.mark.parametrize(
    ("document", "kind", "line"),
    [
        (ARTICLE, "article", "  journaltitle = {Nature},"),
        (BOOK, "book", "  publisher = {Houghton Mifflin},"),
        (REPORT, "report", "  author = {{World Health Organization}},"),
        (THESIS, "thesis", "  institution = {University of Oxford},"),
        (PAGE, "online", "  date = {2021-05-03},"),
        (UNKNOWN, "misc", "  title = {{A Lost Paper: Found}},"),
    ],
)
def test_bibtex_types(document, kind, line):
    entry = write_reference(document, BIBTEX)
    assert entry.startswith(f"@{kind}{{{key_of(document)},\n") and line in entry.splitlines()


def test_bibtex_escapes_what_latex_reads_and_keeps_the_rest():
    entry = write_reference(work(r"50% of R&D: $5_#1 {a} ~^\ é中", ["Tom and Jerry, Ltd."], "2001"), BIBTEX)
    assert (
        r"\textbackslash{} é中}}" in entry and r"{{50\% of R\&D: \$5\_\#1 \textbraceleft{}a\textbraceright{}" in entry
    )
    assert "  author = {{Tom and Jerry, Ltd.}}," in entry


def key_of(document: Document) -> str:
    return entry_key(read_work(document), document)


@pytest.mark.parametrize(
    ("document", "expected"),
    [
        (CHAPTER, "kostka2023china"),
        (work("The Birds", ["Jan van der Berg"], "2000"), "vanderberg2000birds"),
        (work("Über Öl", ["Jürgen Müßig"], "2000"), "mussig2000uber"),
        (REPORT, "world2020world"),
        (UNKNOWN, "doendlost"),
        (NAMELESS, "anon1999knows"),
        (work("中国", ["李明"], "2001"), "docab12cd342001"),
    ],
)
def test_key(document, expected):
    assert key_of(document) == expected


@given(
    title=TEXTS,
    authors=st.lists(TEXTS, max_size=4),
    date=TEXTS,
    fields=st.fixed_dictionaries(
        dict.fromkeys(("container", "publisher", "volume", "pages", "doi", "url"), TEXTS)
        | {"editors": st.lists(TEXTS, max_size=4).map(tuple)}
        | {"type": st.sampled_from(["chapter", "article", "book", "report", "thesis", "webpage", ""])}
    ),
    page=st.none() | st.integers() | TEXTS,
)
def test_any_text_can_be_written_and_braces_balance(title, authors, date, fields, page):
    document = work(title, authors, date, **fields)
    for style in Style:
        assert write_reference(document, style).strip()
        assert "\n" not in write_in_text(document, page, style, markup="markdown")
    for text in (write_reference(document, BIBTEX), write_in_text(document, page, BIBTEX)):
        depth = 0
        for brace in re.findall(r"[{}]", text):
            depth += 1 if brace == "{" else -1
            assert depth >= 0
        assert depth == 0
    assert re.fullmatch(r"[a-z0-9]+", key_of(document))
