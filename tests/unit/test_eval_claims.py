"""The labelled claims are what they say they are, and the scorer counts as by hand."""

import runpy
from collections import Counter
from pathlib import Path

import pytest

from core.records import Check, CheckedClaim, Citation, Verdict
from core.settings import bundled_corpus
from eval.claims.__main__ import FOLDER, confusion_table, judge, load_claims
from ingest import find_documents, read_document

DATA = Path(__file__).resolve().parents[1] / "data" / "reading"
FILES = sorted(FOLDER.glob("*.jsonl"))


@pytest.fixture(scope="module")
def makers() -> dict:
    return runpy.run_path(str(DATA / "make.py"))


def text_of(stem: str, makers: dict, tmp_path: Path) -> str:
    if stem == "chapter09":
        (source,) = find_documents([bundled_corpus()])
        return read_document(source.path, document_id="d", metadata=source.metadata).text
    if (held_out := FOLDER.parent / "documents" / f"{stem}.txt").exists():
        return read_document(held_out, document_id="d", metadata=find_documents([held_out])[0].metadata).text
    made = makers["json"].loads((DATA / f"{stem}.json").read_text(encoding="utf-8"))
    path = tmp_path / f"{stem}.txt"
    makers["MAKERS"]["txt"](made, path)
    (source,) = find_documents([path])
    return read_document(path, document_id="d", metadata=source.metadata).text


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_label_has_its_words_in_the_document(path, makers, tmp_path):
    said = " ".join(text_of(path.stem, makers, tmp_path).split())
    for row in load_claims(path):
        assert row["verdict"] in set(Verdict)
        assert row["half"] in ("tuning", "telling", "unseen")
        assert ("quote" in row) == (row["verdict"] != "not found")
        assert row.get("quote", "") in said, row["id"]


def test_ids_are_unique_and_both_halves_hold_enough_of_each_verdict():
    rows = [row for path in FILES for row in load_claims(path)]
    assert len({row["id"] for row in rows}) == len(rows) >= 200
    counts = Counter((row["half"], row["verdict"]) for row in rows)
    assert all(counts[half, verdict] >= 30 for half in ("tuning", "telling") for verdict in Verdict)


class FakeChecker:
    """Finds claims that begin with 'Herons', quoting itself."""

    def check(self, text):
        if text.endswith("?"):
            return Check((), (text,))
        verdict = Verdict.SUPPORTED if text.startswith("Herons") else Verdict.NOT_FOUND
        quote = (Citation(1, "d", (), None, text, 0, len(text), "d#0"),) if verdict is Verdict.SUPPORTED else ()
        return Check((CheckedClaim(text, 0, len(text), verdict, quote, ()),), ())


def test_the_table_counts_as_by_hand():
    rows = [
        {"id": "1", "verdict": "supported", "claim": "Herons wade.", "quote": "wade"},
        {"id": "2", "verdict": "supported", "claim": "Herons fly.", "quote": "sleep"},
        {"id": "3", "verdict": "contradicted", "claim": "Herons crawl.", "quote": "crawl"},
        {"id": "4", "verdict": "not found", "claim": "Cows graze."},
        {"id": "5", "verdict": "not found", "claim": "What?"},
    ]
    judged = list(judge(FakeChecker(), rows))
    assert [row["got"] for row in judged] == ["supported"] * 3 + ["not found", "no claim"]
    assert confusion_table(judged).splitlines() == [
        "| label | supported | contradicted | not found | right | quoted |",
        "|---|---|---|---|---|---|",
        "| supported | 2 | 0 | 0 | 100 % (2/2) | 50 % (1/2) |",
        "| contradicted | 1 | 0 | 0 | 0 % (0/1) | – |",
        "| not found | 0 | 0 | 1 | 50 % (1/2) | – |",
        "",
        "Right: 60 % (3/5).",
    ]
