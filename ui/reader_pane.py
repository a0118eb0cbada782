"""The pane that a source is read in: its bar with the place and the tools, the find box, the contents, the document."""

from collections.abc import Mapping

from core.records import Document
from ui.reader import reader_html

__all__ = ["reader_pane_html"]

_STEPS = (
    '<div class="ibid-steps" role="group" aria-label="Citations of this answer">'
    '<button type="button" class="ibid-tool ibid-before" aria-label="Previous citation" title="Previous citation (p)" '
    'aria-keyshortcuts="p">‹</button><span class="ibid-step"></span>'
    '<button type="button" class="ibid-tool ibid-after" aria-label="Next citation" title="Next citation (n)" '
    'aria-keyshortcuts="n">›</button></div>'
)
_TOOLS = (
    f'<div class="ibid-tools">{_STEPS}'
    '<button type="button" class="ibid-tool ibid-contents-open" aria-expanded="false" aria-controls="ibid-contents">'
    "Contents</button>"
    '<button type="button" class="ibid-tool ibid-find-open" aria-expanded="false" aria-controls="ibid-find" '
    'title="Find in the source (Ctrl+F)" aria-keyshortcuts="Control+F">Find</button></div>'
)
_FIND = (
    '<div class="ibid-find" id="ibid-find" role="search" hidden>'
    '<input type="search" class="ibid-find-words" aria-label="Find in the source" placeholder="Find in the source" '
    'autocomplete="off" spellcheck="false" maxlength="200">'
    '<span class="ibid-matches" role="status"></span>'
    '<button type="button" class="ibid-tool ibid-find-before" aria-label="Previous match">‹</button>'
    '<button type="button" class="ibid-tool ibid-find-after" aria-label="Next match">›</button>'
    '<button type="button" class="ibid-tool ibid-find-close" aria-label="Close the find box">×</button></div>'
)
_CONTENTS = '<nav class="ibid-contents" id="ibid-contents" aria-label="Contents" hidden></nav>'


_NOTHING = (
    '<article class="ibid-document" data-document=""><p class="ibid-block">The source of an answer opens here.</p>'
    "</article>"
)


def reader_pane_html(documents: Mapping[str, Document]) -> str:
    """Return the pane with the first of some documents open, if any; the script fills the list to choose from."""
    picker = '<select class="ibid-picker" aria-label="Document" hidden></select>'
    first = next(map(reader_html, documents.values()), _NOTHING)
    return (
        '<div class="ibid-reader"><div class="ibid-bar"><button type="button" class="ibid-close">← Back</button>'
        f'{picker}<p class="ibid-here"></p>{_TOOLS}<p class="ibid-hidden ibid-said" role="status"></p></div>'
        f'<div class="ibid-under">{_FIND}{_CONTENTS}<p class="ibid-error ibid-trouble" role="alert" hidden></p>'
        f'<div class="ibid-scroll" role="region" aria-label="Source" tabindex="0">{first}</div>'
        "</div></div>"
    )
