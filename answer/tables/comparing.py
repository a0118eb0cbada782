"""Show a table's rows together where a question asks which has the most of something and no column tells."""

from collections.abc import Sequence

from answer.evidence import Evidence
from answer.question import Question
from answer.tables.answering import as_evidence
from answer.tables.extremes import asks_for_extreme
from answer.tables.grids import near_grids
from core.records import PassageKind
from index import Index

__all__ = ["with_rows_compared"]

_MOST_ROWS = 8  # of a table that a reader takes in at a glance


def with_rows_compared(
    question: Question, quotes: Sequence[Evidence], evidence: Sequence[Evidence], index: Index
) -> tuple[Evidence, ...]:
    """Return quotes that a table leads as all its rows, where they are few and an extreme is asked for.

    Any two of them would answer 'Which rope is the weakest?' with the wrong one: here the reader compares them.

    Args:
        question: as read.
        quotes: chosen as sentences, no extreme having been found.
        evidence: scored sentences, best first.
        index: gives the documents, and passages by place.
    """
    if not quotes or quotes[0].hit.passage.kind is not PassageKind.TABLE or not asks_for_extreme(question):
        return tuple(quotes)
    grid = next(near_grids(question, quotes[:1], index.documents), None)
    if grid is None or len(grid.rows) > _MOST_ROWS:
        return tuple(quotes)
    return as_evidence(grid, [grid.rows[row] for row in grid.parts()], evidence, index) or tuple(quotes)
