"""Are the quotes literal, and do they stand where the evidence is?"""

from collections.abc import Mapping, Sequence

from core.records import Answer, Citation, Document
from eval.dataset import EvidenceSpan

__all__ = ["citation_precision", "citation_recall", "literalness", "overlaps"]


def overlaps(citation: Citation, gold: Sequence[EvidenceSpan]) -> bool:
    """Say whether a citation shares a character with a gold quote."""
    return any(
        citation.document == g.document and citation.start < g.span[1] and g.span[0] < citation.end for g in gold
    )


def citation_precision(answer: Answer, gold: Sequence[EvidenceSpan]) -> float | None:
    """Return the share of citations that overlap gold evidence; None without citations or evidence."""
    if not answer.citations or not gold:
        return None
    return sum(overlaps(c, gold) for c in answer.citations) / len(answer.citations)


def citation_recall(answer: Answer, quotes: Sequence[Sequence[EvidenceSpan]]) -> float | None:
    """Return the share of gold quotes, each given by all its places, that some citation overlaps."""
    if not quotes:
        return None
    return sum(any(overlaps(c, places) for c in answer.citations) for places in quotes) / len(quotes)


def literalness(answer: Answer, documents: Mapping[str, Document]) -> float | None:
    """Return the share of quotes that stand letter for letter at their offsets; None without citations."""
    if not answer.citations:
        return None
    literal = [documents[c.document].text[c.start : c.end] == c.quote for c in answer.citations]
    return sum(literal) / len(literal)
