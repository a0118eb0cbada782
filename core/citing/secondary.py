"""Cite what a document reports or quotes from another work that one has not read oneself.

APA 7, section 8.6: '(Rabbitt, 1982, as cited in Lyon et al., 2014)', and only the work read in the list of references.
Chicago 17, sections 14.260 and 15.56: 'quoted in', so for words taken over, and 'cited in' for what is reported. MLA 9,
chapter 6: 'qtd. in'. BibTeX: the entry of the work read, with biblatex's field `note` (manual, section 2.2.2).
"""

from collections.abc import Sequence

from core.citing import apa, bibtex, chicago, mla
from core.citing.styles import Markup, Style
from core.citing.works import is_range, locator, read_work, rendered
from core.records import CitedSource, Document, Page

__all__ = ["write_secondary"]

_WHOLE = {Style.APA: 2, Style.CHICAGO: 2, Style.CHICAGO_17: 3, Style.MLA: 2, Style.BIBTEX: 2}  # authors named at most


def write_secondary(  # noqa: PLR0913 - what is cited, where, and how
    document: Document,
    page: Page | None,
    style: Style,
    *,
    works: Sequence[CitedSource] = (),
    speakers: Sequence[str] = (),
    quoted: bool = False,
    markup: Markup = "plain",
) -> str:
    """Return the citation of works as a document cites them: '(Bell, 2021, as cited in Dorn, 2023, p. 3)'.

    Args:
        document: the work that was read; title and 'n.d.' stand for authors and year as everywhere.
        page: where in it; several as '104, 106'.
        style: by whose rules.
        works: what it cites there; an unknown year is left out (APA 8.6).
        speakers: who is named where no work is cited.
        quoted: whether the words are taken over, and not just reported.
        markup: as in `write_reference`.

    Returns:
        Nothing where there are neither works nor speakers.
    """
    named = list(dict.fromkeys([_original(cited, document, style) for cited in works] or speakers))
    if not named:
        return ""
    work, original = read_work(document), "; ".join(named)
    match style:
        case Style.APA:
            text = f"({original}, as cited in {apa.in_text(work, page)[1:]}"
        case Style.CHICAGO | Style.CHICAGO_17:
            edition = chicago.EDITION_18 if style is Style.CHICAGO else chicago.EDITION_17
            text = f"({original}, {'quoted' if quoted else 'cited'} in {chicago.in_text(work, page, edition)[1:]}"
        case Style.MLA:
            text = f"({original} qtd. in {mla.in_text(work, page)[1:]}"
        case Style.BIBTEX:
            place = locator(page)
            where = f" on {'pp.' if is_range(place) else 'p.'} {place}" if place else " there"
            note = f"{original}, {'quoted' if quoted else 'cited'}{where}"
            return bibtex.reference(work, bibtex.entry_key(work, document), note=note)
    return rendered(text, markdown=markup == "markdown")


def _original(cited: CitedSource, document: Document, style: Style) -> str:
    """A work as it is named in the text, by the names and year that are printed or that its entry has."""
    authors, year, more = cited.authors, cited.year, cited.et_al
    if not authors and cited.reference is not None:
        entry = document.references[cited.reference]
        authors, year = entry.authors or tuple(filter(None, [entry.title])), entry.year
    if not authors:
        return cited.raw
    if more or len(authors) > _WHOLE[style]:
        names = f"{authors[0]} et al."
    elif len(authors) == 3:
        names = f"{authors[0]}, {authors[1]}, and {authors[2]}"
    else:
        names = (" & " if style is Style.APA else " and ").join(authors)
    if style is Style.MLA or not year:
        return names
    return f"{names}, {year}" if style is Style.APA else f"{names} {year}"
