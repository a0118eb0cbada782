"""Find the notes of a page: the links in its text that are markers, the elements they lead to, and the links back."""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ingest.markup.tree import BLOCKS, HEADINGS, ancestors, classes, roles, words

if TYPE_CHECKING:
    from lxml.etree import _Element

__all__ = ["Anchors", "find_anchors"]

_BRACKETS = "[]()^ "
_CLOSERS = frozenset("])")
_MARKER = re.compile(
    r"[\[(]?(?:\d{1,4}|([a-z])\1?|[ivxlc]{1,7}|[*†‡§¶#‖]{1,4}|(?:note|nb|n\.?|fn\.?)\s?\d{1,3})[\])]?$", re.IGNORECASE
)
_NUMBER = re.compile(r"[\[(]?(\d{1,4}|[*†‡§])(?=[\])\s.])")
_BACK = re.compile(r"\b(?:back|return|jump|zurück|retour|volver)\b", re.IGNORECASE)
_NOTE_ROLES = frozenset({"footnote", "endnote", "rearnote"})
_REF_CLASSES = frozenset({"footnote-ref", "footnoteref", "footnote-reference", "noteref", "note-ref"})
_HOLDERS = frozenset({"li", "p", "div", "aside", "dd", "dt", "section", "blockquote", "tr"})
_LONGEST_MARKER = 40  # characters
_LONGEST = 5_000  # characters; what is longer is a part of the text that a link leads to, not a note


@dataclass(frozen=True, slots=True)
class Anchors:
    """The notes of a tree.

    `notes` are their elements with the label of each, `marks` the elements of their markers in the text, and `backs`
    the elements that only lead from a note back to its marker.
    """

    notes: dict["_Element", str] = field(default_factory=dict)
    marks: set["_Element"] = field(default_factory=set)
    backs: set["_Element"] = field(default_factory=set)


def find_anchors(root: "_Element", sizes: Mapping["_Element", int]) -> Anchors:
    """Return the notes of a tree in which each id stands once and links inside it are '#id'.

    Args:
        root: of the tree.
        sizes: of all elements, by `text_sizes`.
    """
    found = Anchors()
    order = {element: i for i, element in enumerate(root.iter())}
    targets = _targets(root)
    notes_at: dict[_Element, _Element | None] = {}
    backs_of: dict[_Element, frozenset[str]] = {}
    origins: dict[_Element, set[str]] = {}
    for link in root.iter("a"):
        target = targets.get(_goal(link))
        if target is None or not (_MARKER.match(words(link)) or _is_explicit(link)):
            continue
        if target not in notes_at:
            notes_at[target] = _note_at(target, sizes)
        note = notes_at[target]
        if note is None or note in ancestors(link):
            continue
        if note not in backs_of:
            backs_of[note] = frozenset(map(_goal, note.iter("a")))
        if not _is_marker(link, backs_of[note], order[note] < order[link]):
            continue
        mark = _with_brackets(link)
        found.marks.add(mark)
        found.notes.setdefault(note, words(mark).strip(_BRACKETS))
        origins.setdefault(note, set()).update(_names(link))
    _add_unlinked(root, found)
    for note, label in tuple(found.notes.items()):
        found.backs.update(_backs(note, label, origins.get(note, set())))
    found.backs.update(element for element in root.iter() if "backlink" in roles(element))
    return found


def _targets(root: "_Element") -> Mapping[str, "_Element"]:
    targets: dict[str, _Element] = {}
    for element in root.iter():
        for key in (element.get("id"), element.get("name") if element.tag == "a" else None):
            if key:
                targets.setdefault(key, element)
    return targets


def _goal(link: "_Element") -> str:
    """The id that a link leads to; one in a saved page may have the page's address before it."""
    from urllib.parse import unquote

    return unquote((link.get("href") or "").partition("#")[2])


def _names(link: "_Element") -> Iterator[str]:
    """The ids by which something can lead back to a link: its own and those around it, up to its block."""
    for element in ancestors(link):
        yield from filter(None, (element.get("id"), element.get("name")))
        if element.tag in BLOCKS:
            break


def _note_at(target: "_Element", sizes: Mapping["_Element", int]) -> "_Element | None":
    """The note that a link to `target` leads to, if that can be one."""
    note = next((element for element in ancestors(target) if element.tag in BLOCKS), None)
    if note is None or note.tag not in _HOLDERS:
        return None
    while (above := note.getparent()) is not None and above.index(note) == 0 and not (above.text or "").strip():
        if above.tag not in ("li", "dd") and not roles(above) & _NOTE_ROLES:
            break
        note = above
    if note.tag == "dt":
        note = note.getnext()
    if note is None or not 0 < sizes[note] <= _LONGEST or any(element.tag in HEADINGS for element in note.iter()):
        return None
    return note


def _is_marker(link: "_Element", backs: Collection[str], follows: bool) -> bool:
    """Say whether a short link to what can be a note is a marker of it, not an entry of a list or a link back.

    `backs` are the ids that links in the note lead to; `follows` says whether the link comes after the note.
    """
    if _is_explicit(link):
        return True
    if follows:
        return False
    if classes(link) & _REF_CLASSES or _is_raised(link):
        return True
    if words(link)[0] in "[(" or (link.tail or "")[:1] in _CLOSERS:
        return True
    return any(name in backs for name in _names(link))


def _is_explicit(link: "_Element") -> bool:
    """Say whether the page calls a link the marker of a note."""
    return bool(roles(link) & {"noteref", "biblioref"}) and 0 < len(words(link)) <= _LONGEST_MARKER


def _is_raised(link: "_Element") -> bool:
    """Say whether a link is set above the line."""
    inside = list(link)
    if len(inside) == 1 and inside[0].tag == "sup" and not (link.text or "").strip():
        return True
    for element in ancestors(link):
        if element.tag == "sup" or "super" in (element.get("style") or ""):
            return True
        if element.tag in BLOCKS:
            break
    return False


def _with_brackets(link: "_Element") -> "_Element":
    """The outermost inline element around a link that holds only it and brackets."""
    mark = link
    text = words(link).strip(_BRACKETS)
    while (above := mark.getparent()) is not None and above.tag not in BLOCKS:
        if len(above) > 1 or words(above).strip(_BRACKETS) != text:
            break
        mark = above
    return mark


def _add_unlinked(root: "_Element", found: Anchors) -> None:
    """Add the notes that the page calls so and that no marker leads to."""
    known = {above for note in found.notes for above in ancestors(note)}
    for element in root.iter():
        if not roles(element) & _NOTE_ROLES or element.tag not in BLOCKS or element in known:
            continue
        if not any(above in found.notes for above in element.iterancestors()):
            number = _NUMBER.match(words(element))
            found.notes[element] = number.group(1) if number else ""


def _backs(note: "_Element", label: str, origins: set[str]) -> Iterator["_Element"]:
    for element in note.iter():
        if any("backlink" in name or "back-link" in name or "backref" in name for name in classes(element)):
            yield element
        elif element.tag == "a" and _goal(element) in origins:
            text = words(element)
            if text.strip(_BRACKETS) != label and (len(text) <= 2 or _BACK.search(text)):
                yield element
