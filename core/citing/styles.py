"""Write a document out as a citation: APA 7, Chicago author-date 18 and 17, MLA 9, or BibTeX.

The case of titles is left as it is: which words a style's sentence case would have to keep large, names among them,
cannot be told from a title in title case, and the other way round it differs by language. Whoever needs another case
changes it by hand. Nor is a year given a letter ('2023a'): that is for whoever knows all that a text cites.
"""

from enum import StrEnum
from typing import Literal

from core.citing import apa, bibtex, chicago, mla
from core.citing.works import read_work, rendered
from core.records import Document, Page

__all__ = ["Markup", "Style", "write_in_text", "write_reference"]

Markup = Literal["plain", "markdown"]


class Style(StrEnum):
    """A style of citation; `CHICAGO` is the current, 18th edition."""

    APA = "apa"
    CHICAGO = "chicago"
    CHICAGO_17 = "chicago-17"
    MLA = "mla"
    BIBTEX = "bibtex"


def write_reference(document: Document, style: Style, *, markup: Markup = "plain") -> str:
    """Return a document's entry in a bibliography.

    Args:
        document: whose fields are used; what it does not know is left out (a missing date is 'n.d.' in APA and
            Chicago), and the title takes the place of missing authors.
        style: by whose rules.
        markup: whether italics are lost or written as Markdown; BibTeX has neither.
    """
    work = read_work(document)
    match style:
        case Style.APA:
            text = apa.reference(work)
        case Style.CHICAGO:
            text = chicago.reference(work, chicago.EDITION_18)
        case Style.CHICAGO_17:
            text = chicago.reference(work, chicago.EDITION_17)
        case Style.MLA:
            text = mla.reference(work)
        case Style.BIBTEX:
            return bibtex.reference(work, bibtex.entry_key(work, document))
    return rendered(text, markdown=markup == "markdown")


def write_in_text(document: Document, page: Page | None, style: Style, *, markup: Markup = "plain") -> str:
    r"""Return the citation that stands in the running text, with the page where one is given.

    Args:
        document: what is cited.
        page: as printed (104, 'xii'), a range ('104-106'), or None where the document has no pages.
        style: by whose rules; BibTeX gives biblatex's `\autocite` command.
        markup: as in `write_reference`.
    """
    work = read_work(document)
    match style:
        case Style.APA:
            text = apa.in_text(work, page)
        case Style.CHICAGO:
            text = chicago.in_text(work, page, chicago.EDITION_18)
        case Style.CHICAGO_17:
            text = chicago.in_text(work, page, chicago.EDITION_17)
        case Style.MLA:
            text = mla.in_text(work, page)
        case Style.BIBTEX:
            return bibtex.in_text(bibtex.entry_key(work, document), page)
    return rendered(text, markdown=markup == "markdown")
