"""Bytes as text, whatever their encoding."""

import re

__all__ = ["decode_bytes", "guess_warning"]

_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
# What files are kept in, of equally good guesses the likelier first. Encodings of old machines are left out: they fit
# nearly any bytes.
_USUAL = "cp1252 iso8859_2 cp1250 koi8_r cp1251 gb18030 big5 cp932 euc_jp cp949 cp1253 cp1254 cp1255 cp1256".split()
# A sign inside a word, or a letter of Latin-1 or Latin-2 before a figure ('Ł400'): the wrong one of the two.
_TORN = re.compile(r"[^\W\d_][¡¦©¬®±²³µ¶¹»¼½¾¿](?=[^\W\d_])|[À-ɏ](?=\d)")
_SEARCHED = 65536  # bytes


def decode_bytes(data: bytes, declared: str = "") -> str:
    """Return bytes as text: by their byte order mark, the encoding that they declare, as UTF-8, else by what fits them.

    Bytes that fit no encoding become U+FFFD each.

    Args:
        data: the bytes of a file.
        declared: the encoding that the file itself names, or empty.
    """
    return _decoded(data, declared)[0]


def guess_warning(data: bytes, name: str, declared: str = "") -> tuple[str, ...]:
    """Return a line for the user where the encoding of a file had to be guessed, else none."""
    guess = _decoded(data, declared)[1]
    said = f"{name} is not in UTF-8 and names no encoding that fits: it was read as {guess}; check its accented letters"
    return (said,) if guess else ()


def _decoded(data: bytes, declared: str) -> tuple[str, str]:
    """The text, and the encoding if it had to be guessed."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data.decode(encoding, errors="replace"), ""
    for encoding in filter(None, (declared, _unmarked(data), "utf-8")):
        try:
            return data.decode(encoding), ""
        except (ValueError, LookupError):
            continue
    replaced = data.decode("utf-8", errors="replace")
    broken = replaced.count("\ufffd")
    whole = sum(ch > "\x7f" for ch in replaced) - broken
    # Hardly a letter of another encoding makes a whole one in UTF-8.
    if broken <= whole or (declared in ("utf-8", "utf8") and broken < len(replaced) / 1000):
        return replaced, ""
    guess = _detected(data)
    return data.decode(guess, errors="replace"), guess


def _unmarked(data: bytes) -> str:
    """The encoding of UTF-16 without a mark, in which every other byte of most letters is nothing."""
    sample = data[:_SEARCHED]
    pairs = len(sample) // 2
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    if pairs > 1 and odd > 0.7 * pairs and even < 0.02 * pairs:
        return "utf-16-le"
    return "utf-16-be" if pairs > 1 and even > 0.7 * pairs and odd < 0.02 * pairs else ""


def _detected(data: bytes) -> str:
    """The likeliest of the usual encodings that fit about best, by the shapes of words and the letters' frequency."""
    from charset_normalizer import from_bytes

    sample = data[:_SEARCHED]
    whole = sample[: sample.rfind(b"\n") + 1] if len(sample) < len(data) else sample  # ends within no letter
    found = list(from_bytes(whole or sample, cp_isolation=[*_USUAL], threshold=0.5))
    least = min((match.chaos for match in found), default=0.0)
    tidy = [match for match in found if match.chaos <= least + 0.04]
    torn = [len(_TORN.findall(str(match))) for match in tidy]
    tidy = [match for match, count in zip(tidy, torn, strict=True) if count == min(torn)]
    most = max((match.coherence for match in tidy), default=0.0)
    fitting = {name for match in tidy if match.coherence >= most - 0.04 for name in match.could_be_from_charset}
    return next((name for name in _USUAL if name in fitting), "cp1252")
