"""Tell the words of a page from what stands about them: scripts, navigation, controls, what is hidden from readers."""

import re
from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING

from ingest.markup.tree import DROP, SILENT, ancestors, classes, roles

if TYPE_CHECKING:
    from lxml.etree import _Element

__all__ = ["sift"]

_CONTROLS = frozenset("button input select textarea datalist option optgroup progress meter".split())
_EMBEDDED = frozenset("iframe object embed audio video canvas svg applet noframes map".split())
_LANDMARKS = {"header": "site header", "footer": "site footer", "aside": "sidebar"}
_LANDMARK_ROLES = {"banner": "site header", "contentinfo": "site footer", "complementary": "sidebar"}
_NAVIGATION_ROLES = frozenset({"navigation", "search", "menu", "menubar", "toolbar"})
_NAVIGATION_CLASSES = frozenset({"noprint", "no-print", "mw-editsection", "skip-link", "navheader", "navfooter"})
_MENUS = re.compile(r"(?:nav(?:bar|igation)?|(?:main|sub|side|top)?menu|breadcrumbs?)", re.IGNORECASE)
_LINKED = 0.8  # of the text of a menu
_HIDING = re.compile(r"(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*hidden)\b", re.IGNORECASE)


def sift(
    root: "_Element", keep: Collection["_Element"], sizes: Mapping["_Element", int], *, web: bool
) -> dict["_Element", str]:
    """Return the elements that are no part of the text, each with why.

    Args:
        root: of the tree.
        keep: elements that are part of it whatever they look like: notes, which pages hide until they are wanted.
        sizes: of all elements, by `text_sizes`.
        web: whether it is a page of a site, where a header, footer or aside beside the main text is the site's.
    """
    from lxml import etree

    kept = {above for element in keep for above in ancestors(element)}
    main = _main(root, sizes) if web else frozenset()
    around = {above for element in main for above in element.iterancestors()}
    titled = any(element.find(".//h1") is not None for element in main)
    found: dict[_Element, str] = {}
    inside = 0
    walk = etree.iterwalk(root, events=("start", "end"))
    for event, element in walk:
        if element in main:
            inside += 1 if event == "start" else -1
        if event == "end" or (element in kept and not element.get(DROP)):
            continue
        why = _why(element) or ("navigation" if _is_menu(element, sizes) else "")
        if not why and main and not inside and element not in around and (titled or element.find(".//h1") is None):
            why = _landmark(element)
        if why == "hidden" and sizes[element] > sizes[root] / 2:
            why = ""  # a page that shows its text only once its scripts have run
        if why:
            found[element] = why
            walk.skip_subtree()
    return found


def _why(element: "_Element") -> str:
    tag = element.tag
    if said := element.get(DROP):
        return str(said)
    if tag in SILENT:
        return SILENT[tag]
    if tag in _CONTROLS or (tag == "label" and (element.get("for") or element.find(".//input") is not None)):
        return "form control"
    if tag in _EMBEDDED:
        return "embedded object"
    if tag == "nav" or roles(element) & _NAVIGATION_ROLES or classes(element) & _NAVIGATION_CLASSES:
        return "navigation"
    return "hidden" if _is_hidden(element) else ""


def _is_menu(element: "_Element", sizes: Mapping["_Element", int]) -> bool:
    """Say whether an element is named as a menu is, and says nearly nothing but links to other pages."""
    names = {*classes(element), (element.get("id") or "").lower()}
    if not any(_MENUS.fullmatch(name) for name in names) or not sizes[element]:
        return False
    linked = sum(sizes[link] for link in element.iter("a") if not (link.get("href") or "#").startswith("#"))
    return linked >= _LINKED * sizes[element]


def _is_hidden(element: "_Element") -> bool:
    """Say whether an element is hidden; formulas are, where a picture shows them."""
    said = element.get("hidden", "until-found").lower() != "until-found" or element.get("aria-hidden") == "true"
    if not said and not _HIDING.search(element.get("style") or ""):
        return False
    return element.tag != "math" and element.find(".//math") is None


def _landmark(element: "_Element") -> str:
    role = next((role for role in roles(element) if role in _LANDMARK_ROLES), "")
    return _LANDMARK_ROLES.get(role) or _LANDMARKS.get(element.tag, "")


def _main(root: "_Element", sizes: Mapping["_Element", int]) -> frozenset["_Element"]:
    """The outermost main or article elements, where they hold most of the page's text; else none."""
    for wanted in ("main", "article"):
        found = [e for e in root.iter() if e.tag == wanted or (wanted == "main" and "main" in roles(e))]
        every = set(found)
        outer = [e for e in found if every.isdisjoint(e.iterancestors())]
        if outer and sum(sizes[element] for element in outer) > sizes[root] / 2:
            return frozenset(outer)
    return frozenset()
