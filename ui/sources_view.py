"""The sources that documents cite as HTML: the most cited as bars, all in a table, a work's places; all escaped."""

from collections.abc import Mapping, Sequence
from html import escape

from core.records import Document
from core.wording import count_of
from ui.quoting import place_text, quote_button, quoted_html, target
from ui.works import CitedWork

__all__ = ["places_html", "sources_html"]

_BARS = 10  # works in the plot
_FEWEST = 2  # places of a work in the plot; where all have one there is nothing to compare
_NAMED = 5  # documents without a bibliography that are named
_COLUMNS = (("authors", "Work"), ("year", "Year"), ("count", "Places"))
_FORMS = (("csv", "CSV"), ("json", "JSON"), ("markdown", "Markdown"), ("bibtex", "BibTeX"))


def sources_html(works: Sequence[CitedWork], documents: Mapping[str, Document], of: int = 0) -> str:
    """Return the index of what documents cite; the script filters, sorts and opens it.

    Args:
        works: in the order in which the table begins.
        documents: those that were read, by id.
        of: how many there are.
    """
    if not works:
        return _nothing(documents)
    several = max(of, len(documents)) > 1
    forms = "".join(f'<button type="button" class="ibid-export" data-form="{f}">{name}</button>' for f, name in _FORMS)
    named = count_of(len(works), "work")
    places = count_of(sum(len(work.places) for work in works), "place")
    return (
        '<div class="ibid-cites"><div class="ibid-overview">'
        f"<h2>What the {'documents cite' if several else 'document cites'}</h2>"
        f'<p class="ibid-told">{named} in {places}.{_read_of(len(documents), of)}'
        f"{_unlisted(documents)}</p>"
        f'{_most_cited(works)}<p class="ibid-exports"><span>Download all as</span> {forms}</p></div>'
        '<div class="ibid-index"><p class="ibid-filters"><label>Filter <input type="search" class="ibid-filter" '
        'placeholder="Author, year or title" autocomplete="off" spellcheck="false"></label>'
        f'<span class="ibid-matching" role="status">{named}</span></p>{_table(works)}</div></div>'
    )


def places_html(work: CitedWork, documents: Mapping[str, Document]) -> str:
    """Return a work's entry in the bibliography and its places, each a button that opens the reader at the sentence."""
    entry = f'<p class="ibid-reference">{escape(work.reference)}</p>' if work.reference else ""
    items = []
    for place in work.places:
        document, span = documents[place.document], place.cited.sentence
        label = place_text(document.id, place.section, place.page, documents)
        label = " · ".join(filter(None, (label, f"cites {place.cited.locator}" if place.cited.locator else "")))
        opens = target(document, span, place.section, place.page)
        items.append(f"<li>{quote_button(opens, quoted_html(document, span), escape(label))}</li>")
    return f'{entry}<ul class="ibid-sources ibid-nearest" aria-label="Places">{"".join(items)}</ul>'


def _nothing(documents: Mapping[str, Document]) -> str:
    said = "The documents cite no works" if len(documents) > 1 else "The document cites no works"
    listed = any(document.references for document in documents.values())
    return (
        f'<div class="ibid-cites"><h2>Nothing is cited</h2><p class="ibid-told">{said}'
        f"{', though there is a bibliography' * listed}. Ibid reads citations of author and year, such as "
        "‘(Smith 2021: 5)’, and numbered ones.</p></div>"
    )


def _most_cited(works: Sequence[CitedWork]) -> str:
    """The works with the most places, each as a bar with its name and number; a button leads to its row."""
    ranked = sorted((work for work in works if len(work.places) >= _FEWEST), key=lambda work: -len(work.places))[:_BARS]
    if not ranked:
        return ""
    most = len(ranked[0].places)
    bars = "".join(
        f'<li><button type="button" class="ibid-rank" data-name="{escape(work.name)}">'
        f'<span class="ibid-ranked">{escape(work.name)}</span>'
        f'<span class="ibid-bar-line" aria-hidden="true" style="width: {100 * len(work.places) / most:.0f}%"></span>'
        f'<span class="ibid-times">{len(work.places)}<span class="ibid-hidden"> places</span></span></button></li>'
        for work in ranked
    )
    return (
        f'<h3 id="ibid-most-cited">Most cited</h3><ol class="ibid-ranks" aria-labelledby="ibid-most-cited">{bars}</ol>'
    )


def _table(works: Sequence[CitedWork]) -> str:
    heads = "".join(
        f'<th scope="col" aria-sort="{"ascending" if key == "authors" else "none"}">'
        f'<button type="button" class="ibid-sort" data-key="{key}">{name}</button></th>'
        for key, name in _COLUMNS
    )
    rows = "".join(
        f'<tr data-name="{escape(work.name)}" data-entry="{escape(work.reference)}">'
        '<th scope="row"><button type="button" class="ibid-work" aria-expanded="false">'
        f"{escape(work.authors)}</button></th>"
        f"<td>{escape(work.year)}</td><td>{len(work.places)}</td></tr>"
        for work in works
    )
    return (
        '<table class="ibid-works"><caption class="ibid-hidden">Works cited</caption>'
        f"<thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>"
    )


def _unlisted(documents: Mapping[str, Document]) -> str:
    """What is said of documents that cite works and have no bibliography."""
    without = [d.title for d in documents.values() if d.cited and not d.references]
    if not without:
        return ""
    more = [f"{len(without) - _NAMED:,} others"] * (len(without) > _NAMED + 1)
    titles = [*without[:_NAMED], *more] if more else without
    named = escape(", ".join(titles)) if len(documents) > 1 else "It"
    verb = "have" if len(without) > 1 else "has"
    return f" {named} {verb} no bibliography, so works are named as the text cites them."


def _read_of(read: int, of: int) -> str:
    """What is said where not all documents were read for the list."""
    if read >= of:
        return ""
    return f" These are the works of the first {read:,} of {of:,} documents; the files to download have those of all."
