"""Choose the sentences to quote: the best, and those near it in worth, one to three in all."""

from collections.abc import Sequence

from answer.evidence import Evidence

__all__ = ["select_quotes"]

MOST_QUOTES = 3
MOST_WORDS = 110  # of all quotes together; a longer single sentence is quoted whole
MARGIN = 2.0  # how far below the best score a sentence may lie and still be quoted


def select_quotes(evidence: Sequence[Evidence]) -> tuple[Evidence, ...]:
    """Return the sentences to quote: best passage first, and within a passage in the order of the text.

    Args:
        evidence: scored sentences, best first; not empty.
    """
    chosen: list[Evidence] = [evidence[0]]
    words = len(evidence[0].text.split())
    for candidate in evidence[1:]:
        length = len(candidate.text.split())
        if candidate.score < evidence[0].score - MARGIN or len(chosen) == MOST_QUOTES:
            break
        if words + length <= MOST_WORDS and not any(candidate.text == e.text for e in chosen):
            chosen.append(candidate)
            words += length
    places = {e.hit.passage.id: i for i, e in reversed(list(enumerate(chosen)))}
    return tuple(sorted(chosen, key=lambda e: (places[e.hit.passage.id], e.span)))
