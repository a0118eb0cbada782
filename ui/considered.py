"""What stood behind an answer or a refusal: the passages that were read, with their scores, and why it was refused."""

from collections.abc import Mapping
from html import escape

from answer.model import load_model
from core.records import Answer, Document, Hit
from ui.quoting import place_text, quote_button, quoted_html, stands, target
from ui.sureness import shortfall_words

__all__ = ["considered_html", "why_refused_html"]

_FOUND = {
    "dense": "meaning",
    "sentence": "the meaning of one sentence",
    "bm25": "its words",
    "label": "the number of its table",
    "row": "the name of its row",
    "place": "its place",
}


def considered_html(answer: Answer, documents: Mapping[str, Document]) -> str:
    """Return the passages that were read for an answer, best first; each opens in the reader."""
    hits = [hit for hit in answer.hits if stands(hit, documents)]
    if not hits:
        said = "What was read does not stand in the documents any more." if answer.hits else "No passage was read."
        return f'<p class="ibid-label">{said}</p>'
    count = "One passage was" if len(hits) == 1 else f"{len(hits)} passages were"
    items = "".join(f"<li>{_hit(hit, answer, documents)}</li>" for hit in hits)
    return (
        f'<p class="ibid-label">{count} read, best first. Scores compare within one question; likeness is the '
        "cosine of question and passage, 1 at most.</p>"
        f'<ol class="ibid-sources" aria-label="Passages considered">{items}</ol>'
    )


def why_refused_html(answer: Answer) -> str:
    """Return why a question was not answered, how far it fell short, and what may help."""
    short = shortfall_words(answer.confidence, load_model().threshold)
    near = "Read what comes nearest, above" if answer.hits else "Say it in the document's own words"
    lines = (answer.reason, short, f"{near}, or ask with other words. If it does say so, tell it by ‘Wrong passage’.")
    return "".join(f"<p>{escape(line)}</p>" for line in lines if line)


def _hit(hit: Hit, answer: Answer, documents: Mapping[str, Document]) -> str:
    p = hit.passage
    place = place_text(p.document_id, p.section, p.page, documents)
    quoted = any(c.document == p.document_id and c.start < p.end and p.start < c.end for c in answer.citations)
    told = [
        "quoted" * quoted,
        f"score {hit.score:.3f}" * bool(hit.score),
        f"likeness {hit.similarity:.2f}" * bool(hit.similarity),
        f"found by {', '.join(_FOUND.get(name, name) for name in hit.retrievers)}" * bool(hit.retrievers),
    ]
    scored = f'<span class="ibid-scored">{escape(" · ".join(filter(None, told)))}</span>'
    document, span = documents[p.document_id], (p.start, p.end)
    opens = target(document, span, p.section, p.page)
    return quote_button(opens, quoted_html(document, span), escape(place), number=hit.rank, told=scored)
