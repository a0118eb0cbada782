"""A checked text as HTML: its sentences in order, each with its verdict, what differs, and the quotes; all escaped."""

import re
from collections.abc import Iterable, Mapping, Sequence
from html import escape

from answer import Sentence
from core.records import CheckedClaim, Citation, Difference, Document, Verdict
from ui.quoting import place_text, quote_button, quoted_html, stands, target

__all__ = ["check_html", "difference_words", "error_html", "intro_html", "progress_html"]

_SIGNS = {Verdict.SUPPORTED: "✓", Verdict.CONTRADICTED: "✗", Verdict.NOT_FOUND: "?"}
_MEANINGS = {
    Verdict.SUPPORTED: "the text says it, and the quote is shown",
    Verdict.CONTRADICTED: "the text says it otherwise, and what differs is named",
    Verdict.NOT_FOUND: "the text does not say it: it may be true all the same",
}
_SKIPPED = ("–", "not checked", "skipped")  # sign, words, and the word for style sheet and script
_WAITING = ("…", "to be checked", "waiting")


def intro_html(longest: int) -> str:
    """Return what stands in place of a report before anything was checked: what the verdicts mean.

    Args:
        longest: how many characters a text may have.
    """
    meanings = "".join(
        f'<div data-verdict="{_word(v)}"><dt>{_label(_SIGNS[v], v)}</dt><dd>{_MEANINGS[v]}</dd></div>' for v in Verdict
    )
    return (
        '<div class="ibid-intro"><h2>Check a text against the source</h2>'
        "<p>Paste what you or someone else wrote. Each sentence that claims something gets one of three verdicts:</p>"
        f'<dl class="ibid-meanings">{meanings}</dl>'
        f"<p>Questions, headings and greetings are passed over. Up to {longest:,} characters at a time.</p>"
        '<p><button type="button" class="ibid-try">Try an example</button></p></div>'
    )


def progress_html(done: int, total: int) -> str:
    """Return the line that says how many of a text's claims are checked."""
    if not total:
        return '<p class="ibid-progress" role="status">Nothing in this text is a claim.</p>'
    return (
        f'<p class="ibid-progress"><progress max="{total}" value="{done}" aria-label="Sentences checked"></progress> '
        f"{done} of {total} checked</p>"
    )


def error_html(message: str) -> str:
    """Return the line that says why a text cannot be checked."""
    return f'<p class="ibid-error" role="alert">{escape(message)}</p>'


def check_html(
    sentences: Sequence[Sentence],
    claims: Sequence[CheckedClaim],
    documents: Mapping[str, Document],
    *,
    text: str,
    done: bool,
) -> str:
    """Return the report on a text.

    Args:
        sentences: all of the text, in order.
        claims: those checked so far, in order.
        documents: by id; their titles are named where there are several.
        text: what was checked; its paragraphs stay apart.
        done: whether nothing is left to be checked.
    """
    checked = {claim.start: claim for claim in claims}
    rows: list[str] = []
    behind = 0
    for sentence in sentences:
        new = bool(rows and re.search(r"\n\s*\n", text[behind : sentence.start]))
        rows.append(_row(sentence, checked.get(sentence.start), documents, new=new))
        behind = sentence.end
    return (
        f'<div class="ibid-check" aria-busy="{str(not done).lower()}">{_counts(sentences, claims, done=done)}'
        f'<ol class="ibid-claims" aria-label="Your text, sentence by sentence">{"".join(rows)}</ol></div>'
    )


def difference_words(difference: Difference) -> str:
    """Return what a claim and a document say otherwise: 'you wrote 2018, the text says 2019'."""
    if difference.kind == "denial":
        return "you deny what the text says" if difference.found == "no denial" else "the text denies this"
    return f"you wrote {difference.written}, the text says {difference.found}"


def _counts(sentences: Sequence[Sentence], claims: Sequence[CheckedClaim], *, done: bool) -> str:
    """How many sentences have each verdict, as buttons that show these alone."""
    found = [(_word(v), _SIGNS[v], str(v), sum(claim.verdict is v for claim in claims)) for v in Verdict]
    sign, words, word = _SKIPPED
    found.append((word, sign, words, sum(not s.claims for s in sentences)))
    buttons = "".join(
        f'<li><button type="button" class="ibid-count" data-verdict="{word}" aria-pressed="false"'
        f'{"" if number else " disabled"}><span aria-hidden="true">{sign}</span> <b>{number}</b> {words}</button></li>'
        for word, sign, words, number in found
    )
    said = ", ".join(f"{number} {words}" for _, _, words, number in found)
    status = f'<p class="ibid-hidden" role="status">Checked: {said}.</p>' if done else ""
    return f'{status}<ul class="ibid-counts" aria-label="Show only sentences that are">{buttons}</ul>'


def _row(sentence: Sentence, claim: CheckedClaim | None, documents: Mapping[str, Document], *, new: bool) -> str:
    if claim:
        sign, words, word = _SIGNS[claim.verdict], str(claim.verdict), _word(claim.verdict)
    else:
        sign, words, word = _WAITING if sentence.claims else _SKIPPED
    opened = (
        f'<li class="ibid-claim{" ibid-new" * new}" data-verdict="{word}">'
        f'<p class="ibid-verdict">{_label(sign, words)}</p>'
    )
    if not claim:
        return f'{opened}<p class="ibid-claimed">{escape(sentence.text)}</p></li>'
    written = [d.written for d in claim.differences]
    found = [d.found for d in claim.differences]
    quotes = "".join(f"<li>{_quote(c, documents, found)}</li>" for c in claim.citations if stands(c, documents))
    return (
        f'{opened}<div><p class="ibid-claimed">{_stressed(escape(claim.text), written)}</p>'
        f"{_differences(claim.differences)}{_unsaid(claim.unsaid)}"
        + (f'<ul class="ibid-sources ibid-nearest" aria-label="Quotes">{quotes}</ul>' if quotes else "")
        + "</div></li>"
    )


def _differences(differences: Sequence[Difference]) -> str:
    if not differences:
        return ""
    items = "".join(f"<li>{escape(_sentence(difference_words(d)))}</li>" for d in differences)
    return f'<ul class="ibid-differences" aria-label="What differs">{items}</ul>'


def _unsaid(words: Sequence[str]) -> str:
    if not words:
        return ""
    listed = ", ".join(f"<b>{escape(word)}</b>" for word in words)
    return f'<p class="ibid-unsaid">Not in the quote: {listed}. Judge whether the quote says it in other words.</p>'


def _quote(citation: Citation, documents: Mapping[str, Document], found: Sequence[str]) -> str:
    """A quote that opens in the reader; what the claim says otherwise is stressed."""
    place = escape(place_text(citation.document, citation.section, citation.page, documents))
    document, span = documents[citation.document], (citation.start, citation.end)
    opens = target(document, span, citation.section, citation.page)
    return quote_button(opens, _stressed(quoted_html(document, span), found), place)


def _stressed(html: str, parts: Iterable[str]) -> str:
    """Set parts of a text in HTML in bold, each where it first stands as whole words."""
    for part in parts:
        wanted = re.compile(rf"(?<![\w&#]){re.escape(escape(part))}(?!\w)")
        pieces = re.split(r"(<[^>]*>)", html)  # text at even positions: no tag is looked into
        for i, piece in enumerate(pieces):
            if i % 2 == 0 and wanted.search(piece):
                pieces[i] = wanted.sub(r"<strong>\g<0></strong>", piece, count=1)
                break
        html = "".join(pieces)
    return html


def _label(sign: str, words: str) -> str:
    return f'<span aria-hidden="true">{sign}</span> {words}'


def _word(verdict: Verdict) -> str:
    return str(verdict).replace(" ", "-")


def _sentence(words: str) -> str:
    return f"{words[0].upper()}{words[1:]}."
