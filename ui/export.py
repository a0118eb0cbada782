"""A conversation as a file: Markdown to paste, one HTML page to hand in, JSON for programs; every text is escaped."""

import json
import re
from collections.abc import Iterator, Mapping
from typing import Literal

from core.records import Citation, Document
from ui.conversation import Turn
from ui.export_page import page_html, place_told
from ui.plain import markdown_text, one_line
from ui.saved import Conversation, Source, conversation_record
from ui.sureness import sureness

__all__ = ["FORMS", "Form", "export_conversation"]

Form = Literal["markdown", "html", "json"]
FORMS: dict[Form, tuple[str, str]] = {
    "markdown": ("md", "text/markdown"),
    "html": ("html", "text/html"),
    "json": ("json", "application/json"),
}  # ending and media type


def export_conversation(conversation: Conversation, documents: Mapping[str, Document], form: Form) -> dict[str, str]:
    """Return a file with a conversation: its `name`, media `type` and `text`.

    Args:
        conversation: with the documents that it quotes, as it remembers them.
        documents: by id, as they are now; a quote that does not stand in them says so.
        form: 'markdown', 'html' or 'json'; the last is read back by `ui.kept`.
    """
    match form:
        case "markdown":
            text = _markdown(conversation, documents)
        case "html":
            text = page_html(conversation, documents)
        case "json":
            text = json.dumps(conversation_record(conversation), ensure_ascii=False, indent=2)
    ending, media = FORMS[form]
    return {"name": f"{_file_name(conversation.name)}.{ending}", "type": media, "text": f"{text}\n"}


def _file_name(name: str) -> str:
    return "-".join(re.findall(r"\w+", name.casefold()))[:60].strip("-_") or "conversation"


def _markdown(conversation: Conversation, documents: Mapping[str, Document]) -> str:
    sources = {source.id: source for source in conversation.sources}
    parts = [f"# {_text(conversation.name)}", f"A conversation with Ibid, {_text(conversation.at[:10])}."]
    for turn in conversation.turns:
        parts += [f"## {_text(turn.question)}", *_replied(turn, documents, sources)]
    if sources:
        listed = "\n".join(f"- {_text(source.reference or source.title)}" for source in sources.values())
        parts += ["## Documents", listed]
    return "\n\n".join(parts)


def _replied(turn: Turn, documents: Mapping[str, Document], sources: Mapping[str, Source]) -> Iterator[str]:
    answer = turn.answer
    if answer is None:
        yield f"Not answered: {_text(turn.error)}"
        return
    if answer.completed:
        yield f"Understood as: {_text(answer.completed)}"
    yield from (
        "  \n".join(map(_text, filter(str.strip, part.split("\n"))))
        for part in re.split(r"\n{2,}", answer.text.strip())
    )
    if answer.citations:
        yield f"{sureness(answer.confidence).word}. Quotes:"
        yield "\n".join(_quote(citation, documents, sources) for citation in answer.citations)


def _quote(citation: Citation, documents: Mapping[str, Document], sources: Mapping[str, Source]) -> str:
    return f"- \\[{citation.marker}\\] “{_text(citation.quote)}” ({_text(place_told(citation, documents, sources))})"


def _text(text: str) -> str:
    return markdown_text(one_line(text))
