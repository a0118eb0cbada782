"""Do the quotes begin and end where words do?"""

from collections.abc import Mapping

from core.records import Answer, Document

__all__ = ["wholeness"]


def wholeness(answer: Answer, documents: Mapping[str, Document]) -> float | None:
    """Return the share of quotes whose offsets cut no word and take in no space at an end; None without citations.

    It catches what literalness cannot: offsets and quote shifted together.
    """
    if not answer.citations:
        return None
    whole = [c.document in documents and _whole(documents[c.document].text, c.start, c.end) for c in answer.citations]
    return sum(whole) / len(whole)


def _whole(text: str, start: int, end: int) -> bool:
    quote = text[start:end]
    inner = quote.strip("\t")  # a row of a table may begin or end with an empty cell
    return inner == quote.strip() != "" and not _cuts(text, start) and not _cuts(text, end)


def _cuts(text: str, offset: int) -> bool:
    return 0 < offset < len(text) and text[offset - 1].isalpha() and text[offset].isalpha()
