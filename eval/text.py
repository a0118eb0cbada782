"""How texts are made comparable before a fact is looked for in one."""

import re
import unicodedata

__all__ = ["normalize"]

_PLAIN = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-", "‐": "-"})


def normalize(text: str) -> str:
    """Return a text in lower case with plain quotes and dashes, single spaces, and no compatibility forms (NFKC)."""
    folded = unicodedata.normalize("NFKC", text).translate(_PLAIN).casefold()
    return re.sub(r"\s+", " ", folded).strip()
