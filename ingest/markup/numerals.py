"""Numbers as a word processor prints them before notes."""

__all__ = ["numeral"]

_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"))
_ROMAN_ONES = ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))
_SYMBOLS = "*†‡§"


def numeral(number: int, style: str) -> str:
    """Return a number from 1 in a format by its name in Word ('lowerRoman'); in figures where that is not known."""
    if style.endswith("Roman"):
        text = _roman(number)
    elif style.endswith("Letter"):
        text = chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)
    elif style == "chicago":
        text = _SYMBOLS[(number - 1) % 4] * ((number - 1) // 4 + 1)
    else:
        text = str(number)
    return text.upper() if style.startswith("upper") else text


def _roman(number: int) -> str:
    text = ""
    for size, letters in (*_ROMAN, *_ROMAN_ONES):
        text += letters * (number // size)
        number %= size
    return text
