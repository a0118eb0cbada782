"""Hold a sentence that a language model wrote against the passages that it was given."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from answer.evidence import Evidence
from answer.rulings.polar import read_statement
from answer.rulings.stance import affirms, is_unsure
from answer.verify import Finding, Source, proper_words, read_claim, read_sources, verify
from answer.verify.rows import names_column
from answer.writing.reduction import addresses_reader, is_reduction, only_reorders, takes_back
from answer.writing.sentences import Written
from core.records import Hit, Span, Verdict
from index import Index

__all__ = ["Fate", "Judge", "Judged"]

_NEAR = 0.6  # cosine from which a sentence is what another one tried to say
_PRONOUN = re.compile(
    r"(?:it|its|they|their|he|his|she|her|this|these|that|those|such|the (?:former|latter|same)|both|here|there|"
    r"(?:in|at|by|after|before|of|with|for) (?:it|them|him|her|this|that|these|those))\b",
    re.IGNORECASE,
)
_MARKUP = re.compile(r"https?:|www\.|[<>{}\\|]|\]\(|!\[")
_BEYOND = re.compile(
    r"\b(?:most|least|more|less|fewer|than|only|all|every|each|no|not|never|none|both|same|other|\w{2,}est)\b",
    re.IGNORECASE,
)
_OTHER_MARKS = re.compile(r"[:“”\"‘]|\bthat\b")


class Fate(StrEnum):
    """What becomes of a sentence that a model wrote."""

    KEPT = "kept"
    REPLACED = "replaced"
    STRUCK = "struck"


@dataclass(frozen=True, slots=True)
class Judged:
    """A sentence, what becomes of it, and the sentence of the document that bears it out or stands in its place."""

    text: str
    fate: Fate
    quote: Evidence | None = None


class Judge:
    """Judges what is written from the passages of one index; safe to share between threads."""

    def __init__(self, index: Index) -> None:
        self._index = index

    def judge(
        self, written: Written, hits: Sequence[Hit], quoted: Sequence[tuple[str, Span]], before: Evidence | None = None
    ) -> Judged:
        """Judge a sentence: kept if a sentence or row of a passage says just that, else replaced or struck.

        Args:
            written: the sentence, and the passages that it cites, which are tried first.
            hits: the passages, numbered from 1.
            quoted: the places that answer by Ibid's own judgement, which alone may stand in a sentence's place, but for
                those that say otherwise.
            before: what the sentence before it rests on, which is all that a pronoun may mean.
        """
        similarities = self._index.sentence_similarities(written.text, hits)
        sources = read_sources(hits, similarities, self._index.documents)
        cited = {hits[n - 1].passage.id for n in written.numbers if 0 < n <= len(hits)}
        ordered = sorted(sources, key=lambda source: source.hit.passage.id not in cited)
        known = proper_words([hit.passage.text for hit in hits])
        finding = verify(read_claim(written.text, self._index.variants, known), sources, self._index.idf)
        may_stand = not _MARKUP.search(written.text) and not addresses_reader(written.text)
        if finding.verdict is Verdict.SUPPORTED and may_stand:
            borne = next((s for s in ordered if self._says(s, written, finding)), None)
            if borne and (not _PRONOUN.match(written.text) or _goes_on(borne, before)):
                return Judged(written.text, Fate.KEPT, _evidence(borne))
        instead = _instead(finding, sources, quoted)
        return Judged(written.text, Fate.REPLACED if instead else Fate.STRUCK, _evidence(instead) if instead else None)

    def _says(self, source: Source, written: Written, finding: Finding) -> bool:
        text = written.text
        if source.cells:
            return not written.cut and _row_says(source, text, finding, self._index)
        if is_reduction(text, source.said):
            return True
        statement = None if written.cut else read_statement(f"Is it true that {text.rstrip('.')}?")
        if not statement or addresses_reader(source.said) or is_unsure(source.said, text):
            return False
        if any(mark not in text for mark in _OTHER_MARKS.findall(source.said)) or takes_back(source.said, text):
            return False
        return only_reorders(text, source.said) and affirms(statement.clauses, source.said, whole=True) is True


def _row_says(source: Source, text: str, finding: Finding, index: Index) -> bool:
    """Say whether a row says a sentence: its words and figures, in columns that it names, and nothing compared."""
    claim = read_claim(text, index.variants)
    plain = finding.sources == (source,) and not finding.unsaid and not claim.denied and not _BEYOND.search(text)
    return plain and len(claim.quantities) > 0 and names_column(claim, source)


def _goes_on(source: Source, before: Evidence | None) -> bool:
    """Say whether a sentence stands where another one does, or follows it."""
    if before is None or before.hit.passage.id != source.hit.passage.id:
        return False
    spans = source.hit.passage.sentences
    return spans.index(source.span) - spans.index(before.span) in (0, 1)


def _instead(finding: Finding, sources: Sequence[Source], quoted: Sequence[tuple[str, Span]]) -> Source | None:
    """What is quoted in place of a sentence: what says otherwise, or the nearest of what answers; never a command."""
    answering = [s for s in sources if (s.hit.passage.document_id, s.span) in quoted and s.cosine >= _NEAR]
    nearest = max(answering, key=lambda s: s.cosine, default=None)
    instead = finding.sources[0] if finding.verdict is Verdict.CONTRADICTED else nearest
    return None if instead is None or addresses_reader(instead.said) else instead


def _evidence(source: Source) -> Evidence:
    return Evidence(source.hit, source.span, source.text)
