"""Score what a peer answered with Ibid's own metrics: its quotes and chunks are looked up in the clean text first."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from core.records import Answer, Citation, Document, Hit, Passage, PassageKind, Span
from eval.dataset import Question
from eval.run import Outcome, run
from eval.text import normalize

__all__ = ["Finder", "read_answer", "refuse_below", "score", "tune"]

Record = Mapping[str, Any]


class Finder:
    """Finds quotes in documents; case, white space and the forms of characters, quotes and dashes do not count."""

    def __init__(self, documents: Iterable[Document]) -> None:
        self.documents = {document.id: document for document in documents}
        self._folded = [(document, *_fold(document.text)) for document in self.documents.values()]
        self._places: dict[str, tuple[Document, Span] | None] = {}

    def find(self, quote: str) -> tuple[Document, Span] | None:
        """Return where a quote stands first; when it does not stand as a whole, where its lines stand together."""
        if quote not in self._places:
            self._places[quote] = self._find(quote)
        return self._places[quote]

    def _find(self, quote: str) -> tuple[Document, Span] | None:
        wanted = _fold(quote)[0]
        for document, folded, offsets in self._folded:
            at = folded.find(wanted) if wanted else -1
            if at >= 0:
                return document, (offsets[at], offsets[at + len(wanted) - 1] + 1)
        lines = [line for line in quote.splitlines() if line.strip()]
        return self._find_lines(lines, len(quote)) if len(lines) > 1 else None

    def _find_lines(self, lines: Sequence[str], length: int) -> tuple[Document, Span] | None:
        """Return what spans the lines that are found, unless that is more than twice what was quoted."""
        found = [place for line in lines if (place := self.find(line))]
        if not found or any(document is not found[-1][0] for document, _ in found):
            return None
        start, end = min(span[0] for _, span in found), max(span[1] for _, span in found)
        if end - start > 2 * length:  # a heading that is repeated over the chunk stands elsewhere
            return self._find_lines(lines[1:], length)
        return found[-1][0], (start, end)


def read_answer(record: Record, question: str, finder: Finder) -> Answer:
    """Return a line that a peer wrote as an answer; a quote that is not in the text is no citation."""
    places = [place for quote in record["quotes"] if (place := finder.find(quote))]
    hits = [place for hit in record["hits"] if (place := finder.find(hit))]
    return Answer(
        question=question,
        text=record["answer"],
        citations=tuple(_citation(n, *place) for n, place in enumerate(places, start=1)),
        refused=record["refused"],
        reason="",
        confidence=0.0,
        hits=tuple(Hit(_passage(*place), 0.0, n, (), 0.0) for n, place in enumerate(hits, start=1)),
    )


def score(questions: Sequence[Question], records: Iterable[Record], finder: Finder) -> tuple[Outcome, ...]:
    """Score the answers of a peer, one for each question; their latency is what the peer measured itself.

    Raises:
        KeyError: a question was not answered.
    """
    answered = {record["id"]: record for record in records}
    given = [read_answer(answered[q.id], q.question, finder) for q in questions]
    outcomes = run(questions, _Given(given), finder.documents)
    latencies = [answered[o.question.id]["latency_ms"] for o in outcomes]
    return tuple(
        replace(o, scores={**o.scores, "latency_ms": took}) for o, took in zip(outcomes, latencies, strict=True)
    )


def refuse_below(records: Iterable[Record], cosine: float) -> list[Record]:
    """Return answers of which those with a lower score are refusals."""
    refusal = {"answer": "", "quotes": (), "refused": True}
    return [{**r, **refusal} if r["score"] is not None and r["score"] < cosine else r for r in records]


def tune(questions: Sequence[Question], records: Sequence[Record], finder: Finder) -> float | None:
    """Return the cosine below which to refuse so that most questions are right, the lowest of equals.

    None when the answers have no scores.
    """
    answered = {record["id"]: record for record in records}
    given = {o.question.id: o for o in score(questions, records, finder)}
    refused = {o.question.id: o for o in score(questions, refuse_below(records, 2.0), finder)}
    ids = [q.id for q in questions]
    cosines = {number: answered[number]["score"] for number in ids}
    if any(cosine is None for cosine in cosines.values()):
        return None

    def right(cosine: float) -> float:
        chosen = [(refused if cosines[number] < cosine else given)[number] for number in ids]
        return sum(o.scores["correct"] or 0.0 for o in chosen) / len(chosen)

    return max(sorted({-1.0, *cosines.values()}), key=right)


class _Given:
    """Answers with what was answered before, in order."""

    def __init__(self, answers: Sequence[Answer]) -> None:
        self._answers = iter(answers)

    def ask(self, question: str, history: Sequence[str] = ()) -> Answer:
        return next(self._answers)


def _fold(text: str) -> tuple[str, list[int]]:
    """Return a text without white space, normalised as the metrics do, and the offset that each character came from."""
    folded: list[str] = []
    offsets: list[int] = []
    for offset, character in enumerate(text):
        kept = normalize(character)
        folded.append(kept)
        offsets.extend([offset] * len(kept))
    return "".join(folded), offsets


def _citation(number: int, document: Document, span: Span) -> Citation:
    start, end = span
    return Citation(number, document.id, (), None, document.text[start:end], start, end, "")


def _passage(document: Document, span: Span) -> Passage:
    start, end = span
    return Passage("", document.id, document.text[start:end], start, end, None, (), PassageKind.PROSE, ())
