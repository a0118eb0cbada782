"""What `ibid cite` prints, of a text small enough to count its citations."""

import csv
import io
import json

import pytest

from ingest import Metadata, build_document, parse_text
from ui.cite import audit_text

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
