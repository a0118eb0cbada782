"""What the audit says of small documents whose faults are known."""

import pytest

from core.records import Document
from ingest import Metadata, build_document, parse_text
from ingest.cited.audit import Finding, audit_citations

ENTRIES = (
    "Heron, J. (2001). On ponds. Pond Press.\n\n"
    "Ibis, K., & Stork, L. (2002). On rivers. Pond Press.\n\n"
    "Spoonbill, M. (2003). On lakes. Pond Press.\n\n"
    "Utopian Bird Bureau. (2004). On seas. Pond Press.\n"
)
ALL = "All is well (Heron 2001; Ibis and Stork 2002; Spoonbill 2003; Utopian Bird Bureau 2004). "


def document(text: str, entries: str = ENTRIES) -> Document:
    raw = f"# On Water\n\n## Start\n\n{text}\n\n" + (f"## References\n\n{entries}" if entries else "")
    return build_document(parse_text(raw), document_id="d", source="d", metadata=Metadata(), content_hash="0")


def found(doc: Document) -> list[tuple[str, list[str]]]:
    return [(f.kind, [doc.text[a:b].split(" (")[0] for a, b in f.places]) for f in audit_citations(doc)]


def test_nothing_is_said_of_a_document_in_order():
    assert audit_citations(document(ALL)) == ()
    assert audit_citations(document("Nothing is cited here at all.", "")) == ()


@pytest.mark.parametrize(
    ("text", "findings"),
    [
        ("So too (Wren 1999) and again (Wren 1999: 5).", [("not in bibliography", ["Wren 1999", "Wren 1999: 5"])]),
        ("So too (Heron 2001; Spoonbil 2003).", [
            ("spelling differs", ["Spoonbil 2003", "Spoonbill, M."]),
            ("spellings disagree", ["Spoonbill 2003", "Spoonbil 2003"])]),
        ("So too (Utopian Bird Buraeu 2004).", [
            ("spelling differs", ["Utopian Bird Buraeu 2004", "Utopian Bird Bureau."]),
            ("spellings disagree", ["Utopian Bird Bureau 2004", "Utopian Bird Buraeu 2004"])]),
        ("So too (Heron 1999).", [("not in bibliography", ["Heron 1999"])]),
        ("So it was for others (Third Pond Plan of Utopia).", [("no year", ["Third Pond Plan of Utopia"])]),
    ],
)  # fmt: skip
def test_faults_of_the_text(text: str, findings: list[tuple[str, list[str]]]):
    assert found(document(ALL + text)) == findings


def test_entries_that_are_never_cited_and_years_and_spellings_that_differ():
    doc = document("All is well (Heron 2011; Ibis and Stork 2002; Spoonbil 2003).")
    assert found(doc) == [
        ("year differs", ["Heron 2011", "Heron, J."]),
        ("spelling differs", ["Spoonbil 2003", "Spoonbill, M."]),
        ("never cited", ["Utopian Bird Bureau."]),
    ]
    assert audit_citations(doc)[0] == Finding(
        "year differs",
        "“Heron 2011” is cited, the bibliography lists Heron 2001.",
        ((doc.cited[0].start, doc.cited[0].end), (doc.references[0].start, doc.references[0].end)),
    )


def test_short_names_a_letter_apart_are_a_slip_only_where_the_entry_is_not_cited_otherwise():
    entries = "Chen, A. (2001). On ponds. Pond Press.\n\nChan, B. (2001). On seas. Pond Press.\n"
    assert found(document("All is well (Chen 2001; Chan 2001).", entries)) == []
    assert found(document("All is well (Chin 2001; Chan 2001).", entries)) == [
        ("spelling differs", ["Chin 2001", "Chen, A."])
    ]


def test_a_year_without_its_letter_is_told():
    entries = "Heron, J. (2001a). On ponds. Pond Press.\n\nHeron, J. (2001b). On seas. Pond Press.\n"
    (finding,) = audit_citations(document("All is well (Heron 2001).", entries))
    assert (finding.kind, finding.text) == (
        "year differs",
        "“Heron 2001” is cited, the bibliography lists Heron 2001a, Heron 2001b.",
    )


def test_an_entry_listed_twice_makes_a_citation_ambiguous():
    entries = "Heron, J. (2001). On ponds. Pond Press.\n\nHeron, J. (2001). On seas. Pond Press.\n"
    assert [kind for kind, _ in found(document("All is well (Heron 2001).", entries))] == ["ambiguous"]


def test_without_a_bibliography_that_is_said_once_and_spellings_are_still_compared():
    doc = document("So it is (Spoonbill 2003; Müller 2004; Li 2004). So too (Spoonbil 2003; Muller 2004; Lu 2004).", "")
    assert found(doc) == [
        ("no bibliography", []),
        ("spellings disagree", ["Spoonbill 2003", "Spoonbil 2003"]),
        ("spellings disagree", ["Müller 2004", "Muller 2004"]),
    ]


def test_a_junior_is_cited_without_it():
    entries = "Heron Jr WR, Ibis JS (2001). On ponds. Pond Press.\n\nStork, K. (2002). On rivers. Pond Press.\n"
    doc = document("So it is (Heron and Ibis 2001; Stork 2002).", entries)
    assert audit_citations(doc) == ()
    assert [source.reference for source in doc.cited] == [0, 1]
