"""What can be done with an answer, as a row of buttons below it, and the panel that one of them opens.

A button carries what it does in `data-act`, which ui/conversation.js tells the app, or the text that it copies in
`data-copy`. All text is escaped.
"""

from collections.abc import Mapping
from html import escape

from core.records import Answer, Document
from ui.considered import considered_html, why_refused_html
from ui.copying import STYLES, cited_text, plain_text
from ui.feedback import LONGEST_COMMENT
from ui.links import link_query

__all__ = ["actions_html", "retry_html"]

_THUMB = (
    "M7 9 10.5 3C11.8 3 12.5 4 12.2 5.2L11.6 8H15.8C16.8 8 17.5 8.9 17.3 9.8L16.2 15.3C16 16 15.4 16.5 14.7 16.5H7Z"
    "M7 9H3.5V16.5H7"
)
_ASKED = {
    "comment": ("Anything to add? It stays on this computer.", "say"),
    "wrong": (
        "What should it have said? Put the right words of the document in quotation marks, if you can. "
        "It is kept on this computer, as a question to test Ibid with.",
        "case",
    ),
}


def actions_html(  # noqa: PLR0913 - the answer, and what the user did with it
    answer: Answer,
    documents: Mapping[str, Document],
    *,
    key: str,
    rating: str,
    panel: str,
    said: str,
    kept: bool,
) -> str:
    """Return the row of buttons, what the last action had to say, and the open panel.

    Args:
        answer: what they are for; one with citations can be copied.
        documents: by id.
        key: tells the answer from others.
        rating: 'up', 'down', or nothing.
        panel: 'considered', 'why', 'comment', 'wrong', or nothing.
        said: a line.
        kept: it was reopened, so that what it was made from cannot be shown.
    """
    groups = [
        "" if answer.refused else _copying(answer, documents),
        _linking(answer, documents),
        _button("retry", "Retry"),
        _thumb("up", "Helpful", rating) + _thumb("down", "Not helpful", rating),
        _opener("wrong", "Wrong passage", key, panel),
        _opener("why", "Why refused", key, panel) if answer.refused else "",
        "" if kept else _opener("considered", "What was considered", key, panel),
    ]
    line = f'<p class="ibid-said-line" role="status">{escape(said)}</p>' if said else ""
    return (
        f'<div class="ibid-actions" role="group" aria-label="Actions">{"".join(groups)}</div>{line}'
        f"{_panel(answer, documents, key, panel)}"
    )


def retry_html() -> str:
    """Return the one action that a question without an answer has."""
    return f'<div class="ibid-actions" role="group" aria-label="Actions">{_button("retry", "Retry")}</div>'


def _copying(answer: Answer, documents: Mapping[str, Document]) -> str:
    styles = "".join(
        f'<button type="button" class="ibid-act" data-copy="{_attribute(cited_text(answer, documents, style))}">'
        f"{name}</button>"
        for style, name in STYLES.items()
    )
    return (
        f'<button type="button" class="ibid-act ibid-copy" data-copy="{_attribute(plain_text(answer, documents))}">Copy'
        '</button><details class="ibid-cite"><summary class="ibid-act">Copy with citations</summary>'
        f'<div class="ibid-menu" role="group" aria-label="Style of citation">{styles}</div></details>'
    )


def _linking(answer: Answer, documents: Mapping[str, Document]) -> str:
    """The button that copies a link to the answer: its query, which the script puts behind the app's address."""
    query = link_query(answer, documents)
    if not query:
        return ""
    return (
        f'<button type="button" class="ibid-act ibid-copy" data-link data-copy="{_attribute(query)}">Copy link</button>'
    )


def _button(act: str, name: str, attributes: str = "") -> str:
    return f'<button type="button" class="ibid-act" data-act="{act}"{attributes}>{name}</button>'


def _thumb(act: str, name: str, rating: str) -> str:
    pressed = str(act == rating).lower()
    return (
        f'<button type="button" class="ibid-act ibid-thumb" data-act="{act}" aria-pressed="{pressed}" '
        f'aria-label="{name}" title="{name}"><svg viewBox="0 0 20 20" aria-hidden="true"><path d="{_THUMB}"/></svg>'
        "</button>"
    )


def _opener(act: str, name: str, key: str, panel: str) -> str:
    expanded = f' aria-expanded="{str(act == panel).lower()}" aria-controls="ibid-panel-{escape(key)}"'
    return _button(act, name, expanded)


def _panel(answer: Answer, documents: Mapping[str, Document], key: str, panel: str) -> str:
    match panel:
        case "considered":
            name, inner = "What was considered", considered_html(answer, documents)
        case "why":
            name, inner = "Why refused", why_refused_html(answer)
        case "comment" | "wrong":
            name, inner = "Comment", _form(*_ASKED[panel])
        case _:
            return f'<div id="ibid-panel-{escape(key)}" hidden></div>'
    return (
        f'<div class="ibid-panel ibid-panel-{panel}" id="ibid-panel-{escape(key)}" role="group" '
        f'aria-label="{name}">{inner}</div>'
    )


def _form(asked: str, act: str) -> str:
    return (
        f'<label class="ibid-comment">{asked}<textarea rows="2" maxlength="{LONGEST_COMMENT}"></textarea></label>'
        f'<div class="ibid-form">{_button(act, "Save")}{_button("close", "Close")}</div>'
    )


def _attribute(text: str) -> str:
    """A text as the value of an attribute, its line feeds kept."""
    return escape(text).replace("\n", "&#10;")
