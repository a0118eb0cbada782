"""Tell labels: the short line over a text that names what it speaks of, such as the term of a glossary."""

import re
from collections.abc import Sequence

from ingest.length import count_words
from ingest.sentences import points_back

__all__ = ["is_wordless", "labels", "leads"]

_LONGEST = 8  # words of a label
_SHORTEST = 4  # words of a sentence under one
_STOPS = tuple(".!?:;,…。！？：；，。؟।")
_LETTERS = re.compile(r"[^\W\d_]")
_MARKS = ".,;:!?()[]“”‘’\"'"
_CLOSERS = "’”\"')]」』"


def labels(sentences: Sequence[str]) -> list[bool]:
    """Say of each sentence of a passage whether it is a label.

    A label is a few words without a stop that stand over a whole sentence; one of several such lines is an item of a
    list, and so is what an announcement ends in a colon for.
    """
    bare = [_is_bare(sentence) for sentence in sentences]
    return [
        bare[i]
        and i + 1 < len(sentences)
        and not (i and (bare[i - 1] or sentences[i - 1].rstrip().endswith(":")))
        and not bare[i + 1]
        and sentences[i + 1].rstrip(_CLOSERS).endswith((".", "!", "?", "。"))
        and count_words(sentences[i + 1]) >= _SHORTEST
        for i in range(len(sentences))
    ]


def leads(sentences: Sequence[str]) -> list[str]:
    """Return what each sentence of a passage is read with: the one before, where it points back to it or is its label.

    Empty for a sentence that stands alone.
    """
    labelled = labels(sentences)
    return [
        sentences[i - 1] if i and (labelled[i - 1] or points_back(sentence)) else ""
        for i, sentence in enumerate(sentences)
    ]


def is_wordless(sentence: str) -> bool:
    """Say whether a sentence is figures and signs rather than words: an axis of a plot, a piece of a formula."""
    tokens = sentence.split()
    words = [token for token in tokens if len(_LETTERS.findall(token)) > 1]
    signs = [token for token in tokens if not token.strip(_MARKS).isalpha()]
    return not any(map(str.isalpha, sentence)) or (len(words) < 2 and len(signs) > 2)


def _is_bare(sentence: str) -> bool:
    text = sentence.rstrip(_CLOSERS)
    return count_words(text) <= _LONGEST and any(map(str.isalpha, text)) and not text.endswith(_STOPS)
