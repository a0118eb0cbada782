"""A conversation as one HTML page that loads nothing, to be kept, printed or handed in."""

import re
from collections.abc import Iterator, Mapping
from html import escape

from answer import voice_words
from core.records import Answer, Citation, Document
from ui.conversation import Turn
from ui.markers import bold_html, bold_spans, marker_spans
from ui.plain import one_line
from ui.quoting import stands
from ui.reader import place_label
from ui.saved import Conversation, Source
from ui.sureness import sureness

__all__ = ["page_html", "place_told"]

_POLICY = "default-src 'none'; style-src 'unsafe-inline'"
_STYLE = """
:root {
  color-scheme: light dark;
  --ink: #211f1c; --soft: #6a645b; --line: #e5e0d7; --accent: #8c2f1f; --paper: #fbfaf7;
}
@media (prefers-color-scheme: dark) {
  :root { --ink: #e9e5dd; --soft: #a39c90; --line: #35322c; --accent: #e8a189; --paper: #161513; }
}
body { font: 1.08rem/1.6 Palatino, Georgia, serif; color: var(--ink); background: var(--paper); margin: 0; }
main { max-width: 40rem; margin: 0 auto; padding: 3rem 1.4rem; overflow-wrap: break-word; }
h1 { font-weight: 400; font-size: 1.8rem; line-height: 1.25; margin: 0 0 .3rem; }
h2 {
  font: 600 1.05rem/1.45 system-ui, sans-serif; margin: 2.4rem 0 .7rem; padding-top: 1.4rem;
  border-top: 1px solid var(--line);
}
p { margin: 0 0 .8rem; }
a { color: var(--accent); text-decoration: none; font: 600 .78em/1 system-ui, sans-serif; }
blockquote { margin: .7rem 0; padding: .1rem 0 .1rem .9rem; border-left: 2px solid var(--line); }
blockquote:target { border-color: var(--accent); }
.soft, cite { font: normal .85rem/1.5 system-ui, sans-serif; color: var(--soft); display: block; margin: 0 0 .6rem; }
li { margin: 0 0 .4rem; }
@media print { body { background: none; } h2, blockquote { break-inside: avoid; } }
"""


def page_html(conversation: Conversation, documents: Mapping[str, Document]) -> str:
    """Return the page; its markers lead to the quotes below each answer.

    Args:
        conversation: with the documents that it quotes, as it remembers them.
        documents: by id, as they are now; a quote that does not stand in them says so.
    """
    sources = {source.id: source for source in conversation.sources}
    turns = "\n".join(
        f"<section>\n<h2>{escape(turn.question)}</h2>\n{''.join(_replied(number, turn, documents, sources))}</section>"
        for number, turn in enumerate(conversation.turns, start=1)
    )
    listed = "".join(f"<li>{escape(source.reference or source.title)}</li>\n" for source in sources.values())
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(conversation.name)}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n<main>\n"
        f"<h1>{escape(conversation.name)}</h1>\n"
        f'<p class="soft">A conversation with Ibid, {escape(conversation.at[:10])}.</p>\n{turns}\n'
        + (f"<section>\n<h2>Documents</h2>\n<ul>\n{listed}</ul>\n</section>\n" if listed else "")
        + "</main>\n</body>\n</html>"
    )


def place_told(citation: Citation, documents: Mapping[str, Document], sources: Mapping[str, Source]) -> str:
    """Return where a quote stands and whose voice it is, and whether it still stands there."""
    source = sources.get(citation.document)
    told = [
        ", ".join(filter(None, [source.title, *source.authors])) if source else citation.document,
        place_label(citation.section, citation.page),
        f"characters {citation.start}–{citation.end}",
        voice_words(citation.voice),
        "" if stands(citation, documents) else "the document was changed or removed since",
    ]
    return " · ".join(filter(None, told))


def _replied(
    number: int, turn: Turn, documents: Mapping[str, Document], sources: Mapping[str, Source]
) -> Iterator[str]:
    answer = turn.answer
    if answer is None:
        yield f'<p class="soft">Not answered: {escape(turn.error)}</p>\n'
        return
    if answer.completed:
        yield f'<p class="soft">Understood as: {escape(answer.completed)}</p>\n'
    for part in re.split(r"\n{2,}", _marked(number, answer)):
        if part.strip():
            yield f"<p>{part.strip().replace(chr(10), '<br>')}</p>\n"
    if answer.citations:
        level = sureness(answer.confidence)
        yield f'<p class="soft">{level.word}: {level.told}.</p>\n'
    for citation in answer.citations:
        yield _quote(number, citation, documents, sources)


def _marked(number: int, answer: Answer) -> str:
    """An answer's text with what answers in bold, its markers links to the quotes below."""
    bold, pieces, position = bold_spans(answer), [], 0
    for (start, stop), citation in marker_spans(answer):
        link = f'<a href="#{_anchor(number, citation)}">[{citation.marker}]</a>'
        pieces += [bold_html(answer.text, (position, start), bold), link]
        position = stop
    return "".join(pieces) + bold_html(answer.text, (position, len(answer.text)), bold)


def _quote(number: int, citation: Citation, documents: Mapping[str, Document], sources: Mapping[str, Source]) -> str:
    said = escape(one_line(citation.quote))
    return (
        f'<blockquote id="{_anchor(number, citation)}">[{citation.marker}] “{said}”'
        f"<cite>{escape(place_told(citation, documents, sources))}</cite></blockquote>\n"
    )


def _anchor(number: int, citation: Citation) -> str:
    return f"q{number}-{citation.marker}"
