"""Numbers as a word processor prints them before notes."""

from ingest.paging import to_roman

__all__ = ["numeral"]

_SYMBOLS = "*†‡§"


def numeral(number: int, style: str) -> str:
    """Return a number from 1 in a format by its name in Word ('lowerRoman'); in figures where that is not known."""
    if style.endswith("Roman"):
        text = to_roman(number)
    elif style.endswith("Letter"):
        text = chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)
    elif style == "chicago":
        text = _SYMBOLS[(number - 1) % 4] * ((number - 1) // 4 + 1)
    else:
        text = str(number)
    return text.upper() if style.startswith("upper") else text
