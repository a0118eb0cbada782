"""Turn the body of a Word document into a tree of HTML: styles to headings, breaks to pages, notes to links."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ingest.markup.numerals import numeral
from ingest.markup.tree import DROP, KIND
from ingest.markup.wordstyles import Styles, child, local, value

if TYPE_CHECKING:
    from lxml.etree import _Element

__all__ = ["Body"]

_WRAPPERS = frozenset({"ins", "moveTo", "hyperlink", "smartTag", "customXml", "fldSimple", "dir", "bdo", "rubyBase"})
_DELETED = frozenset({"del", "moveFrom"})
_QUOTES = frozenset({"quote", "intense quote", "block text", "block quotation", "block quote", "quotations"})
_LISTED = ("list bullet", "list number", "definition")
_DEEPEST = 8  # levels of lists; Word has nine
_FRONT = frozenset({"title", "subtitle", "author", "authors", "date"})


@dataclass(slots=True)
class Body:
    """A tree that is being made of a document's body.

    `formats` are the number formats of footnotes and endnotes; `page` is the page that has been reached, `paged` says
    whether the document tells where any begins, and `refs` are the notes referred to, each with the page of its marker.
    """

    styles: Styles
    formats: Mapping[str, str]
    root: "_Element"
    page: int = 1
    paged: bool = False
    refs: dict[str, int] = field(default_factory=dict)
    _counts: dict[str, int] = field(default_factory=dict)
    _fresh: bool = True  # whether nothing was written since the page began
    _left: list["_Element"] = field(default_factory=list)  # content of paragraphs whose end was deleted
    _sections: dict["_Element", str] = field(default_factory=dict)  # each with how the section after it begins

    def read(self, body: "_Element") -> None:
        """Append what a document's body holds."""
        sections = [element for element in body.iter() if local(element) == "sectPr"]
        types = [value(child(element, "type")) for element in sections]
        self._sections = dict(zip(sections, types[1:], strict=False))
        self.blocks(body, self.root)

    def blocks(self, parent: "_Element", out: "_Element") -> None:
        """Append the paragraphs and tables of an element to `out`."""
        for element in _unwrapped(parent, _WRAPPERS):
            name = local(element)
            if name == "p":
                self._paragraph(element, out)
            elif name == "tbl":
                self._table(element, out)
            elif name == "sdt":
                gallery = next((value(e) for e in element.iter() if local(e) == "docPartGallery"), "")
                content = child(element, "sdtContent")
                if content is not None:
                    self.blocks(content, _sub(out, "nav") if gallery == "Table of Contents" else out)
            elif name in ("oMathPara", "oMath"):
                self._inline(element, _sub(out, "p"))

    def _paragraph(self, paragraph: "_Element", out: "_Element") -> None:
        properties = child(paragraph, "pPr")
        mark = child(properties, "rPr")
        content = [*self._left, *(e for e in paragraph if local(e) != "pPr")]
        self._left = []
        if mark is not None and child(mark, "del") is not None:
            self._left = content
            return
        style = self.styles.of(properties)
        if _is_on(child(properties, "pageBreakBefore")) and not self._fresh:
            self._turn(out)
        if style.name.startswith(("toc ", "table of figures", "index ")):
            into = _sub(_sub(out, "nav"), "p")
        elif style.name in _FRONT:
            into = _sub(out, "p", {KIND: "front"})
        elif style.name == "caption":
            into = _sub(out, "p", {KIND: "caption"})
        elif style.name in _QUOTES:
            into = _sub(_quotation(out), "p")
        elif style.level:
            into = _sub(out, f"h{min(style.level, 6)}")
        else:
            into = _sub(_item(out, properties, style.name), "p")
        for element in content:
            self._inline(element, into)
        section = child(properties, "sectPr")
        if section is not None and self._ends_page(section):
            self._turn(out)

    def _ends_page(self, section: "_Element") -> bool:
        """Say whether the section after this one begins a page; behind the last there is none."""
        return self._sections.get(section, "continuous") not in ("continuous", "nextColumn")

    def _inline(self, element: "_Element", out: "_Element") -> None:
        name = local(element)
        if name == "r":
            self._run(element, out)
        elif name in _DELETED:
            _sub(out, "span", {DROP: "deleted"}).text = _all_text(element, ("delText", "t"))
        elif name in ("oMath", "oMathPara"):
            self._write(out, _all_text(element, ("t",)))
        elif name == "AlternateContent":
            choice = child(element, "Choice")
            for inner in element if choice is None else choice:
                self._inline(inner, out)
        elif name in _WRAPPERS or name in ("sdt", "sdtContent", "ruby"):
            for inner in element:
                self._inline(inner, out)
        elif name in ("drawing", "pict", "object"):
            self._text_boxes(element, out)
        elif name in ("tbl", "p"):
            self.blocks(element, out)

    def _run(self, run: "_Element", out: "_Element") -> None:
        properties = child(run, "rPr")
        if properties is not None and _is_on(child(properties, "vanish")):
            _sub(out, "span", {DROP: "hidden"}).text = _all_text(run, ("t",))
            return
        for element in run:
            name = local(element)
            if name in ("t", "tab", "ptab", "noBreakHyphen", "sym"):
                self._write(out, _literal(element, name))
            elif name == "br" and value(element, "type") == "page":
                self._turn(out)
            elif name in ("br", "cr"):
                _sub(out, "br")
            elif name == "lastRenderedPageBreak":
                if not self._fresh:  # else it is where the break before it shows
                    self._turn(out)
            elif name in ("footnoteReference", "endnoteReference"):
                out = self._reference(element, name.removesuffix("Reference"), out)
            else:
                self._inline(element, out)

    def _reference(self, element: "_Element", kind: str, out: "_Element") -> "_Element":
        """Append a note's marker; return where its run goes on, which is in the marker when that is the author's."""
        key = f"{kind}-{value(element, 'id')}"
        self.refs.setdefault(key, self.page)
        link = _sub(_sub(out, "sup"), "a", {"href": f"#{key}", "role": "doc-noteref"})
        if value(element, "customMarkFollows") not in ("", "0", "false"):
            return link
        self._counts[kind] = self._counts.get(kind, 0) + 1
        link.text = numeral(self._counts[kind], self.formats.get(kind, ""))
        return out

    def _text_boxes(self, element: "_Element", out: "_Element") -> None:
        for box in element.iter():
            if local(box) == "txbxContent":
                text = " ".join(_all_text(paragraph, ("t",)) for paragraph in box)
                _sub(out, "span", {DROP: "text box"}).text = text

    def _write(self, out: "_Element", text: str) -> None:
        if text:
            self._fresh = self._fresh and not text.strip()
            _sub(out, "span").text = text  # text added to text would be copied as often as it is added to

    def _turn(self, out: "_Element") -> None:
        self.page += 1
        self.paged = self._fresh = True
        _sub(out, "span", {"role": "doc-pagebreak", "title": str(self.page)})

    def _table(self, table: "_Element", out: "_Element") -> None:
        html = _sub(out, "table")
        above: dict[int, _Element] = {}  # the cell that stands in each column
        for row in _unwrapped(table, _WRAPPERS | {"sdt", "sdtContent"}):
            properties = child(row, "trPr")
            if local(row) != "tr" or (properties is not None and child(properties, "del") is not None):
                continue
            is_head = properties is not None and _is_on(child(properties, "tblHeader"))
            line = _sub(html, "tr")
            column = _count(value(child(properties, "gridBefore")), 0)
            if column:
                _sub(line, "td", {"colspan": str(column)})
            for cell in _unwrapped(row, _WRAPPERS | {"sdt", "sdtContent"}):
                if local(cell) == "tc":
                    column += self._cell(cell, line, "th" if is_head else "td", above, column)

    def _cell(self, cell: "_Element", row: "_Element", tag: str, above: dict[int, "_Element"], column: int) -> int:
        """Append a cell to its row, or let the one above go on; return how many columns it takes."""
        properties = child(cell, "tcPr")
        columns = _count(value(child(properties, "gridSpan")), 1)
        merge = child(properties, "vMerge")
        goes_on = merge is not None and value(merge) != "restart" and column in above
        if goes_on and not _all_text(cell, ("t",)).strip():
            above[column].set("rowspan", str(int(above[column].get("rowspan", "1")) + 1))
            return columns
        html = _sub(row, tag, {"colspan": str(columns)} if columns > 1 else {})
        above[column] = html
        self.blocks(cell, html)
        return columns


def _sub(out: "_Element", tag: str, attributes: Mapping[str, str] | None = None) -> "_Element":
    from lxml import etree

    return etree.SubElement(out, tag, attributes or {})


def _quotation(out: "_Element") -> "_Element":
    """The block quotation that `out` ends with, for one more paragraph, or a new one."""
    last = out[-1] if len(out) else None
    return last if last is not None and last.tag == "blockquote" else _sub(out, "blockquote")


def _unwrapped(parent: "_Element", wrappers: frozenset[str]) -> Iterator["_Element"]:
    """An element's children, those inside wrappers in their place."""
    for element in parent:
        if local(element) in wrappers:
            yield from _unwrapped(element, wrappers)
        else:
            yield element


def _all_text(element: "_Element", names: Sequence[str]) -> str:
    return "".join(e.text or "" for e in element.iter() if local(e) in names)


def _item(out: "_Element", properties: "_Element | None", style: str) -> "_Element":
    """Return where a paragraph goes: one with a number or bullet into an item of a list, as deep as it stands."""
    numbering = child(properties, "numPr")
    if value(child(numbering, "numId")) == "0" or (numbering is None and not style.startswith(_LISTED)):
        return out
    depth = value(child(numbering, "ilvl"))
    for _ in range(min(int(depth), _DEEPEST) + 1 if depth.isdigit() else 1):
        out = _sub(out, "li")
    return out


def _is_on(element: "_Element | None") -> bool:
    return element is not None and value(element) not in ("0", "false", "off")


def _count(said: str, otherwise: int) -> int:
    return min(int(said), 1000) if said.isascii() and said.isdigit() and len(said) < 6 else otherwise


def _literal(element: "_Element", name: str) -> str:
    """What an element of a run stands for."""
    if name == "t":
        return element.text or ""
    if name == "sym":
        return _symbol(value(element, "char"))
    return "-" if name == "noBreakHyphen" else " "


def _symbol(code: str) -> str:
    """A symbol by its code; those of symbol fonts have codes that no other font knows."""
    number = int(code, 16) if re.fullmatch(r"[0-9A-Fa-f]{1,6}", code) else 0
    return "" if number < 0x20 or 0xD800 <= number <= 0xF8FF or number > 0xFFFD else chr(number)
