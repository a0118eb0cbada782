"""Keep an answer short as it is written: a row comes with the names of its columns, a bare caption says little."""

from collections.abc import Mapping, Sequence

from answer.evidence import Evidence
from answer.select import fit_together
from answer.tables.answering import captioned
from core.records import Document
from ingest import labelled_row

__all__ = ["MOST_WRITTEN", "MOST_WRITTEN_OF_ROWS", "shortened"]

MOST_WRITTEN = 120  # words, those of the names of columns among them
MOST_WRITTEN_OF_ROWS = 200  # where a row of a table leads


def shortened(quotes: Sequence[Evidence], documents: Mapping[str, Document]) -> tuple[Evidence, ...]:
    """Return quotes without captions that stand beside better ones, and without the weakest of what is too much.

    The first is kept in any case; a list, which may be longer, is kept whole.

    Args:
        quotes: as they are shown, in order.
        documents: by id.
    """
    told = [q for n, q in enumerate(quotes) if not n or not captioned(q, documents)]
    if not told or not fit_together(told):
        return tuple(told)
    most = MOST_WRITTEN_OF_ROWS if "\t" in told[0].text else MOST_WRITTEN
    while len(told) > 1 and sum(_words(quote, documents) for quote in told) > most:
        told.remove(min(told[1:], key=lambda quote: quote.score))
    return tuple(told)


def _words(quote: Evidence, documents: Mapping[str, Document]) -> int:
    return len(labelled_row(documents[quote.hit.passage.document_id], quote.span).split())
