"""The conversation as HTML: questions, answers with clickable markers, refusals and errors; every text is escaped."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape

from answer import LONGEST_QUESTION, voice_words, writing_words
from core.records import Answer, Citation, Document, Hit, Span
from ingest import raised_text
from ui.actions import actions_html, retry_html
from ui.markers import bold_html, bold_spans, item_groups, marker_spans
from ui.quoting import place_text, quote_button, quoted_html, stands, target
from ui.sureness import sureness

__all__ = ["NEAREST", "Turn", "conversation_html", "turn_of", "welcome_html"]

NEAREST = 3  # passages a refusal shows
_LONGEST_SHOWN = 500
_ITEMS = '<ul class="ibid-items"'


@dataclass(frozen=True, slots=True)
class Turn:
    """A question with its answer, or with the line that says why there is none; both empty while it is read.

    `key` tells it from other turns; `rating` ('up', 'down' or nothing), the open `panel` and the line `said` are what
    the user did with it (ui/acting.py). `kept` says that it was reopened: the passages it was made from are gone.
    `cut` says that the question was too long to be answered, and is not whole here.
    """

    question: str
    answer: Answer | None = None
    error: str = ""
    key: str = ""
    rating: str = ""
    panel: str = ""
    said: str = ""
    kept: bool = False
    cut: bool = False


def turn_of(question: str, key: str, answer: Answer | None = None) -> Turn:
    """Return the turn of a question; one that is too long to be answered is cut."""
    if len(question) <= LONGEST_QUESTION:
        return Turn(question, answer, key=key)
    return Turn(_briefly(question), answer, key=key, cut=True)


def _briefly(question: str) -> str:
    return question if len(question) <= _LONGEST_SHOWN else question[:_LONGEST_SHOWN] + "…"


_NOTHING = (
    '<div class="ibid-welcome"><h2>There is nothing to ask yet</h2><p>Open the tab Library and drop a file there: an '
    "article, a chapter, a report, your notes. Then ask it here; every answer is quoted from it and opens at the very "
    "words.</p></div>"
)


def welcome_html(documents: Mapping[str, Document], examples: Sequence[str]) -> str:
    """Return what stands in the conversation before the first question."""
    if not documents:
        return _NOTHING
    only = next(iter(documents.values())) if len(documents) == 1 else None
    subject = f"<cite>{escape(only.title)}</cite>" if only else f"{len(documents):,} documents"
    authors = ", ".join(only.authors) if only else ""
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
    streamed = len(turns) - 1
    return "\n".join(_turn(turn, documents, shown if i == streamed else None) for i, turn in enumerate(turns))


def _turn(turn: Turn, documents: Mapping[str, Document], shown: int | None) -> str:
    asked = (turn.answer and turn.answer.completed) or turn.question
    busy = shown is not None or not (turn.answer or turn.error)
    return (
        f'<section class="ibid-turn" aria-busy="{str(busy).lower()}" data-key="{escape(turn.key)}">'
        f'<h3 class="ibid-question" data-asked="{escape(asked)}">'
        f'<span class="ibid-hidden">You asked: </span>{escape(_briefly(turn.question))}</h3>'
        f"{_understood(turn)}{_reply(turn, documents, shown)}</section>"
    )


def _understood(turn: Turn) -> str:
    """What a follow-up was taken to ask, so that the reader sees it when that is wrong."""
    completed = turn.answer.completed if turn.answer else ""
    return f'<p class="ibid-understood">Understood as: {escape(completed)}</p>' if completed else ""


def _reply(turn: Turn, documents: Mapping[str, Document], shown: int | None) -> str:
    if turn.error:
        again = "" if turn.cut else retry_html()  # of one that is cut the error says why; it stands in the box again
        return f'<p class="ibid-error" role="alert">{escape(turn.error)}</p>{again}'
    if turn.answer is None:
        return '<p class="ibid-waiting" role="status">Reading the source…</p>'
    if turn.answer.refused:
        return _refusal(turn.answer, documents) + _actions(turn, turn.answer, documents)
    text = f'<div class="ibid-answer">{_marked_text(turn.answer, documents, shown)}</div>'
    if shown is not None:
        return text
    answer = turn.answer
    return f"{text}{_writing(answer)}{_sure(answer)}{_sources(answer, documents)}{_actions(turn, answer, documents)}"


def _sure(answer: Answer) -> str:
    level = sureness(answer.confidence)
    return f'<p class="ibid-sure ibid-{level.word.lower()}"><strong>{level.word}</strong>: {level.told}.</p>'


def _actions(turn: Turn, answer: Answer, documents: Mapping[str, Document]) -> str:
    """What can be done with an answer, and a place for the questions that follow it, which come later."""
    actions = actions_html(
        answer, documents, key=turn.key, rating=turn.rating, panel=turn.panel, said=turn.said, kept=turn.kept
    )
    return f'{actions}<div class="ibid-next"></div>'


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
        last = bold_html(answer.text, (tie, behind), bold)
        tied = f'<span class="ibid-tie">{last}{_marker(citation, documents)}</span>'
        pieces += [bold_html(answer.text, (position, tie), bold), tied]
        if listed := lists.get(citation.marker):
            pieces.append(f"\n\n{_items(listed, documents)}\n\n")
        position = stop
    pieces.append(bold_html(answer.text, (position, end), bold))
    paragraphs = (part.strip() for part in re.split(r"\n{2,}", "".join(pieces)))
    return "".join(part if part.startswith(_ITEMS) else f"<p>{part}</p>" for part in paragraphs if part)


def _items(listed: Sequence[tuple[Citation, Span]], documents: Mapping[str, Document]) -> str:
    """The items of a list, each a button that opens the source at it; those of several citations with their markers."""
    several = len({citation.marker for citation, _ in listed}) > 1
    items = []
    for citation, span in listed:
        if not stands(citation, documents):
            continue
        document = documents[citation.document]
        opens = target(document, span, citation.section, document.page_at(span[0]))
        said = escape(" ".join(raised_text(document, span).split()))
        number = f' <span class="ibid-number">[{citation.marker}]</span>' if several else ""
        items.append(f'<li><button type="button" class="ibid-item" {opens}>{said}{number}</button></li>')
    return f'{_ITEMS} aria-label="Items">{"".join(items)}</ul>'


def _sources(answer: Answer, documents: Mapping[str, Document]) -> str:
    items = "".join(f"<li>{_source(citation, documents)}</li>" for citation in answer.citations)
    return f'<ol class="ibid-sources" aria-label="Citations">{items}</ol>'


def _source(citation: Citation, documents: Mapping[str, Document]) -> str:
    """A quote with its check: it is compared with the source here and now, which may have changed since."""
    if not stands(citation, documents):
        return (
            f'<div class="ibid-source"><span class="ibid-number">{citation.marker}</span>'
            f'<span class="ibid-quote">{escape(citation.quote)}</span>'
            '<span class="ibid-place">The document was changed or removed since: this cannot be checked.</span></div>'
        )
    span = (citation.start, citation.end)
    place = place_text(citation.document, citation.section, citation.page, documents)
    checked = " · ".join(filter(None, ['<span class="ibid-verbatim">verbatim</span>', escape(place)]))
    document = documents[citation.document]
    opens = target(document, span, citation.section, citation.page)
    return quote_button(opens, quoted_html(document, span), checked, number=citation.marker, told=_voice(citation))


def _voice(citation: Citation) -> str:
    """Who is reported or quoted, in a few words; nothing for the author's own."""
    words = voice_words(citation.voice)
    return f'<span class="ibid-voice">{escape(words)}</span>' if words else ""


def _refusal(answer: Answer, documents: Mapping[str, Document]) -> str:
    near = [hit for hit in answer.hits if stands(hit, documents)][:NEAREST]
    items = "".join(f"<li>{_nearest(hit, documents)}</li>" for hit in near)
    said, _, _ = answer.text.partition(answer.reason)  # of one document or several: those that were asked
    head = f"<strong>{escape(said.strip())}</strong> " if said else ""
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
    document, span = documents[p.document_id], (p.start, p.end)
    place = place_text(p.document_id, p.section, p.page, documents)
    opens = target(document, span, p.section, p.page)
    return quote_button(opens, quoted_html(document, span), escape(place))


def _marker(citation: Citation, documents: Mapping[str, Document]) -> str:
    if not stands(citation, documents):
        return f'<span class="ibid-marker">[{citation.marker}]</span>'
    place = place_text(citation.document, citation.section, citation.page, documents)
    name = f"Citation {citation.marker}{': ' * bool(place)}{place}. Show it in the source"
    opens = target(documents[citation.document], (citation.start, citation.end), citation.section, citation.page)
    return f'<button type="button" class="ibid-marker" {opens} aria-label="{escape(name)}">[{citation.marker}]</button>'
