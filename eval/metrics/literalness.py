"""Are the quotes literal?"""

from collections.abc import Mapping

from core.records import Answer, Document

__all__ = ["literalness"]


def literalness(answer: Answer, documents: Mapping[str, Document]) -> float | None:
    """Return the share of quotes that stand letter for letter at their offsets; None without citations."""
    if not answer.citations:
        return None
    literal = [documents[c.document].text[c.start : c.end] == c.quote for c in answer.citations]
    return sum(literal) / len(literal)
