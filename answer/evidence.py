"""Score the sentences of the hits as answers to a question."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from answer.bounds import asks_for_bound
from answer.features import FEATURES, Candidate, features
from answer.figures import YEAR
from answer.model import Model
from answer.question import Question
from answer.reader import Reads, Stretch
from core.records import Hit, PassageKind, Span
from index import Index
from ingest import is_code, is_wordless, labels, leads

__all__ = [
    "READ",
    "READ_ROWS",
    "Evidence",
    "candidates",
    "missing_numbers",
    "read_together",
    "score_sentences",
    "without_references",
]

# How much less what says nothing is worth: a question of the text, a label, a piece of formula, the title page.
_SILENT = 10.0
READ = 6  # passages that the reader reads closely
READ_ROWS = 3  # of tables, beside them; with six as many development questions are right, for a tenth more time

_LONG_NUMBER = re.compile(r"\d[\d-]{5,}$")
_ASKS_FOR_CODE = re.compile(
    r"\bhow (?:do|does|can|could|to|should|would|is|are)\b|\b(?:commands?|code|scripts?|examples?|syntax|calls?|"
    r"options?|arguments?|functions?|methods?|formulas?|output|prints?|returns?|flags?|type)\b|[(){}=<>_$]",
    re.IGNORECASE,
)
_ASKS_OF_TITLE_PAGE = re.compile(
    r"\b(?:titles?|subtitle|called|editions?|versions?|publi(?:sh\w*|cations?)|printed|issued?|w(?:ro|ri)t\w+|edited|"
    r"editors?|translat\w+|illustrat\w+|commissioned|prepared|affiliat\w+|journal|volume|doi|isbn|conference|dated?|"
    r"(?:number|name) of (?:this|the)|(?:what|which) (?:day|month|year)|meetings?|sessions?|hearings?|held)\b|"
    r"^\W*(?:and )?when\b|\b(?:who|whose|whom|name|where|which|how many)\b.*\bauthors?\b|\bauthors? of\b",
    re.IGNORECASE,
)
_NUMBERED = re.compile(
    r"\b(?:[Vv]ersion|[Rr]elease|[Ee]dition) \d[\w.]*\w|"
    r"(?<!^)\b(?!(?:Table|Figure|Chapter|Section|Page|Note|Part|Article|Appendix|Box|January|February|March|April|May|June|July|"
    r"August|September|October|November|December)\b)"
    r"[A-Z][\w’-]+ (?!(?:1[5-9]|20)\d\d\b)\d[\w-]*"
)


@dataclass(frozen=True, slots=True)
class Evidence:
    """A sentence of a hit, its place in the clean text, and how well it answers; no features where it was not scored.

    `antecedent` is what the sentence points back to, the label it stands under, or what stands over a row of a table;
    `label` says that it is a label itself (see `ingest.labels`). `under` is how many levels of lists its paragraph
    stands deeper than that of the sentence behind which it was looked for.
    """

    hit: Hit
    span: Span
    text: str
    score: float = 0.0
    features: tuple[float, ...] = ()
    antecedent: str = ""
    label: bool = False
    under: int = 0

    def feature(self, name: str) -> float:
        """Return one feature by its name."""
        return self.features[FEATURES.index(name)]


def score_sentences(
    question: Question,
    evidence: Iterable[Evidence],
    model: Model,
    reader: Reads,
    may_answer: Callable[[Evidence], bool] = lambda e: True,
) -> tuple[Evidence, ...]:
    """Return candidates best first; equals keep their order.

    The reader reads those READ passages and READ_ROWS rows of tables whose best sentences look best without it, but for
    the first only such as have a sentence that may answer; of the sentences of others it is taken to think as little as
    of the worst of these.

    Args:
        question: what is asked.
        evidence: the sentences of the hits.
        model: the weights of the features.
        reader: tells how well a sentence answers.
        may_answer: says whether a sentence is of the kind that can.
    """
    found = sorted(evidence, key=lambda e: -model.first_score(e.features))
    mute = _Mute(question.text)
    read = read_together(found, lambda e: may_answer(e) and not mute.is_front(e))
    logits = reader.scores(question.text, [_stretch(sentences) for sentences in read])
    known = {
        _place(e): logit
        for sentences, of_them in zip(read, logits, strict=True)
        for e, logit in zip(sentences, of_them, strict=True)
    }
    worst = min(known.values(), default=0.0)
    scored = [_with_reading(e, known.get(_place(e), worst), model, silent=mute.says_nothing(e)) for e in found]
    return tuple(sorted(scored, key=lambda e: -e.score))


def read_together(
    found: Iterable[Evidence], may_answer: Callable[[Evidence], bool] = lambda e: True
) -> list[list[Evidence]]:
    """Return the sentences that are read closely, by what is read at once: a passage, or a row of a table.

    Of passages the best READ are read and of rows the best READ_ROWS, so that neither crowds out the other.

    Args:
        found: sentences, those that look best first.
        may_answer: says whether a sentence is of the kind that can; the best is read whatever it is.
    """
    read: dict[tuple[str, Span | None], list[Evidence]] = {}
    for e in found:
        is_row = e.hit.passage.kind is PassageKind.TABLE
        read.setdefault((e.hit.passage.id, e.span if is_row else None), []).append(e)
    worth_it = [key for n, (key, sentences) in enumerate(read.items()) if not n or any(map(may_answer, sentences))]
    rows, passages = [key for key in worth_it if key[1]], [key for key in worth_it if not key[1]]
    chosen = {*rows[:READ_ROWS], *passages[:READ]}
    return [sorted(sentences, key=lambda e: e.span) for key, sentences in read.items() if key in chosen]


def _place(evidence: Evidence) -> tuple[str, Span]:
    return evidence.hit.passage.id, evidence.span


def _stretch(sentences: Sequence[Evidence]) -> Stretch:
    """The sentences of a passage as they are read: one behind the other, led by what the first points back to.

    A row of a table is read with what stands over it as one.
    """
    text, spans = sentences[0].antecedent, []
    is_row = sentences[0].hit.passage.kind is PassageKind.TABLE
    for e in sentences:
        start = 0 if is_row or not text else len(text) + 1
        text = f"{text} {e.text}" if text else e.text
        spans.append((start, len(text)))
    return Stretch(text, tuple(spans))


def candidates(
    question: Question, hits: Sequence[Hit], similarities: Sequence[Sequence[float]], index: Index
) -> Iterator[Evidence]:
    """Yield every sentence of the hits with its features, not read yet and without a score.

    Args:
        question: what is asked.
        hits: the retrieved passages.
        similarities: for each hit, the cosine of the question with each of its sentences.
        index: gives the rarity of terms.
    """
    for hit, cosines in zip(hits, similarities, strict=True):
        passage = hit.passage
        surroundings = "\n".join((passage.context, *passage.section, passage.text))
        texts = [passage.text[start - passage.start : end - passage.start] for start, end in passage.sentences]
        # A row says what it says under its caption and column names.
        is_table = passage.kind is PassageKind.TABLE
        antecedents = [passage.context] * len(texts) if is_table else leads(texts)
        rows = zip(passage.sentences, texts, antecedents, labels(texts), cosines, strict=True)
        for span, text, antecedent, label, cosine in rows:
            candidate = Candidate(text, antecedent, surroundings, cosine, hit.similarity)
            known = features(question, candidate, index.idf)
            yield Evidence(hit, span, text, 0.0, known, antecedent, label and not is_table)


def _with_reading(evidence: Evidence, reading: float, model: Model, *, silent: bool) -> Evidence:
    values = (*evidence.features[:-1], reading)
    return replace(evidence, score=model.score(values) - _SILENT * silent, features=values)


class _Mute:
    """Tells what says nothing to a question."""

    def __init__(self, question: str) -> None:
        self._code = not _ASKS_FOR_CODE.search(question)
        self._front = not _ASKS_OF_TITLE_PAGE.search(question)

    def is_front(self, evidence: Evidence) -> bool:
        """Say whether a sentence stands on the title page, which is not what is asked about."""
        return self._front and evidence.hit.passage.kind is PassageKind.FRONT

    def says_nothing(self, evidence: Evidence) -> bool:
        """Say whether a sentence is a question, a label or a line of the title page, or a piece of formula or code."""
        text, is_row = evidence.text, evidence.hit.passage.kind is PassageKind.TABLE
        if evidence.label or text.endswith("?") or self.is_front(evidence):
            return True
        return not is_row and (is_wordless(text) or (self._code and is_code(text)))


def missing_numbers(question: Question, quotes: Sequence[Evidence]) -> tuple[str, ...]:
    """Return the years and numbered names ('Heron 90') of a question, when none stands in the quotes' passages.

    A question that sets a bound has none: 'over 2000' is no year.
    """
    if asks_for_bound(question.text):
        return ()
    asked = tuple(dict.fromkeys([*_NUMBERED.findall(question.text), *YEAR.findall(question.text)]))
    passages = {quote.hit.passage.id: quote.hit.passage for quote in quotes}.values()
    said = " ".join(" ".join((p.context, *p.section, p.text)) for p in passages).casefold()
    long = [match.group() for number in asked if (match := _LONG_NUMBER.search(number))]  # needs no name to be known
    return () if any(number in said for number in [*long, *map(str.casefold, asked)]) else asked


def without_references(
    hits: Sequence[Hit], similarities: Sequence[tuple[float, ...]]
) -> tuple[tuple[Hit, ...], tuple[tuple[float, ...], ...]]:
    """Return the hits but for entries of a bibliography, ranked anew: they share words with all and say nothing."""
    kept = [i for i, hit in enumerate(hits) if hit.passage.kind is not PassageKind.REFERENCE]
    ranked = tuple(replace(hits[i], rank=rank) for rank, i in enumerate(kept, start=1))
    return ranked, tuple(similarities[i] for i in kept)
