"""Write HTML and SVG in which text can never become markup."""

from collections.abc import Iterable
from html import escape

__all__ = ["Markup", "join", "tag"]


class Markup(str):
    """Text that is markup already, made by `tag`; all other text is escaped."""

    __slots__ = ()


def tag(name: str, *children: str, **attributes: str | float) -> Markup:
    """Return an element. Children that are not Markup are escaped, and so are the values of attributes.

    An underscore of an attribute's name stands for a hyphen, and one at its end is dropped (`class_`).
    """
    named = "".join(f' {key.rstrip("_").replace("_", "-")}="{_value(value)}"' for key, value in attributes.items())
    return Markup(f"<{name}{named}>{join(children)}</{name}>")


def join(children: Iterable[str]) -> Markup:
    """Return elements and texts one after another; the texts are escaped."""
    return Markup("".join(child if isinstance(child, Markup) else escape(child) for child in children))


def _value(value: str | float) -> str:
    return escape(value) if isinstance(value, str) else f"{value:.1f}".removesuffix(".0")
