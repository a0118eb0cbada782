"""Measure the reading of cited sources: `python -m eval.sources` holds it against the hand-made list of a document.

A citation found is right when its words, names, year and locator are those of a line of the list; each line counts
once. Precision is the share of those found that are right, recall the share of the list that was found.
"""

import json
import re
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from core.records import CitedSource

__all__ = ["load_gold", "main", "precision_recall"]

GOLD = Path(__file__).parent / "citations" / "chapter09.jsonl"
RESULTS = Path(__file__).parent / "results"

Key = tuple[str, tuple[str, ...], str, str]


def load_gold(path: Path) -> list[Key]:
    """Return the lines of a hand-made list as keys, in order."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return [_key(**{k: entry[k] for k in ("raw", "authors", "year", "locator")}) for entry in map(json.loads, lines)]


def precision_recall(gold: Sequence[Key], cited: Iterable[CitedSource]) -> tuple[float, float, list[Key], list[Key]]:
    """Return precision and recall (0 to 1), what was missed, and what was found and is not in the list."""
    found = [_key(c.raw, c.authors, c.year, c.locator) for c in cited]
    wanted, got = Counter(gold), Counter(found)
    right = sum((wanted & got).values())
    return right / len(found), right / len(gold), list((wanted - got).elements()), list((got - wanted).elements())


def main() -> int:
    """Measure the bundled document and write eval/results/sources.md; return 1 when either number is under 0.98."""
    from core.settings import bundled_corpus
    from ingest import find_documents, read_document

    (source,) = find_documents([bundled_corpus()])
    document = read_document(source.path, document_id=source.id, metadata=source.metadata)
    precision, recall, missed, false = precision_recall(load_gold(GOLD), document.cited)
    lines = [
        "# Cited sources",
        "",
        f"`python -m eval.sources`: {document.id}, {len(document.cited)} citations found, hand-made list {GOLD.name}.",
        "",
        f"precision {precision:.3f}, recall {recall:.3f}",
        *(f"- missed: {key[0]}" for key in missed),
        *(f"- false: {key[0]}" for key in false),
    ]
    (RESULTS / "sources.md").write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(lines[4])  # noqa: T201
    return int(min(precision, recall) < 0.98)


def _key(raw: str, authors: Iterable[str], year: str, locator: str) -> Key:
    """What counts of a citation: its words, whatever marks stand around them."""
    return re.sub(r"\W+", " ", raw).strip().casefold(), tuple(authors), year, str(_plain(locator))


def _plain(locator: Any) -> str:  # noqa: ANN401 - a list made by hand may hold a number
    return re.sub(r"^pp?\.\s*", "", str(locator))


if __name__ == "__main__":
    sys.exit(main())
