"""The paragraph styles of a Word document, and how its XML is looked at: by local names, in either namespace."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.etree import _Element

__all__ = ["Style", "Styles", "child", "local", "read_styles", "value"]

_HEADING = re.compile(r"heading\s?([1-9])$", re.IGNORECASE)
_SPECIAL = frozenset({"title", "subtitle", "caption", "author", "authors", "date"})
_DEEPEST = 20  # styles based on each other; more is a circle


@dataclass(frozen=True, slots=True)
class Style:
    """A paragraph style: its name in lower case, and its heading level from 1, or 0."""

    name: str = ""
    level: int = 0
    parent: str = ""


@dataclass(frozen=True, slots=True)
class Styles:
    """The styles of a document by id, each with what it takes over from those it is based on."""

    known: Mapping[str, Style]

    def of(self, properties: "_Element | None") -> Style:
        """Return the style of a paragraph by its properties, of which an outline level of its own wins."""
        if properties is None:
            return Style()
        key = value(child(properties, "pStyle"))
        style = self._resolved(key)
        level = _outline(child(properties, "outlineLvl"))
        return style if level is None else Style(style.name, level)

    def _resolved(self, key: str) -> Style:
        if key not in self.known:
            match = _HEADING.match(key)
            return Style(key.lower(), int(match.group(1)) if match else 0)
        style = self.known[key]
        name, level = style.name, style.level
        for _ in range(_DEEPEST):
            if level or name in _SPECIAL or style.parent not in self.known:
                break
            style = self.known[style.parent]
            level = style.level
            name = style.name if style.name in _SPECIAL else name
        return Style(name, 0 if name in _SPECIAL else max(level, 0))


def read_styles(root: "_Element | None") -> Styles:
    """Return the paragraph styles of a document's styles part; none when it has none."""
    known: dict[str, Style] = {}
    for element in root if root is not None else ():
        if local(element) == "style" and value(element, "type") in ("paragraph", ""):
            name = value(child(element, "name")).lower()
            match = _HEADING.match(name)
            outline = _outline(child(child(element, "pPr"), "outlineLvl"))
            level = int(match.group(1)) if match else outline or 0
            known[value(element, "styleId")] = Style(name, level, value(child(element, "basedOn")))
    return Styles(known)


def local(element: "_Element") -> str:
    """Return an element's name without its namespace; nothing for an entity or comment."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def child(element: "_Element | None", name: str) -> "_Element | None":
    """Return an element's first child of a name, or None."""
    return None if element is None else next((e for e in element if local(e) == name), None)


def value(element: "_Element | None", name: str = "val") -> str:
    """Return an attribute of an element by its local name, or nothing."""
    if element is None:
        return ""
    return next((v for k, v in element.items() if k.rpartition("}")[2] == name), "")


def _outline(element: "_Element | None") -> int | None:
    """An outline level as a heading level: 0 for text, None where nothing is said."""
    said = value(element)
    return None if not said.isdigit() else int(said) + 1 if int(said) < 9 else 0
