"""Measure whose voice quotes are said to speak in: `python -m eval.voices [--misses]` against the hand-made list.

Precision of a kind is the share of those called so that are, recall the share of those that are that are called so.
A speaker is right when the kind is and the speakers are just those of the list, articles and case aside.
"""

import re
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from core.records import Document, Voice
from eval.lines import json_lines

__all__ = ["Line", "load_labels", "main", "score", "table"]

ROOT = Path(__file__).parents[1]
LABELS = Path(__file__).parent / "citations" / "voices.jsonl"
RESULTS = Path(__file__).parent / "results" / "voices.md"
MAKE = ROOT / "tests" / "data" / "reading" / "make.py"
SPLITS = ("tune", "apart")
KINDS = ("own", "reported", "quotation")


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the list: a sentence or row, where it begins, and whose voice it is in."""

    document: str
    split: str
    start: int
    text: str
    voice: Voice


def load_labels(path: Path = LABELS) -> list[Line]:
    """Return the lines of a list."""
    return [
        Line(r["document"], r["split"], r["start"], r["text"], Voice(r["kind"], tuple(r["speakers"])))
        for r in json_lines(path)
    ]


def score(lines: Sequence[Line], found: Sequence[Voice]) -> dict[str, tuple[float | None, float | None, int]]:
    """Return by kind precision and recall (0 to 1; None where nothing is counted) and how many lines are of it.

    'speakers' has, in the place of recall, the share of reported and quoted lines with the right kind and speakers.
    """
    result: dict[str, tuple[float | None, float | None, int]] = {}
    pairs = [(line.voice, voice) for line, voice in zip(lines, found, strict=True)]
    for kind in KINDS:
        right = sum(gold.kind == kind == voice.kind for gold, voice in pairs)
        called = sum(voice.kind == kind for _, voice in pairs)
        are = sum(gold.kind == kind for gold, _ in pairs)
        result[kind] = right / called if called else None, right / are if are else None, are
    others = [(gold, voice) for gold, voice in pairs if gold.kind != "own"]
    right = sum(gold.kind == voice.kind and _names(gold) == _names(voice) for gold, voice in others)
    result["speakers"] = None, right / len(others) if others else None, len(others)
    return result


def table(scores: Mapping[str, Mapping[str, tuple[float | None, float | None, int]]]) -> list[str]:
    """Return the lines of a Markdown table, a row a split and kind."""
    rows = ["| split | what | lines | precision | recall |", "|---|---|---|---|---|"]
    for split, by_kind in scores.items():
        rows += [f"| {split} | {kind} | {n} | {_shown(p)} | {_shown(r)} |" for kind, (p, r, n) in by_kind.items()]
    return rows


def main(arguments: Sequence[str] = ()) -> int:
    """Measure, print and write eval/results/voices.md; with --misses print every line of `tune` that is wrong."""
    from answer.voice import hear

    documents = _documents()
    lines = load_labels()
    found = [hear(documents[line.document], _place(documents[line.document], line)).voice for line in lines]
    scores = {}
    for split in SPLITS:
        picked = [(line, voice) for line, voice in zip(lines, found, strict=True) if line.split == split]
        scores[split] = score([line for line, _ in picked], [voice for _, voice in picked])
        wrong = [(line, v) for line, v in picked if line.voice.kind != v.kind or _names(line.voice) != _names(v)]
        for line, voice in wrong if "--misses" in arguments and split == "tune" else ():
            print(f"{line.document} {line.start}: {line.text[:240]!r}\n   is {line.voice}\n   called {voice}")  # noqa: T201
    head = "# Whose voice\n\n`python -m eval.voices`: answer/voice.py against eval/citations/voices.jsonl.\n\n"
    report = head + "\n".join(table(scores)) + "\n"
    RESULTS.write_text(report, encoding="utf-8")
    print(report)  # noqa: T201
    return 0


def _documents() -> dict[str, Document]:
    """The documents of the list, read as `ibid ingest` reads them."""
    from core.settings import bundled_corpus
    from ingest import find_documents, read_document

    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([sys.executable, str(MAKE), folder], check=True, capture_output=True)  # noqa: S603 - our own script
        paths = [bundled_corpus(), *sorted(Path(folder).glob("*.md"))]
        sources = [source for path in paths for source in find_documents([path])]
        return {s.id: read_document(s.path, document_id=s.id, metadata=s.metadata) for s in sources}


def _place(document: Document, line: Line) -> tuple[int, int]:
    """Where a line stands: its text nearest to where it was found, as a change in reading moves offsets.

    Raises:
        ValueError: the document no longer has it.
    """
    starts = [match.start() for match in re.finditer(re.escape(line.text), document.text)]
    if not starts:
        raise ValueError(f"{line.document} no longer says {line.text!r}: mend eval/citations/voices.jsonl")
    start = min(starts, key=lambda found: abs(found - line.start))
    return start, start + len(line.text)


def _names(voice: Voice) -> set[str]:
    return set(_folded(voice.speakers))


def _folded(speakers: Iterable[str]) -> Iterable[str]:
    return (re.sub(r"^(?:the|an?|its|their)\s+", "", speaker.casefold()) for speaker in speakers)


def _shown(value: float | None) -> str:
    return "–" if value is None else f"{value:.3f}"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
