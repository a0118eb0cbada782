"""Bibliographies in several styles, however their lines are broken, and the citations linked to them."""

import textwrap

import pytest

from core.records import BlockKind, CitedSource, Document, PassageKind, Reference
from ingest import Metadata, build_document, parse_text, split_document
from ingest.cited.linking import link_citations
from ingest.cited.references import heads_references, mark_references, parse_reference
from ingest.lines import Chunk, Line
from ingest.parts import Kind, Part, Reading

APA = [
    ("Heron, J. A., Ibis, P., & Stork, K. (2021). Understanding ponds. Pond Journal, 3(2), 45–50.",
     ("Heron", "Ibis", "Stork"), "2021", "Understanding ponds"),
    ("Feng, C. (2021, March 3). Failures: What went wrong? Pond Post. https://example.org/2020/a",
     ("Feng",), "2021", "Failures: What went wrong?"),
    ("Organisation for Pond Care. (2019). Pond outlook 2019. OPC Press.",
     ("Organisation for Pond Care",), "2019", "Pond outlook 2019"),
    ("van der Berg, P., & de Vries, B. (Eds.). (n.d.). Water. Sage.", ("van der Berg", "de Vries"), "n.d.", "Water"),
]  # fmt: skip
CHICAGO = [
    ("Heron, Barry. 2021. The Rise of the Pond, 1978 to 2020. Mexico City: UNAM.",
     ("Heron",), "2021", "The Rise of the Pond, 1978 to 2020"),
    ("Li, Lianne, and Kevin J. O’Stork. 1999. “Selective Ponds in the Rural South.” Comparative Ponds 31 (2): 167–86.",
     ("Li", "O’Stork"), "1999", "Selective Ponds in the Rural South"),
    ("———. 2006. Rightful Ponds. Cambridge: Pond University Press.", ("Li", "O’Stork"), "2006", "Rightful Ponds"),
    ("Birder’s Daily Online. 2004. “The South Goes Wet.” 5 May.",
     ("Birder’s Daily Online",), "2004", "The South Goes Wet"),
    ("Marx, Karl. [1867] 1990. Capital. London: Penguin.", ("Marx",), "[1867] 1990", "Capital"),
]  # fmt: skip
MLA = [
    ("Scott, James C. Seeing Like a Bird. Pond UP, 1998.", ("Scott",), "1998", "Seeing Like a Bird"),
    ("Heron, John, and Jane Doe. “On Herons.” Journal of Birds, vol. 3, no. 2, 2020, pp. 45–50.",
     ("Heron", "Doe"), "2020", "On Herons"),
    ("Foucault, Michel. Birds and Ponds: The Birth of the Cage. Translated by Alan Tern, Vintage, 1995.",
     ("Foucault",), "1995", "Birds and Ponds: The Birth of the Cage"),
]  # fmt: skip
HARVARD = [
    ("Tsai, K.S. (2002) Back-Alley Ponds, Ithaca: Cornell University Press.", ("Tsai",), "2002", "Back-Alley Ponds"),
    ("Groß-Müller, J. and Heron, G. 2021a. ‘Wet Dreams and Dry’, in: Ibis, A. (ed.), Ponds. Oxford: OUP.",
     ("Groß-Müller", "Heron"), "2021a", "Wet Dreams and Dry"),
    ("National Pond Commission (NPC) (2016) 13th Plan. Beijing.", ("National Pond Commission",), "2016", "13th Plan"),
    ("Heron, J. et al. (forthcoming) Things to come. Sage.", ("Heron",), "forthcoming", "Things to come"),
]  # fmt: skip
NUMBERED = [
    ("[1] J. A. Heron, P. Ibis, and K. Stork, “Herons in flight,” Trans. Birds, vol. 3, pp. 45–50, Mar. 2019.",
     ("Heron", "Ibis", "Stork"), "2019", "Herons in flight"),
    ("[2] J. Heron, Birds of the World, 2nd ed. New York: Wiley, 2001.", ("Heron",), "2001", "Birds of the World"),
    ("[3] Heron JA, Ibis P, et al. Herons in winter. J Birds. 2020;12(3):45–50.",
     ("Heron", "Ibis"), "2020", "Herons in winter"),
    ("[4] World Bird Organization. Global report on birds. Geneva: WBO; 2019.",
     ("World Bird Organization",), "2019", "Global report on birds"),
]  # fmt: skip
BIBTEX = [
    ("Jason C. Heron. Ponds: Theory and Methods. Pond Press, Chapman & Hall, London, 1996.",
     ("Heron",), "1996", "Ponds: Theory and Methods"),
    ("Frank Ibis, Alan Stork, and Ludwig A. Tern. On the depth of ponds. Pond Journal, 43(5):645–656, 2001.",
     ("Ibis", "Stork", "Tern"), "2001", "On the depth of ponds"),
    ("Peter H. Swan and Mark A. van de Wiel. Wet dreams. Pond Journal, 102:29–38, 2007.",
     ("Swan", "van de Wiel"), "2007", "Wet dreams"),
    ("Valentin Teal, Martin Wigeon, and others. Basic ponds, 2007. R package.",
     ("Teal", "Wigeon"), "2007", "Basic ponds, 2007"),
]  # fmt: skip
STYLES = {"apa": APA, "chicago": CHICAGO, "mla": MLA, "harvard": HARVARD, "numbered": NUMBERED, "bibtex": BIBTEX}

SENTENCE = (
    "This is a sentence about ponds that is as long as sentences of a book are, and it is followed by some others "
    "of its kind, so that the paragraph fills more than one line of the page (Heron 2021: 4). They say little more. "
)


def document(body: str, heading: str = "References\n\n", tail: str = "") -> Document:
    prose = textwrap.fill(SENTENCE * 2, 78)
    raw = f"On Ponds\n\nANNA BELL\n\nINTRODUCTION\n\n{prose}\n\n{prose}\n\n{heading}{body}\n{tail}"
    return build_document(parse_text(raw), document_id="d", source="d", metadata=Metadata(), content_hash="0")


def entries(doc: Document) -> list[str]:
    assert [(b.start, b.end) for b in doc.blocks if b.kind is BlockKind.REFERENCE] == [
        (r.start, r.end) for r in doc.references
    ]
    return [doc.text[r.start : r.end] for r in doc.references]


@pytest.mark.parametrize("style", STYLES)
def test_entries_are_parsed(style: str):
    previous: tuple[str, ...] = ()
    for number, (text, authors, year, title) in enumerate(STYLES[style], start=1):
        entry = parse_reference(text, previous)
        previous = entry.authors
        label = str(number) if style == "numbered" else ""
        assert (entry.authors, entry.year, entry.title, entry.label) == (authors, year, title, label)


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize(
    ("between", "indent", "width"),
    [("\n\n", "", 78), ("\n", "    ", 78), ("\n", "", 78), ("\n", "", 1000), ("\n\n", "", 1000)],
    ids=["blank lines", "hanging", "neither", "unbroken", "unbroken with blanks"],
)
def test_entries_are_parted_however_their_lines_are_broken(style: str, between: str, indent: str, width: int):
    texts = [text for text, *_ in STYLES[style]]
    body = between.join(textwrap.fill(text, width, subsequent_indent=indent, break_on_hyphens=False) for text in texts)
    assert entries(document(body)) == texts


def test_an_entry_goes_on_over_a_page_break_and_the_next_heading_ends_the_bibliography():
    first, second = APA[0][0], CHICAGO[0][0]
    cut = first.index(" Pond Journal")
    doc = document(
        f"{first[:cut]}\n\f{first[cut + 1 :]}\n{second}", tail=f"\n\nAPPENDIX\n\n{textwrap.fill(SENTENCE * 2, 78)}\n"
    )
    assert entries(doc) == [first, second]
    assert [b.kind.value for b in doc.blocks[-2:]] == ["heading", "paragraph"]


@pytest.mark.parametrize(
    "heading", ["# References\n\n", "BIBLIOGRAPHY\n\n", "7. Works Cited\n", "Literaturverzeichnis\n\n"]
)
def test_the_heading_may_be_any_of_many(heading: str):
    assert len(document("\n\n".join(text for text, *_ in APA), heading).references) == len(APA)


def test_headings_of_bibliographies():
    for text in ("References", "LITERATURE CITED", "参考文献", "Bibliographie", "List of References", "Sources:"):
        assert heads_references(text)
    for text in ("References to Birds", "Works", "Sources of Funding", "Literature Review", ""):
        assert not heads_references(text)


def test_a_section_called_sources_that_is_prose_is_no_bibliography():
    doc = document(textwrap.fill(SENTENCE * 2, 78), "Sources\n\n")
    assert doc.references == ()
    assert doc.blocks[-1].kind is BlockKind.PARAGRAPH


def test_parts_of_a_structured_file_are_entries_as_they_are():
    parts = [(Kind.HEADING, "References"), *((Kind.PROSE, text) for text, *_ in APA), (Kind.HEADING, "Index")]
    marked = mark_references(
        [Part(kind, Chunk((Line(text, i, None),), True, False), level=1 if kind is Kind.HEADING else 0)
         for i, (kind, text) in enumerate(parts, start=1)],
        wrapped=False,
    )  # fmt: skip
    assert [part.kind for part in marked] == [Kind.HEADING, *[Kind.REFERENCE] * len(APA), Kind.HEADING]
    doc = build_document(
        Reading(parts=marked, lines=()), document_id="d", source="d", metadata=Metadata(), content_hash="0"
    )
    assert [entry.authors for entry in doc.references] == [authors for _, authors, *_ in APA]


def test_a_section_headed_like_a_bibliography_does_not_cost_the_one_whose_heading_its_loader_missed():
    parts = [
        (Kind.HEADING, "2 Literature"),
        (Kind.PROSE, "Few have written on ponds, and those who have disagree."),
        (Kind.HEADING, "3 Results"),
        (Kind.PROSE, "Ponds are deep."),
        (Kind.PROSE, "References"),
        *((Kind.PROSE, text) for text, *_ in APA),
    ]
    marked = mark_references(
        [Part(kind, Chunk((Line(text, i, None),), True, False), level=1) for i, (kind, text) in enumerate(parts)],
        wrapped=False,
    )
    assert [part.kind for part in marked[4:]] == [Kind.HEADING, *[Kind.REFERENCE] * len(APA)]


def test_lines_that_a_loader_grouped_by_their_indents_are_parted_by_their_words():
    lines = [line for text, *_ in CHICAGO for line in textwrap.wrap(text, 60)]
    chunks = [
        Chunk(tuple(Line(line, i + k, 1) for k, line in enumerate(lines[i : i + 2])), False, False)
        for i in range(0, len(lines), 2)
    ]
    heading = Part(Kind.HEADING, Chunk((Line("References", 0, 1),), False, False), level=1)
    marked = mark_references([heading, *(Part(Kind.PROSE, chunk) for chunk in chunks)], wrapped=False)
    assert [part.chunk.text for part in marked[1:]] == [text for text, *_ in CHICAGO]


def test_each_entry_is_a_passage_of_one_quote():
    doc = document("\n\n".join(text for text, *_ in APA))
    passages = [p for p in split_document(doc, passage_words=20) if p.kind is PassageKind.REFERENCE]
    assert [p.text for p in passages] == [text for text, *_ in APA]
    assert all(p.sentences == ((p.start, p.end),) and p.context == "Reference" for p in passages)


ENTRIES = tuple(
    Reference(authors, year, "", 0, 0)
    for authors, year in [
        (("Müller",), "2001"),
        (("Heron", "Ibis"), "2002"),
        (("Heron", "Stork"), "2002"),
        (("National Development and Reform Commission",), "2016"),
        (("Spoonbill",), "2003a"),
        (("Spoonbill",), "2003b"),
        (("Heron", "Ibis", "Tern"), "2004"),
        (("Marx",), "[1867] 1990"),
    ]
)


@pytest.mark.parametrize(
    ("authors", "year", "et_al", "reference"),
    [
        (("Muller",), "2001", False, 0),
        (("Anna Müller",), "2001", False, 0),
        (("Heron", "Stork"), "2002", False, 2),
        (("Heron",), "2002", True, None),
        (("NDRC",), "2016", False, 3),
        (("Spoonbil",), "2003b", False, 5),
        (("Spoonbill",), "2003", False, None),
        (("Heron",), "2004", True, 6),
        (("Marx",), "1990", False, 7),
        (("Wren",), "2001", False, None),
        (("Muller",), "2002", False, None),
    ],
)
def test_a_citation_is_linked_where_one_entry_fits(authors, year, et_al, reference):
    cited = CitedSource(authors, year, "", "", 0, 0, (0, 0), et_al=et_al)
    assert [c.reference for c in link_citations([cited], ENTRIES, "")] == [reference]


def test_what_stands_behind_the_last_entry_is_no_entry():
    doc = build_document(
        parse_text(f"{SENTENCE}\n\nReferences\n\n{APA[0][0]}\n\n{APA[1][0]}\n\nAffiliation:\n\nAnn Bell\n"),
        document_id="d", source="d.txt", metadata=Metadata(), content_hash="0",
    )  # fmt: skip
    assert [reference.authors for reference in doc.references] == [APA[0][1], APA[1][1]]
    assert "Ann Bell" in doc.text


def test_the_citations_of_a_document_are_linked_and_without_a_bibliography_are_not():
    doc = document("\n\n".join(text for text, *_ in CHICAGO))
    assert [(c.raw, c.reference) for c in doc.cited] == [("Heron 2021: 4", 0)] * 4
    doc = document("That is all there is to say of it.", "CONCLUSION\n\n")
    assert [c.reference for c in doc.cited] == [None] * 4
    assert doc.references == ()


def test_where_the_authors_work_is_no_entry():
    lines = [
        "References",
        "Heron B (2001). On ponds. Pond Press.",
        "Press WH, Stork AB (1992). On rivers. Pond Press.",
        "Affiliation:",
        "Ada Brook",
        "University of Harle",
        "URL: https://brook.example.org/2001/",
    ]
    kinds = [Kind.HEADING, *[Kind.PROSE] * 6]
    parts = [
        Part(kind, Chunk((Line(line, number, 1),), after_blank=True, after_break=False), int(kind is Kind.HEADING))
        for number, (line, kind) in enumerate(zip(lines, kinds, strict=True), start=1)
    ]
    marked = mark_references(parts, wrapped=False)
    assert [part.chunk.text for part in marked if part.kind is Kind.REFERENCE] == lines[1:3]
    assert [part.chunk.text for part in marked] == lines
    assert parse_reference(lines[2]).authors == ("Press", "Stork")
