"""Measure verdicts: `python -m eval.claims` checks labelled claims, each against its own document.

Those of a `half` are counted together: tuning, telling, and unseen, of a document that nobody tuned for.

The verdict is right when it is the label's; the quote when a quote of the answer holds the label's words (asked only of
verdicts that are right and have one). False contradictions are claims called contradicted that are not.
"""

import argparse
import json
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from answer.check import Checker
from core.records import CheckedClaim, Verdict
from core.settings import Settings, bundled_corpus
from eval.lines import json_lines

__all__ = ["confusion_table", "judge", "load_claims", "main"]

FOLDER = Path(__file__).parent
Row = dict[str, Any]


def load_claims(path: Path) -> list[Row]:
    """Return the labelled claims of a file."""
    return json_lines(path)


def judge(checker: Checker, rows: Sequence[Row]) -> Iterator[Row]:
    """Yield each row with the verdict `got`, whether a quote is the labelled one, `quoted`, and what differs."""
    for row in rows:
        found: tuple[CheckedClaim, ...] = checker.check(row["claim"]).claims
        got = found[0] if len(found) == 1 else None
        quotes = [" ".join(c.quote.split()) for c in got.citations] if got else []
        yield {
            **row,
            "got": str(got.verdict) if got else "no claim",
            "quoted": any(row.get("quote", "\0") in quote for quote in quotes),
            "quotes": quotes,
            "differences": [f"{d.kind}: {d.written} -> {d.found}" for d in got.differences] if got else [],
        }


def confusion_table(rows: Sequence[Row]) -> str:
    """Return labels against verdicts as a Markdown table, with the share right and the share quoted of those."""
    counts = Counter((row["verdict"], row["got"]) for row in rows)
    lines = ["| label | " + " | ".join(Verdict) + " | right | quoted |", "|---" * (len(Verdict) + 3) + "|"]
    for label in Verdict:
        of_label = [row for row in rows if row["verdict"] == label]
        right = [row for row in of_label if row["got"] == label]
        quoted = sum(row["quoted"] for row in right)
        cells = [*(str(counts[label, got]) for got in Verdict), _share(len(right), len(of_label))]
        lines.append(
            f"| {label} | {' | '.join(cells)} | {_share(quoted, len(right)) if 'found' not in label else '–'} |"
        )
    right_in_all = sum(row["got"] == row["verdict"] for row in rows)
    return "\n".join([*lines, "", f"Right: {_share(right_in_all, len(rows))}."])


def main(arguments: Sequence[str] | None = None) -> int:
    """Check the claims of every document that is there, and print a table for each half."""
    parser = argparse.ArgumentParser(prog="python -m eval.claims", description=__doc__)
    parser.add_argument("--documents", type=Path, help="folder with NAME.txt for each NAME.jsonl of eval/claims")
    parser.add_argument("--home", type=Path, help="folder to keep the indexes in")
    parser.add_argument("--wrong", action="store_true", help="print each claim that is judged wrongly")
    given = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        rows = [row for path in sorted(FOLDER.glob("*.jsonl")) for row in _checked(path, given, Path(folder))]
    for half in dict.fromkeys(row["half"] for row in rows):
        print(f"## {half}\n\n{confusion_table([row for row in rows if row['half'] == half])}\n")  # noqa: T201
    for row in rows if given.wrong else ():
        if row["got"] != row["verdict"]:
            print(json.dumps(row, ensure_ascii=False))  # noqa: T201
    return 0


def _checked(path: Path, given: argparse.Namespace, folder: Path) -> list[Row]:
    from index import add_documents, open_index
    from ingest import find_documents

    bundled = path.stem in {p.stem for p in bundled_corpus().glob("*.txt")}
    source = bundled_corpus() if bundled else (given.documents or Path()) / f"{path.stem}.txt"
    if not source.exists():
        print(f"{path.stem}: left out, give a folder with {path.stem}.txt as --documents", file=sys.stderr)  # noqa: T201
        return []
    settings = Settings(home=given.home or folder, corpus=f"claims-{path.stem}")
    add_documents(settings, find_documents([source]))
    index = open_index(settings)
    try:
        return list(judge(Checker(index, settings), load_claims(path)))
    finally:
        index.close()


def _share(some: int, of: int) -> str:
    return f"{100 * some / of:.0f} % ({some}/{of})" if of else "–"


if __name__ == "__main__":
    sys.exit(main())
