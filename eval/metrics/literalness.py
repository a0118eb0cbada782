"""Are the quotes literal?"""

from collections.abc import Mapping

from core.records import Answer, Document

__all__ = ["literalness"]


def literalness(answer: Answer, documents: Mapping[str, Document]) -> float | None:
    """Return the share of quotes that stand letter for letter at their offsets; None without citations.

    A quote of a document that is not known stands nowhere.
    """
    if not answer.citations:
        return None
    literal = [
        c.document in documents and documents[c.document].text[c.start : c.end] == c.quote for c in answer.citations
    ]
    return sum(literal) / len(literal)
