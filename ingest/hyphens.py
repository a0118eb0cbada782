"""Join the lines of a paragraph or cell, and undo the hyphens that only a line's end put there."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence

__all__ = ["Vocabulary", "join_lines"]

_WORD = re.compile(r"[^\W\d_]+(?:[-‐’'][^\W\d_]+)*")
_LAST = re.compile(r"[^\W_]+(?:[-‐’'][^\W_]+)*(?=[-‐]$)")
_FIRST = re.compile(r"[^\W_]+(?:[-‐’'][^\W_]+)*")
_UNSPACED_END = re.compile(r"[^\s][–—/‐-]$")
# Letters and marks of Chinese and Japanese, which write no space between words (Korean does).
_CJK = re.compile(
    r"[\u2e80-\u2fdf\u3001-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff01-\uff9f"
    r"\U00020000-\U0003ffff]"
)

# Zipf frequencies (log10 of uses per billion words) of the wordfreq library: 2 is a word one meets now and then.
_KNOWN = 2.0
_COMMON = 3.0


class Vocabulary:
    """The words of one document away from line ends, with the list of English words behind it."""

    def __init__(self, lines: Iterable[str]) -> None:
        self._counts: Counter[str] = Counter()
        for line in lines:
            words = _WORD.findall(line)
            self._counts.update(w.lower() for w in (words[:-1] if line.endswith(("-", "‐")) else words))

    def keeps_hyphen(self, left: str, right: str) -> bool:
        """Say whether the hyphen between `left` and `right`, the two halves of a broken token, belongs to the word.

        The document itself decides where it has the word elsewhere; else the parts next to the hyphen do: a capital
        or figure keeps it, a joined word that the word list knows drops it, and two words of their own keep it.
        """
        whole, hyphened = (left + right).lower(), f"{left}-{right}".lower()
        if self._counts[whole] != self._counts[hyphened]:
            return self._counts[hyphened] > self._counts[whole]
        before, after = re.split(r"[-‐]", left)[-1], re.split(r"[-‐]", right)[0]
        if not (before.isalpha() and after.isalpha()) or after[0].isupper() or (len(before) > 1 and before.isupper()):
            return True
        joined = (before + after).lower()
        if self._counts[joined] or self._frequency(joined) >= _KNOWN:
            return False
        return self._is_word(before) and self._is_word(after)

    def _is_word(self, word: str) -> bool:
        return len(word) > 1 and (self._counts[word.lower()] > 0 or self._frequency(word) >= _COMMON)

    def _frequency(self, word: str) -> float:
        from wordfreq import zipf_frequency

        return float(zipf_frequency(word.lower(), "en"))


def join_lines(lines: Sequence[str], vocabulary: Vocabulary) -> tuple[str, tuple[int, ...]]:
    """Return lines as one, and the offset in it at which each line begins.

    A broken word becomes whole again; a dash or slash at a line's end takes no space, nor do letters of Chinese and
    Japanese on both sides; any other end takes one.
    """
    pieces: list[str] = []
    starts: list[int] = []
    length = 0
    for line in lines:
        text = re.sub(r" {2,}", " ", line.strip(" "))
        before = pieces[-1] if pieces else ""
        if _CJK.match(before[-1:]) and _CJK.match(text):
            pass
        elif before and not _UNSPACED_END.search(before):
            pieces.append(" ")
            length += 1
        elif before and _is_broken(before, text, vocabulary):
            pieces[-1] = before[:-1]
            length -= 1
        starts.append(length)
        pieces.append(text)
        length += len(text)
    return "".join(pieces), tuple(starts)


def _is_broken(left: str, right: str, vocabulary: Vocabulary) -> bool:
    """Say whether the hyphen at the end of `left` is there only because the line ended."""
    broken, rest = _LAST.search(left), _FIRST.match(right)
    return bool(broken and rest and not vocabulary.keeps_hyphen(broken.group(), rest.group()))
