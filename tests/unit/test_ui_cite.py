"""What `ibid cite` prints, of a text small enough to count its citations."""

import csv
import io
import json

import pytest
from answer_fakes import FakeIndex

from answer import SourceIndex, all_places
from core.citing.styles import Style
from ingest import Metadata, build_document, parse_text
from ui.cite import audit_text, places_text, secondary_text

TEXT = """# Ponds

Carp thrive in still water (Bell 1999). Pike do not, as Dorn (2004) showed for three lakes near the town.

References

Bell, A. 1999. Carp. Leeds: Reed Press.

Moor, C. 2001. Reeds. Leeds: Reed Press.
"""


@pytest.fixture
def ponds():
    return build_document(parse_text(TEXT), document_id="p", source="p.txt", metadata=Metadata(), content_hash="0")


def test_an_audit_is_told_in_each_format(ponds):
    findings = [
        ("not in bibliography", "“Dorn 2004” is cited but not in the bibliography."),
        ("never cited", "“Moor 2001” is listed but never cited."),
    ]
    assert audit_text([ponds], "text").splitlines() == [
        "p: 2 citations, 2 references",
        *(f"  {kind}: {text}" for kind, text in findings),
    ]
    assert audit_text([ponds, ponds], "markdown").splitlines()[:5] == [
        "## p: 2 citations, 2 references",
        "",
        *(f"- {kind}: {text}" for kind, text in findings),
        "",
    ]
    (record,) = json.loads(audit_text([ponds], "json"))
    assert (record["document"], record["citations"], record["references"]) == ("p", 2, 2)
    assert [(f["kind"], f["text"]) for f in record["findings"]] == findings
    (start, end) = record["findings"][0]["places"][0]
    assert ponds.text[start:end] == "Dorn (2004)"
    rows = list(csv.DictReader(io.StringIO(audit_text([ponds], "csv"))))
    assert rows == [{"document": "p", "kind": kind, "text": text, "pages": ""} for kind, text in findings]


TWICE = "# Ponds\n\nCarp thrive (Bell 1999). Bell (1999) adds: ‘A pond is never as still as it looks.’\n"


def test_what_a_document_says_is_no_markup_in_markdown():
    text = "Reeds\n\nReeds [carp](http://pond/x.png) clean <b>water</b> well (Bell 1999: 4).\n"
    document = build_document(
        parse_text(text), document_id="reeds", source="r.txt", metadata=Metadata(), content_hash="0"
    )
    documents = {"reeds": document}
    written = places_text(tuple(all_places(documents)), documents, "markdown")
    assert r"Reeds \[carp\](http\://pond/x.png) clean \<b\>water\</b\> well" in written
    assert "[carp]" in places_text(tuple(all_places(documents)), documents, "text")


def test_a_work_is_cited_as_the_document_cites_it():
    document = build_document(
        parse_text(TWICE),
        document_id="p",
        source="p.txt",
        metadata=Metadata(title="On Ponds", authors=("Ann Moor",), date="2020"),
        content_hash="0",
    )
    places = SourceIndex(FakeIndex.of(document)).find("Bell 1999")
    assert secondary_text(places, {"p": document}, "chicago").splitlines() == [
        "(Bell 1999, cited in Moor 2020)",
        "  “Carp thrive (Bell 1999).”",
        "",
        "(Bell 1999, quoted in Moor 2020)",
        "  “Bell (1999) adds: ‘A pond is never as still as it looks.’”",
    ]
    entry = secondary_text(places, {"p": document}, Style.BIBTEX)
    assert entry.count("@misc{moor2020ponds,") == 1
    assert "note = {Bell 1999, cited there}" in entry
