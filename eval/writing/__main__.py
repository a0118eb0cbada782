"""Measure the verifier: `python -m eval.writing` judges what a real model wrote, and claims that people wrote.

The record is eval/writing/smollm2.jsonl (`record.py` makes it), its sentences labelled by hand: 'true' to the passages
that the model was given, 'invented', or 'nothing', which states nothing whole. The claims are those of eval/claims on
documents that are tuned for, each held against the eight passages nearest to it as if a model had written it. No
sentence that is not true may be kept: the exit code is 1 when one is.
"""

import argparse
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from answer.evidence import Evidence
from answer.writing.judge import Fate, Judge
from answer.writing.sentences import Written, split_writing
from core.records import Hit
from core.settings import Settings
from eval.lines import json_lines
from eval.writing.record import documents_index
from index import Index

__all__ = ["Outcome", "claim_outcomes", "load_record", "main", "record_outcomes", "table"]

FOLDER = Path(__file__).parent
RECORD = FOLDER / "smollm2.jsonl"
RESULTS = FOLDER.parent / "results" / "writing.md"
CLAIMS = FOLDER.parent / "claims"
PASSAGES = 8  # that a claim is held against, twice what a model is given
HALVES = ("tuning", "telling")
KEPT_LABELS = frozenset({"true", "supported"})


@dataclass(frozen=True, slots=True)
class Outcome:
    """A sentence, where it is from, its label, what became of it, and the quote that it rests on or gave way to."""

    source: str
    text: str
    label: str
    fate: Fate
    quote: str

    @property
    def is_let_through(self) -> bool:
        """Whether it is shown and is not true."""
        return self.fate is Fate.KEPT and self.label not in KEPT_LABELS


def load_record(path: Path = RECORD) -> list[dict[str, Any]]:
    """Return the lines of a record."""
    return json_lines(path)


def hits_of(line: Mapping[str, Any], index: Index) -> list[Hit]:
    """Return the passages that a model was given, as the index has them now."""
    found = [hit for document, start, end in line["passages"] for hit in index.hits_in(document, (start, end))]
    return list({hit.passage.id: hit for hit in found}.values())


def record_outcomes(lines: Iterable[Mapping[str, Any]], index: Index) -> Iterator[Outcome]:
    """Yield what becomes of each labelled sentence of a record, in order.

    Raises:
        ValueError: what was written is no longer cut into the sentences that are labelled.
    """
    judge = Judge(index)
    for line in lines:
        written = split_writing(line["wrote"])
        if [w.text for w in written] != [s["text"] for s in line["sentences"]]:
            raise ValueError(f"{line['id']} is cut otherwise than it is labelled: mend {RECORD.name}")
        quoted = [(document, (start, end)) for document, start, end in line["quoted"]]
        hits, before = hits_of(line, index), None
        for one, sentence in zip(written, line["sentences"], strict=True):
            judged = judge.judge(one, hits, quoted, before)
            before = judged.quote
            yield Outcome(line["id"], one.text, sentence["label"], judged.fate, _said(judged.quote))


def claim_outcomes(index: Index) -> Iterator[Outcome]:
    """Yield what becomes of the claims of eval/claims on documents that the index holds."""
    judge = Judge(index)
    for path in sorted(CLAIMS.glob("*.jsonl")):
        for row in json_lines(path) if path.stem in index.documents else ():
            if row["half"] in HALVES:
                judged = judge.judge(Written(row["claim"], ()), index.search(row["claim"], top=PASSAGES), ())
                yield Outcome(row["id"], row["claim"], row["verdict"], judged.fate, _said(judged.quote))


def table(outcomes: Sequence[Outcome]) -> str:
    """Return labels against fates as a Markdown table."""
    counts = Counter((o.label, o.fate) for o in outcomes)
    lines = ["| label | sentences | " + " | ".join(Fate) + " |", "|---" * (len(Fate) + 2) + "|"]
    for label in dict.fromkeys(sorted(o.label for o in outcomes)):
        cells = [counts[label, fate] for fate in Fate]
        lines.append(f"| {label} | {sum(cells)} | " + " | ".join(map(str, cells)) + " |")
    return "\n".join(lines)


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, print and write eval/results/writing.md; 1 when something invented is let through."""
    parser = argparse.ArgumentParser(prog="python -m eval.writing", description=__doc__)
    parser.add_argument("--each", action="store_true", help="print every sentence with what becomes of it")
    given = parser.parse_args(arguments)
    lines = load_record()
    with tempfile.TemporaryDirectory() as home:
        settings = Settings(home=Path(home), corpus="writing", llm="")
        index = documents_index(settings, Path(home))
        recorded = list(record_outcomes(lines, index))
        claims = list(claim_outcomes(index))
        index.close()
    for o in (*recorded, *claims) if given.each else ():
        print(f"{o.source} {o.label} {o.fate}: {o.text}\n    {o.quote}")  # noqa: T201
    through = [o for o in (*recorded, *claims) if o.is_let_through]
    RESULTS.write_text(_report(lines, recorded, claims), encoding="utf-8")
    print(RESULTS.read_text(encoding="utf-8"))  # noqa: T201
    for o in through:
        print(f"LET THROUGH {o.source}: {o.text}\n    {o.quote}")  # noqa: T201
    return int(bool(through))


def _report(lines: Sequence[Mapping[str, Any]], recorded: Sequence[Outcome], claims: Sequence[Outcome]) -> str:
    made = ", ".join(sorted({f"{line['model']} by {line['runner']}, {line['recorded']}" for line in lines}))
    through = sum(o.is_let_through for o in (*recorded, *claims))
    return (
        "# What the verifier lets through\n\n`python -m eval.writing`.\n\n"
        f"## A real model: {len(lines)} questions\n\n{made}.\n\n{table(recorded)}\n\n"
        f"## Claims that people wrote\n\neval/claims, {' and '.join(HALVES)} halves.\n\n{table(claims)}\n\n"
        f"Let through that is not true: {through}.\n"
    )


def _said(quote: Evidence | None) -> str:
    return " ".join(quote.text.split()) if quote else ""


if __name__ == "__main__":
    sys.exit(main())
