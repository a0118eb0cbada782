"""An answer as text for another program: plain, or with its quotes in quotation marks and cited in a style."""

from collections.abc import Iterator, Mapping

from answer import hear
from core.citing.secondary import write_secondary
from core.citing.styles import Style, write_in_text, write_reference
from core.records import Answer, Citation, Document
from ingest import raised_text
from ingest.notes import unmarked_text
from ui.markers import marker_spans

__all__ = ["STYLES", "cited_text", "plain_text"]

STYLES = {Style.APA: "APA", Style.CHICAGO: "Chicago", Style.MLA: "MLA", Style.BIBTEX: "BibTeX"}


def plain_text(answer: Answer, documents: Mapping[str, Document]) -> str:
    """Return an answer's text without the markers of its citations and of the document's notes."""
    pieces = [_unquoted(piece, citation, documents, ("", "")) for piece, citation in _pieces(answer) if citation]
    return _tidy("".join([*pieces, _rest(answer)]))


def cited_text(answer: Answer, documents: Mapping[str, Document], style: Style) -> str:
    """Return an answer with each quote cited as a style asks it, and below it the entries of what it cites.

    What a quote reports of another work is cited as such ('as cited in'), since the user has not read that work. In
    BibTeX the text has biblatex's commands.

    Args:
        answer: with citations.
        documents: by id; a quote whose document is gone stays without its citation.
        style: by whose rules.
    """
    pieces = []
    for piece, citation in _pieces(answer):
        cited = _in_text(citation, documents, style)
        pieces.append(f"{_unquoted(piece, citation, documents, ('“', '”'))} {cited}".rstrip())
    text = _tidy(" ".join([*(piece.strip(" ") for piece in pieces), _rest(answer)]))
    used = dict.fromkeys(citation.document for citation in answer.citations if citation.document in documents)
    entries = [write_reference(documents[name], style) for name in used]
    return "\n\n".join(filter(None, [text, "\n\n".join(entries)]))


def _pieces(answer: Answer) -> Iterator[tuple[str, Citation]]:
    """What stands before each marker, from the marker before it on."""
    position = 0
    for (start, stop), citation in marker_spans(answer):
        yield answer.text[position:start].rstrip(" "), citation
        position = stop


def _rest(answer: Answer) -> str:
    """What stands behind the last marker."""
    return answer.text[max((stop for (_, stop), _ in marker_spans(answer)), default=0) :]


def _unquoted(piece: str, citation: Citation, documents: Mapping[str, Document], marks: tuple[str, str]) -> str:
    """A piece of an answer with the markers of notes left out of its quote, which gets quotation marks.

    A row of a table, which the answer shows with the names of its columns, gets none: it is not the row's own words.
    """
    document, span = documents.get(citation.document), (citation.start, citation.end)
    if document is None or "\t" in citation.quote:
        return piece
    shown = " ".join(raised_text(document, span).split())
    at = piece.find(shown)
    if at < 0:
        return piece
    said = " ".join(unmarked_text(document, span).split())
    return f"{piece[:at]}{marks[0]}{said}{marks[1]}{piece[at + len(shown) :]}"


def _in_text(citation: Citation, documents: Mapping[str, Document], style: Style) -> str:
    document = documents.get(citation.document)
    if document is None:
        return ""
    if citation.voice.kind != "own" and citation.voice.speakers and style is not Style.BIBTEX:
        heard = hear(document, (citation.start, citation.end))
        return write_secondary(
            document,
            citation.page,
            style,
            works=heard.works,
            speakers=citation.voice.speakers,
            quoted=citation.voice.kind == "quotation",
        )
    return write_in_text(document, citation.page, style)


def _tidy(text: str) -> str:
    return "\n".join(" ".join(line.split()) for line in text.split("\n")).strip()
