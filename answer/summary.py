"""Sum up a text, a section or a topic by a few of its sentences, in the order of the text."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from answer.central import centrality, next_best
from answer.cues import ASKS_FOR_END, DANGLES, FIRST_PERSON, LOOSE, SAYS_OF_WHOLE, SUMS_UP, TELLS_END
from answer.evidence import Evidence
from answer.outline import Section, find_section, may_have_section, outline, speaks_of_whole
from answer.requests import Focus, Request
from core.records import Document, Hit, PassageKind, Span
from index import Index
from ingest import block_at, count_words, is_code

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

__all__ = ["MOST_OF_SECTION", "MOST_QUOTES", "MOST_WORDS", "requested_section", "sum_up", "sum_up_topic"]

MOST_QUOTES = 5
MOST_OF_SECTION = 7  # of a section, which tells more than one thing
MOST_WORDS = 200  # of all quotes together
MOST_READ = 600  # sentences of a long section that are compared; its paragraphs' first come first
REACH = 3.0  # how far below the best score a sentence on a topic may lie
_SPREAD = 5.0  # of the scores, to bring them to the scale of centrality
_PARAGRAPHS = 3  # from the best sentence on that are looked at for more,
_NEAR = 0.3  # for sentences of such a cosine with it, or more,
_LIKE = 0.4  # which weighs so much less than being found
_FEW = 2  # words
_NEVER = -1.0  # the worth of a sentence that is quoted only with the one behind it
_SAME = 0.92  # the cosine from which two sentences say the same

_OPENS = 0.08  # what it adds to a sentence's worth to open a paragraph,
_CLOSES = 0.08  # or to close a section,
_ENDS = 0.3  # where it is asked what that argues or concludes,
_TITLE = 0.3  # so much of its cosine with the heading (Edmundson 1969, 'New methods in automatic extracting'),
_END = 0.2  # to tell of an outcome that is asked for,
_SUMS = 0.15  # to sum up, or, of the whole, to be the author's in the first person,
_FITS = 0.3  # to say what is wanted of the text as a whole,
_ASIDE = -0.15  # and to be an example, a question, or a pointer to something else


@dataclass(frozen=True, slots=True)
class _Pool:
    """Sentences in the order of the text, a unit vector each, and how much each is worth, from about 0 to 1."""

    sentences: tuple[Evidence, ...]
    vectors: "NDArray[np.float32]"
    worth: tuple[float, ...]


def requested_section(request: Request, index: Index) -> Section | None:
    """Return the section that is to be summed up, or in which a topic is to be looked for; None where none is meant."""
    mention = request.mention
    return find_section(mention, may_have_section(mention, index), index.cosines) if mention else None


def sum_up(request: Request, section: Section | None, index: Index) -> tuple[tuple[Evidence, ...], str]:
    """Return the sentences that sum up a section, or the whole text of a single document, or else why there are none.

    Neither where something else is asked for: a topic, the whole of several documents, or a section whose name may be
    that of a topic.
    """
    mention = request.mention
    if section and not request.topic:
        return _of_section(section, request.focus, index), ""
    if len(index.documents) != 1:
        return (), ""
    if mention and mention.how in ("number", "page") and not section:
        return (), f"It has no {mention.text.removeprefix('the ')}."
    if request.topic or (mention and mention.how != "closes"):
        return (), ""
    (document,) = index.documents.values()
    telling = _of_whole(document, index)
    return _central(telling, [_fit(e, SAYS_OF_WHOLE[request.focus]) for e in telling], index), ""


def sum_up_topic(
    topic: str, evidence: Sequence[Evidence], index: Index, section: Section | None = None
) -> tuple[Evidence, ...]:
    """Return the sentences that sum up a topic: of those near it the best, without repetition.

    Where these are few, others of the best one's section that are like it fill the place that is left: what is asked
    of is often named once and told of further on.

    Args:
        topic: what is asked; one that asks how a thing ended favours sentences that tell of ends.
        evidence: the scored sentences of the retrieved passages, best first.
        index: where they come from.
        section: where they are to stand, if any of them does.
    """
    prose = [e for e in evidence if e.hit.passage.kind in (PassageKind.PROSE, PassageKind.NOTE)]
    near = [e for e in prose if section and _within(e, section)] or prose
    near = [e for e in near if e.score >= near[0].score - REACH]
    around = _paragraphs_from(near[0], index) if near else ()
    sentences = {_place(e): e for e in (*around, *_leads(near, index), *near)}
    pool = tuple(sentences[place] for place in sorted(sentences))
    vectors = _vectors(pool, index)
    likeness = vectors @ vectors[sorted(sentences).index(_place(near[0]))] if near else ()
    ends = bool(ASKS_FOR_END.search(topic))
    worth = {
        _place(e): _LIKE * float(like) + _END * (ends and bool(TELLS_END.search(e.text)))
        for e, like in zip(pool, likeness, strict=True)
        if e in around and like > _NEAR
    }
    worth |= {_place(e): 1 - (near[0].score - e.score) / _SPREAD + _bonus(e, index) for e in near}
    values = tuple(worth.get(_place(e), _NEVER) for e in pool)
    return _choose(_Pool(pool, vectors, values), index, MOST_QUOTES)


def _of_section(section: Section, focus: Focus, index: Index) -> tuple[Evidence, ...]:
    """The sentences that are central in a section and on the matter of its heading: half of it at most, but for two.

    Where its argument or findings are asked for, those that say so come first.
    """
    sentences = _sentences(index.documents[section.document], [section.span], index)
    hits = _hits(sentences)
    cosines = index.sentence_similarities(section.heading, hits) if section.heading else [[0.0] * MOST_READ] * len(hits)
    titled = {
        (hit.passage.document_id, span): cosine
        for hit, values in zip(hits, cosines, strict=True)
        for span, cosine in zip(hit.passage.sentences, values, strict=False)
    }
    wanted = None if focus is Focus.ALL else SAYS_OF_WHOLE[focus]
    extra = [_TITLE * titled[_place(e)] + (_fit(e, wanted) if wanted else 0.0) for e in sentences]
    extra[-1:] = [more + (_ENDS if wanted else _CLOSES) for more in extra[-1:]]
    return _central(sentences, extra, index, min(MOST_OF_SECTION, max(2, len(sentences) // 2)))


def _central(
    sentences: Sequence[Evidence], extra: Sequence[float], index: Index, most: int = MOST_QUOTES
) -> tuple[Evidence, ...]:
    """The sentences that are central among some, with so much extra worth each."""
    vectors = _vectors(sentences, index)
    worth = tuple(
        central + _bonus(e, index) + more
        for e, central, more in zip(sentences, centrality(vectors), extra, strict=True)
    )
    return _choose(_Pool(tuple(sentences), vectors, worth), index, most)


def _fit(evidence: Evidence, wanted: re.Pattern[str]) -> float:
    """What it adds to a sentence's worth to say what is wanted of the whole, and more so in the first person."""
    said = bool(wanted.search(evidence.text))
    return _FITS * said + _SUMS * (said and bool(FIRST_PERSON.search(evidence.text)))


def _choose(pool: _Pool, index: Index, most: int) -> tuple[Evidence, ...]:
    """Choose sentences that are worth it and say nothing twice, each with the one that it points back to.

    At most so many, and MOST_WORDS in all; a single sentence longer than that is quoted whole.
    """
    left = [i for i, worth in enumerate(pool.worth) if worth > _NEVER and _stands(pool.sentences, i, index)]
    chosen: list[int] = []
    while left and len(chosen) < most:
        best = next_best(pool.worth, pool.vectors, chosen, left)
        left.remove(best)
        more = [i for i in (best - 1, best) if i not in chosen and (i == best or _dangles(pool.sentences[best]))]
        said = any(float(pool.vectors[best] @ pool.vectors[i]) >= _SAME for i in chosen)
        if said or (chosen and not _fits([pool.sentences[i] for i in (*chosen, *more)], most)):
            continue
        chosen += more
    return tuple(pool.sentences[i] for i in sorted(chosen))


def _fits(quotes: Sequence[Evidence], most: int) -> bool:
    distinct = len({e.text for e in quotes}) == len(quotes)
    return distinct and len(quotes) <= most and sum(len(e.text.split()) for e in quotes) <= MOST_WORDS


def _stands(sentences: Sequence[Evidence], position: int, index: Index) -> bool:
    """Say whether a sentence can be understood, if need be with the one before it."""
    if not _dangles(sentences[position]):
        return True
    before = sentences[position - 1] if position else None
    return before is not None and not _dangles(before) and _follows(before, sentences[position], index)


def _dangles(evidence: Evidence) -> bool:
    return bool(DANGLES.match(evidence.text))


def _follows(before: Evidence, after: Evidence, index: Index) -> bool:
    """Say whether a sentence is the next of the same paragraph."""
    if before.hit.passage.document_id != after.hit.passage.document_id or before.span[1] > after.span[0]:
        return False
    document = index.documents[after.hit.passage.document_id]
    between = document.text[before.span[1] : after.span[0]]
    return not between.strip() and block_at(document, before.span[0]) == block_at(document, after.span[0])


def _bonus(evidence: Evidence, index: Index) -> float:
    """What the form of a sentence adds to its worth."""
    opens = block_at(index.documents[evidence.hit.passage.document_id], evidence.span[0]).start == evidence.span[0]
    return _OPENS * opens + _SUMS * bool(SUMS_UP.search(evidence.text)) + _ASIDE * bool(LOOSE.match(evidence.text))


def _of_whole(document: Document, index: Index) -> tuple[Evidence, ...]:
    """The sentences in which a text speaks of itself as a whole: how it opens and closes, and where it sums up."""
    spans = [section.span for section in speaks_of_whole(outline(document))]
    everything = _sentences(document, [(0, len(document.text))], index)
    telling = [e for e in everything if SUMS_UP.search(e.text) or any(a <= e.span[0] < b for a, b in spans)]
    return tuple(telling) if len(telling) >= MOST_QUOTES else everything


def _sentences(document: Document, spans: Sequence[Span], index: Index) -> tuple[Evidence, ...]:
    """The sentences of running text in some slices of a document, in order."""
    found = [
        Evidence(hit, span, document.text[slice(*span)])
        for start, end in spans
        for hit in index.hits_in(document.id, (start, end))
        if hit.passage.kind is PassageKind.PROSE
        for span in hit.passage.sentences
        if start <= span[0] < end
    ]
    found = [e for e in found if _says_something(e.text)] or found
    if len(found) > MOST_READ:
        found = [e for e in found if block_at(document, e.span[0]).start == e.span[0] or SUMS_UP.search(e.text)]
    return tuple(found[:MOST_READ])


def _says_something(text: str) -> bool:
    """Say whether a sentence can stand in a summary: it is no program text, and more than an item's few words."""
    return count_words(text) > _FEW and not is_code(text)


def _paragraphs_from(evidence: Evidence, index: Index) -> tuple[Evidence, ...]:
    """The sentences from one on, to the end of the next paragraph but one of its section."""
    document = index.documents[evidence.hit.passage.document_id]
    here = block_at(document, evidence.span[0])
    place = document.blocks.index(here)
    end = here.end
    for block in document.blocks[place + 1 : place + _PARAGRAPHS]:
        if block.section != here.section:
            break
        end = block.end
    return _sentences(document, [(here.start, end)], index)


def _leads(evidence: Sequence[Evidence], index: Index) -> Iterator[Evidence]:
    """Yield the sentence before each that points back."""
    for e in evidence:
        if _dangles(e):
            document = index.documents[e.hit.passage.document_id]
            paragraph = block_at(document, e.span[0])
            yield from _sentences(document, [(paragraph.start, e.span[0])], index)[-1:]


def _vectors(sentences: Sequence[Evidence], index: Index) -> "NDArray[np.float32]":
    """The vector of each sentence, float32 of shape (sentences, dimensions)."""
    import numpy as np

    hits = _hits(sentences)
    by_place = {
        (hit.passage.id, span): vector
        for hit, vectors in zip(hits, index.sentence_vectors(hits), strict=True)
        for span, vector in zip(hit.passage.sentences, vectors, strict=True)
    }
    return np.array([by_place[e.hit.passage.id, e.span] for e in sentences], dtype=np.float32)


def _hits(sentences: Sequence[Evidence]) -> list[Hit]:
    return list({e.hit.passage.id: e.hit for e in sentences}.values())


def _place(evidence: Evidence) -> tuple[str, Span]:
    return evidence.hit.passage.document_id, evidence.span


def _within(evidence: Evidence, section: Section) -> bool:
    document, (start, _) = _place(evidence)
    return document == section.document and section.span[0] <= start < section.span[1]
