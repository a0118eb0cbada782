"""Tell program text and what programs print from sentences."""

import re

__all__ = ["is_code"]

_SIGNS = re.compile(r"[(){}\[\]<>=;|&$#*_\\/^~+@%]")
_OF_CODE = re.compile(r"[{}=|\\<>]|;\s*$|\$[A-Za-z{(]|\w_\w|\w[\w.]*\(|::|#!|--\w")
_ASIDE = re.compile(r"\([^()]*[=<>;][^()]*\)|\$\d")  # statistics, '(t = 3.2; p < 0.01)', and sums of money
_SENTENCE = re.compile(r"[A-Z][^{}\\]*[^\W\d_]\.$")
_LEAST_WORDS = 4  # of a sentence
_FUNCTION_WORDS = frozenset(
    "a an and are as at be by can from has have in is it its may must not of on or that the their there they this to "
    "was were when which will with you".split()
)
_LEAST_SIGNS = 0.08  # of the characters
_MOST_WORDS = 0.12  # of the words that join others


def is_code(text: str) -> bool:
    """Say whether a text is a program's: signs of code stand in it, and few of the words that join others."""
    text = _ASIDE.sub("", text).strip()
    tokens = text.split()
    if not tokens or not _OF_CODE.search(text):
        return False
    if _SENTENCE.match(text) and sum(token.strip(",;:.").isalpha() for token in tokens) >= _LEAST_WORDS:
        return False
    joining = sum(token.strip(".,;:!?()\"'").lower() in _FUNCTION_WORDS for token in tokens)
    signs = len(_SIGNS.findall(text)) / sum(map(len, tokens))
    return joining <= _MOST_WORDS * len(tokens) and signs >= _LEAST_SIGNS
