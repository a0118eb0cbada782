"""The conversation as HTML: questions, answers with clickable markers, refusals and errors; every text is escaped."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape

from answer import WITHHELD, voice_words, writing_words
from core.records import Answer, Citation, Document, Hit, Page, Span
from ingest import raised_text
from ui.markers import bold_spans, item_groups, marker_spans
from ui.reader import SEPARATOR, place_label

__all__ = ["Turn", "conversation_html", "marker_spans", "welcome_html"]

NEAREST = 3  # passages a refusal shows
_ITEMS = '<ul class="ibid-items"'


@dataclass(frozen=True, slots=True)
class Turn:
    """A question with its answer, or with the line that says why there is none; both empty while it is read."""

    question: str
    answer: Answer | None = None
    error: str = ""


def welcome_html(documents: Mapping[str, Document], examples: Sequence[str]) -> str:
    """Return what stands in the conversation before the first question."""
    titles = [document.title for document in documents.values()]
    subject = f"<cite>{escape(titles[0])}</cite>" if len(titles) == 1 else f"{len(titles)} documents"
    authors = ", ".join(next(iter(documents.values())).authors) if len(titles) == 1 else ""
    buttons = "".join(
        f'<li><button type="button" class="ibid-example">{escape(example)}</button></li>' for example in examples
    )
    return (
        '<div class="ibid-welcome">'
        f"<h2>Ask {subject}</h2>"
        + (f'<p class="ibid-authors">{escape(authors)}</p>' if authors else "")
        + "<p>Every sentence of an answer is quoted from the source. A number opens the source at the very words; "
        "where the source is silent, Ibid says so.</p>"
        + (f'<ul class="ibid-examples" aria-label="Example questions">{buttons}</ul>' if buttons else "")
        + "</div>"
    )


def conversation_html(turns: Sequence[Turn], documents: Mapping[str, Document], shown: int | None = None) -> str:
    """Return the conversation.

    Args:
        turns: oldest first.
        documents: by id; their titles are named where there are several.
        shown: how many characters of the last answer's text to show, while it streams; None is all.
    """
    last = len(turns) - 1
    return "\n".join(_turn(turn, documents, shown if i == last else None) for i, turn in enumerate(turns))


def _turn(turn: Turn, documents: Mapping[str, Document], shown: int | None) -> str:
    busy = shown is not None or not (turn.answer or turn.error)
    return (
        f'<section class="ibid-turn" aria-busy="{str(busy).lower()}">'
        f'<h3 class="ibid-question"><span class="ibid-hidden">You asked: </span>{escape(turn.question)}</h3>'
        f"{_understood(turn)}{_reply(turn, documents, shown)}</section>"
    )


def _understood(turn: Turn) -> str:
    """What a follow-up was taken to ask, so that the reader sees it when that is wrong."""
    completed = turn.answer.completed if turn.answer else ""
    return f'<p class="ibid-understood">Understood as: {escape(completed)}</p>' if completed else ""


def _reply(turn: Turn, documents: Mapping[str, Document], shown: int | None) -> str:
    if turn.error:
        return f'<p class="ibid-error" role="alert">{escape(turn.error)}</p>'
    if turn.answer is None:
        return '<p class="ibid-waiting" role="status">Reading the source…</p>'
    if turn.answer.refused:
        return _refusal(turn.answer, documents)
    text = f'<div class="ibid-answer">{_marked_text(turn.answer, documents, shown)}</div>'
    return text if shown is not None else text + _writing(turn.answer) + _sources(turn.answer, documents)


def _writing(answer: Answer) -> str:
    """What became of what a language model wrote; nothing where none was asked."""
    words = writing_words(answer.writing)
    return f'<p class="ibid-understood ibid-writing">{escape(words)}</p>' if words else ""


def _marked_text(answer: Answer, documents: Mapping[str, Document], shown: int | None) -> str:
    end = len(answer.text) if shown is None else shown
    bold, lists = bold_spans(answer), item_groups(answer)
    pieces, position = [], 0
    for (start, stop), citation in marker_spans(answer):
        if stop > end:
            break
        # A marker is tied to the word before it, so that it never starts a line of its own.
        behind = position + len(answer.text[position:start].rstrip())
        words = answer.text[position:behind].split()
        tie = behind - len(words[-1]) if words else behind
        tied = f'<span class="ibid-tie">{_bold(answer.text, (tie, behind), bold)}{_marker(citation, documents)}</span>'
        pieces += [_bold(answer.text, (position, tie), bold), tied]
        if listed := lists.get(citation.marker):
            pieces.append(f"\n\n{_items(listed, documents)}\n\n")
        position = stop
    pieces.append(_bold(answer.text, (position, end), bold))
    paragraphs = (part.strip() for part in re.split(r"\n{2,}", "".join(pieces)))
    return "".join(part if part.startswith(_ITEMS) else f"<p>{part}</p>" for part in paragraphs if part)


def _bold(text: str, span: Span, bold: Sequence[Span]) -> str:
    """A slice of a text, escaped, what answers in it set in bold."""
    pieces, position = [], span[0]
    for start, end in bold:
        begin, stop = max(start, position), min(end, span[1])
        if begin < stop:
            pieces.append(f"{escape(text[position:begin])}<strong>{escape(text[begin:stop])}</strong>")
            position = stop
    return "".join(pieces) + escape(text[position : span[1]])


def _items(listed: Sequence[tuple[Citation, Span]], documents: Mapping[str, Document]) -> str:
    """The items of a list, each a button that opens the source at it; those of several citations with their markers."""
    several = len({citation.marker for citation, _ in listed}) > 1
    items = []
    for citation, span in listed:
        document = documents[citation.document]
        target = _target(document.id, span, citation.section, document.page_at(span[0]))
        said = escape(" ".join(raised_text(document, span).split()))
        number = f' <span class="ibid-number">[{citation.marker}]</span>' if several else ""
        items.append(f'<li><button type="button" class="ibid-item" {target}>{said}{number}</button></li>')
    return f'{_ITEMS} aria-label="Items">{"".join(items)}</ul>'


def _sources(answer: Answer, documents: Mapping[str, Document]) -> str:
    items = "".join(
        f'<li><button type="button" class="ibid-source" {_target(c.document, (c.start, c.end), c.section, c.page)}>'
        f'<span class="ibid-number">{c.marker}</span>'
        f"{_quoted(c.document, (c.start, c.end), c.section, c.page, documents)}{_voice(c)}</button></li>"
        for c in answer.citations
    )
    return f'<ol class="ibid-sources" aria-label="Citations">{items}</ol>'


def _voice(citation: Citation) -> str:
    """Who is reported or quoted, in a few words; nothing for the author's own."""
    words = voice_words(citation.voice)
    return f'<span class="ibid-voice">{escape(words)}</span>' if words else ""


def _refusal(answer: Answer, documents: Mapping[str, Document]) -> str:
    items = "".join(f"<li>{_nearest(hit, documents)}</li>" for hit in answer.hits[:NEAREST])
    noun = "document does" if len(documents) == 1 else "documents do"
    head = "" if answer.reason == WITHHELD else f"<strong>The {noun} not say.</strong> "
    return (
        f'<div class="ibid-refusal"><p>{head}{escape(answer.reason)}</p>'
        + (
            f'<p class="ibid-label">What comes nearest</p><ul class="ibid-sources ibid-nearest">{items}</ul>'
            if items
            else ""
        )
        + "</div>"
    )


def _nearest(hit: Hit, documents: Mapping[str, Document]) -> str:
    p = hit.passage
    target = _target(p.document_id, (p.start, p.end), p.section, p.page)
    quoted = _quoted(p.document_id, (p.start, p.end), p.section, p.page, documents)
    return f'<button type="button" class="ibid-source" {target}>{quoted}</button>'


def _quoted(
    document_id: str, span: Span, section: tuple[str, ...], page: Page | None, documents: Mapping[str, Document]
) -> str:
    """A slice of a document with its place, note markers raised; the style sheet cuts a long one."""
    document, pieces, position = documents[document_id], [], span[0]
    for ref in sorted(document.note_refs, key=lambda ref: ref.start):
        if position <= ref.start and ref.end <= span[1]:
            pieces.append(
                f"{escape(document.text[position : ref.start])}<sup>{escape(document.text[ref.start : ref.end])}</sup>"
            )
            position = ref.end
    pieces.append(escape(document.text[position : span[1]]))
    place = escape(_place(document_id, section, page, documents))
    return f'<span class="ibid-quote">{"".join(pieces)}</span><span class="ibid-place">{place}</span>'


def _marker(citation: Citation, documents: Mapping[str, Document]) -> str:
    place = _place(citation.document, citation.section, citation.page, documents)
    name = f"Citation {citation.marker}{': ' * bool(place)}{place}. Show it in the source"
    target = _target(citation.document, (citation.start, citation.end), citation.section, citation.page)
    return (
        f'<button type="button" class="ibid-marker" {target} aria-label="{escape(name)}">[{citation.marker}]</button>'
    )


def _target(document: str, span: Span, section: tuple[str, ...], page: Page | None) -> str:
    """The attributes that tell the reader what to open."""
    return (
        f'data-document="{escape(document)}" data-start="{span[0]}" data-end="{span[1]}" '
        f'data-section="{escape(SEPARATOR.join(section))}" data-page="{escape(str(page or ""))}"'
    )


def _place(document: str, section: tuple[str, ...], page: Page | None, documents: Mapping[str, Document]) -> str:
    title = documents[document].title if len(documents) > 1 and document in documents else ""
    return " · ".join(part for part in (title, place_label(section, page)) if part)
