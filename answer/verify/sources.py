"""What a document says at one place, as claims are held against it: a sentence, a note, or a row of a table."""

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from answer.figures import SCALES
from answer.verify.names import Name, names_in, proper_words
from answer.verify.quantities import Quantity, quantities_in
from core.records import Document, Hit, PassageKind, Span
from index.terms import analyze
from ingest import anchors, block_at, points_back, row_cells
from ingest.notes import unmarked_text

__all__ = ["Cell", "Source", "read_sources"]

_SCALE = re.compile(r"\b(?:in|of) (?:\w+ )?(thousand|million|billion|trillion)s?\b", re.IGNORECASE)
_ROWS = 300  # of a table, that are looked at for what a claim takes from another row
_YEAR = re.compile(r"(?:1[4-9]|20)\d\d")


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a row: the name of its column, what it says, its terms, and its figures in the table's scale, too.

    `others` is what the cells of its column say in other rows; `shared` that one of them says the same.
    """

    column: str
    text: str
    terms: frozenset[str]
    quantities: tuple[Quantity, ...]
    others: tuple[str, ...] = ()
    shared: bool = False


@dataclass(frozen=True, slots=True)
class Source:
    """A sentence or row of a hit.

    `said` is its text without note markers and citations; `context` what goes without saying there: citations, the
    sentence that it points back to, a table's caption and columns. `around` are the terms of the passage and its
    sections. `cosine` is that of claim and sentence. Sources that share one of their `groups` may bear out one claim
    together: those of one passage, and a note with the passage of its marker.
    """

    hit: Hit
    span: Span
    text: str
    said: str
    context: str
    cosine: float
    terms: frozenset[str]
    around: frozenset[str]
    quantities: tuple[Quantity, ...]
    names: tuple[Name, ...]
    cells: tuple[Cell, ...] = ()
    groups: frozenset[str] = field(default_factory=frozenset)

    @property
    def key(self) -> Cell | None:
        """What a row is about: its first cell if that is a year, else the first with a letter that is no group's."""
        if self.cells and _YEAR.fullmatch(self.cells[0].text):
            return self.cells[0]
        worded = [cell for cell in self.cells if re.search(r"[^\W\d_]", cell.text)]
        return next((cell for cell in worded if not cell.shared), worded[0] if worded else None)


def read_sources(
    hits: Sequence[Hit], similarities: Sequence[Sequence[float]], documents: Mapping[str, Document]
) -> tuple[Source, ...]:
    """Return every sentence, note and row of the hits; entries of a bibliography say nothing and are left out.

    Args:
        hits: the retrieved passages.
        similarities: for each hit, the cosine of the claim with each of its sentences.
        documents: the documents of the passages by id.
    """
    known = proper_words([hit.passage.text for hit in hits])
    found: list[Source] = []
    for hit, cosines in zip(hits, similarities, strict=True):
        if hit.passage.kind is PassageKind.REFERENCE:
            continue
        document = documents[hit.passage.document_id]
        reader = _Reader(hit, document, known, _groups(hit, hits, document))
        before = ""
        for span, cosine in zip(hit.passage.sentences, cosines, strict=True):
            found.append(reader.read(span, cosine, before))
            before = found[-1].said
    return tuple(found)


@dataclass(frozen=True, slots=True)
class _Reader:
    """Reads the sentences and rows of one passage of a document; `known` are words that are names."""

    hit: Hit
    document: Document
    known: frozenset[str]
    groups: frozenset[str]

    def read(self, span: Span, cosine: float, before: str) -> Source:
        """Return what stands at a slice of the document, behind a sentence `before`."""
        text = self.document.text[slice(*span)]
        if "\t" in text:
            return self._row(span, cosine)
        cited = [c for c in self.document.cited[_first_cited(self.document, span[0]) :] if c.end <= span[1]]
        said, end = "", span[0]
        for citation in (c for c in cited if c.form in ("parenthetical", "numeric") and c.start >= end):
            said += unmarked_text(self.document, (end, citation.start))
            end = citation.end
        said = re.sub(r"\(\s*[;,]?\s*\)", " ", said + unmarked_text(self.document, (end, span[1])))
        context = " ".join([*(c.raw for c in cited), before if points_back(text) else ""])
        return self._source(span, re.sub(r"\s+", " ", said).strip(), context, cosine)

    def _source(self, span: Span, said: str, context: str, cosine: float) -> Source:
        passage = self.hit.passage
        names = names_in(said, self.known)
        return Source(
            hit=self.hit,
            span=span,
            text=self.document.text[slice(*span)],
            said=said,
            context=context,
            cosine=cosine,
            terms=frozenset(analyze(said)),
            around=frozenset(analyze("\n".join((passage.context, *passage.section, passage.text)))),
            quantities=tuple(q for q in quantities_in(said) if not any(n.holds(q.start, q.text) for n in names)),
            names=names,
            groups=self.groups,
        )

    def _row(self, span: Span, cosine: float) -> Source:
        table = block_at(self.document, span[0])
        texts = row_cells(self.document, table, span)
        columns = table.columns if len(table.columns) == len(texts) else ("",) * len(texts)
        lines = [line for line in table.lines[1:_ROWS] if line != span] if table.columns else []
        rows = [row for line in lines if len(row := row_cells(self.document, table, line)) == len(texts)]
        caption = table.label or self.hit.passage.context
        cells = tuple(
            Cell(
                column=column,
                text=text,
                terms=frozenset(analyze(text)),
                quantities=_figures(text, f"{caption} {column}"),
                others=tuple(row[n] for row in rows if row[n] != text),
                shared=any(row[n] == text for row in rows),
            )
            for n, (column, text) in enumerate(zip(columns, texts, strict=True))
        )
        source = self._source(span, "; ".join(filter(None, texts)), caption, cosine)
        return replace(source, quantities=tuple(q for cell in cells for q in cell.quantities), cells=cells)


def _first_cited(document: Document, start: int) -> int:
    return bisect_left(document.cited, start, key=lambda c: c.start)


def _figures(text: str, heads: str) -> tuple[Quantity, ...]:
    """The figures of a cell as they stand and in the scale that caption or column give: '371' is '371,000', too."""
    found = quantities_in(text, cell=True)
    scale = _SCALE.search(heads)
    if not scale:
        return found
    factor = SCALES[scale.group(1).lower()]
    return (*found, *(replace(q, value=q.value * factor) for q in found))


def _groups(hit: Hit, hits: Sequence[Hit], document: Document) -> frozenset[str]:
    passage = hit.passage
    found = {passage.id}
    if passage.kind is PassageKind.NOTE:
        marker = anchors(document).get(block_at(document, passage.start).start)
        found |= {
            other.passage.id
            for other in hits
            if marker
            and other.passage.document_id == document.id
            and other.passage.start <= marker.start < other.passage.end
        }
    return frozenset(found)
