"""An answer with its citations, and the passages that were found for it."""

from dataclasses import dataclass, field
from enum import StrEnum

from core.records.documents import Page, Passage, Span

__all__ = ["Answer", "Citation", "Difference", "Hit", "Ruled", "Voice", "Writing"]


@dataclass(frozen=True, slots=True)
class Hit:
    """A retrieved passage; `rank` counts from 1, `score` is comparable only within one search.

    `retrievers` names those that found it, and `similarity` is the cosine of question and passage (-1 to 1).
    """

    passage: Passage
    score: float
    rank: int
    retrievers: tuple[str, ...]
    similarity: float


@dataclass(frozen=True, slots=True)
class Voice:
    """Who speaks in a quote: `kind` is 'own', 'reported' or 'quotation'.

    `speakers` are the persons, bodies and works ('Smith 2021') that are reported or quoted, as the text names them;
    empty for the author's own, and where the text names nobody.
    """

    kind: str = "own"
    speakers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Citation:
    """A literal quote and where it stands: `quote == document.text[start:end]`.

    `secondary` are the citations of what a quote reports or quotes, by style, ready to be pasted; empty for the
    author's own words. `highlight` is the slice of the document, within the quote, that answers, None in doubt; `items`
    are those that a list is made of, empty for none: all of a sentence's, or the one cell of a row among rows.
    """

    marker: int
    document: str
    section: tuple[str, ...]
    page: Page | None
    quote: str
    start: int
    end: int
    passage_id: str
    voice: Voice = field(default_factory=Voice)
    secondary: dict[str, str] = field(default_factory=dict)
    highlight: Span | None = None
    items: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Difference:
    """What a claim and a document say otherwise: `written` is the claim's, `found` the document's.

    `kind` is 'number', 'year', 'month', 'name', 'cell' (of a table), 'swap' (of two things, crosswise) or 'denial' (one
    of the two says 'not').
    """

    kind: str
    written: str
    found: str


class Ruled(StrEnum):
    """What documents make of the statement in a question: whether it holds, or is put otherwise; mostly nothing."""

    YES = "yes"
    NO = "no"
    INSTEAD = "instead"
    NOTHING = ""


@dataclass(frozen=True, slots=True)
class Writing:
    """What became of the sentences that a language model wrote for an answer.

    `kept` are shown as written, each borne out by its citation; in the place of those `replaced` stands the quote that
    was near; those `struck` are not shown. `fallback` says why the answer is the extractive one after all, and is empty
    where it is the model's.
    """

    model: str
    kept: int = 0
    replaced: int = 0
    struck: int = 0
    fallback: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer with its proof, or a refusal with its reason; `confidence` is from 0 to 1, `timings` in ms by stage.

    `completed` is a follow-up with what it left out; empty for a question that stood alone. `verdict` is on what the
    question states or takes for granted, and `differences` what its first quote says otherwise; the text leads
    with both. `writing` tells of the language model that was asked to write it, None where there is none.
    """

    question: str
    text: str
    citations: tuple[Citation, ...]
    refused: bool
    reason: str
    confidence: float
    hits: tuple[Hit, ...]
    timings: dict[str, float] = field(default_factory=dict)
    completed: str = ""
    verdict: Ruled = Ruled.NOTHING
    differences: tuple[Difference, ...] = ()
    writing: Writing | None = None
