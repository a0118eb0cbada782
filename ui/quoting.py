"""A slice of a document as HTML: its words, its place, and the attributes by which it opens in the reader."""

from collections.abc import Mapping
from html import escape

from core.records import Citation, Document, Hit, Page, Span
from ui.reader import SEPARATOR, place_label, version_of

__all__ = ["place_text", "quote_button", "quoted_html", "stands", "target"]


def target(document: Document, span: Span, section: tuple[str, ...], page: Page | None) -> str:
    """Return the attributes that tell the reader what to open; another text of the same id is not marked."""
    return (
        f'data-document="{escape(document.id)}" data-start="{span[0]}" data-end="{span[1]}" '
        f'data-section="{escape(SEPARATOR.join(section))}" data-page="{escape(str(page or ""))}" '
        f'data-version="{version_of(document)}"'
    )


def stands(quote: Citation | Hit, documents: Mapping[str, Document]) -> bool:
    """Say whether a document that is still there says at a quote's or passage's offsets what it does."""
    if isinstance(quote, Hit):
        passage = quote.passage
        name, start, end, text = passage.document_id, passage.start, passage.end, passage.text
    else:
        name, start, end, text = quote.document, quote.start, quote.end, quote.quote
    return name in documents and documents[name].text[start:end] == text


def place_text(document: str, section: tuple[str, ...], page: Page | None, documents: Mapping[str, Document]) -> str:
    """Return where something stands, with the title of its document where there are several."""
    title = documents[document].title if len(documents) > 1 and document in documents else ""
    return " · ".join(part for part in (title, place_label(section, page)) if part)


def quote_button(opens: str, quoted: str, place: str, *, number: int | None = None, told: str = "") -> str:
    """Return a quote as a button that opens the reader at it.

    Args:
        opens: the attributes that say where, of `target`.
        quoted: its words as HTML, of `quoted_html`.
        place: where it stands, as HTML.
        number: by which it goes where there are several.
        told: what else is said of it, as HTML.
    """
    numbered = "" if number is None else f'<span class="ibid-number">{number}</span>'
    placed = f'<span class="ibid-place">{place}</span>'
    return f'<button type="button" class="ibid-source" {opens}>{numbered}{quoted}{placed}{told}</button>'


def quoted_html(document: Document, span: Span) -> str:
    """Return a slice of a document, note markers raised; the style sheet cuts a long one."""
    pieces, position = [], span[0]
    for ref in sorted(document.note_refs, key=lambda ref: ref.start):
        if position <= ref.start and ref.end <= span[1]:
            pieces.append(
                f"{escape(document.text[position : ref.start])}<sup>{escape(document.text[ref.start : ref.end])}</sup>"
            )
            position = ref.end
    pieces.append(escape(document.text[position : span[1]]))
    return f'<span class="ibid-quote">{"".join(pieces)}</span>'
