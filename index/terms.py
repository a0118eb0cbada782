"""Text to terms: what BM25 and the answerer count as the same word."""

import re
import unicodedata
from functools import lru_cache

__all__ = ["analyze"]

_STOP = frozenset(
    "a about above after again all also am an and any are as at be because been before being below between both but by "
    "can could did do does doing down during each few for from further had has have having he her here hers him his "
    "how i if in into is it its itself just may me might more most must my no nor not now of off on once only or other "
    "our ours out over own s same shall she should so some such t than that the their theirs them then there these "
    "they this those through to too under until up upon us very was we were what when where which while who whom whose "
    "why will with would yet you your yours".split()
)
_VOICED = "\u3099\u309a"  # the marks of Japanese that make another letter: ka and ga are not the same
# A figure with its decimals, a run of letters with figures, or one Chinese, Japanese or Korean character.
_TOKEN = re.compile(
    r"\d+(?:\.\d+)*|[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]|[^\W\d_\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]+\d*"
)


def analyze(text: str) -> list[str]:
    """Return the terms of a text in order: accents and case folded, stop words dropped, the rest stemmed.

    '12,400' is one term, '12400'; 'O’Hara's' is 'ohara'; 'rain-fed' is two.
    """
    return list(_analyze(text))


@lru_cache(maxsize=4096)  # the same passages are looked at again and again
def _analyze(text: str) -> tuple[str, ...]:
    folded = re.sub(r"(?<=\d),(?=\d{3}(?!\d))", "", re.sub(r"[’']s\b", "", _fold(text)))
    tokens = _TOKEN.findall(re.sub(r"(?<=\w)[’'](?=\w)", "", folded))
    return tuple(_stem(token) for token in tokens if token not in _STOP)


def _fold(text: str) -> str:
    """Fold case and width and drop accents; marks that are no accents are composed with their letters again."""
    folded = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    return unicodedata.normalize("NFC", "".join(ch for ch in folded if ch in _VOICED or not unicodedata.combining(ch)))


@lru_cache(maxsize=65536)
def _stem(token: str) -> str:
    import Stemmer

    return str(Stemmer.Stemmer("english").stemWord(token))
