"""The frame of the History tab, which its script fills, and what it is handed to keep; every text is escaped."""

import json
from html import escape

from ui.saved import Conversation, conversation_record

__all__ = ["history_html", "kept_html"]


def history_html(corpus: str) -> str:
    """Return the tab of the conversations on a corpus; the list is the browser's."""
    return (
        f'<div class="ibid-history ibid-empty" data-corpus="{escape(corpus)}"><h2>Your conversations</h2>'
        '<p class="ibid-told">They are kept in this browser and nowhere else: the newest 100, or 3 MB. Opened again, '
        "they show the answers as they were given, each quote checked against the document as it is now.</p>"
        '<div class="ibid-filters"><label>Search <input type="search" class="ibid-filter" '
        'placeholder="Name, question or answer" autocomplete="off" spellcheck="false" maxlength="200"></label>'
        '<span class="ibid-matching" role="status"></span></div>'
        '<p class="ibid-history-said" role="status" hidden></p>'
        '<ul class="ibid-talks" aria-label="Conversations"></ul>'
        '<p class="ibid-no-talks">Nothing is kept yet. Ask something: the conversation appears here under its first '
        "question, to be opened, renamed, exported with its citations, or deleted.</p></div>"
    )


def kept_html(corpus: str, conversation: Conversation | None) -> str:
    """Return what tells the browser's script which conversation to keep; None is nothing yet."""
    record = json.dumps(conversation_record(conversation)) if conversation else ""
    return f'<div class="ibid-kept" data-corpus="{escape(corpus)}" data-record="{escape(record)}" hidden></div>'
