"""Answer questions about sources: what a work is cited for, and which work is cited for a claim."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from answer.evidence import Evidence
from answer.features import looks_citing
from answer.nearby import sentences_behind
from answer.question import AnswerType, Question
from answer.select import MARGIN, MOST_WORDS
from answer.sources.finding import Place, SourceIndex, names_citing
from core.records import PassageKind
from index import Index
from index.terms import analyze
from ingest import block_at

__all__ = [
    "asks_for_work",
    "citing_sentences",
    "claim_in",
    "place_quote",
    "places_asked_for",
    "sentences_on",
    "work_quotes",
]

_SAYS_NOTHING = frozenset({PassageKind.REFERENCE, PassageKind.TABLE})  # of itself: entries, and rows that cite none
_BEHIND = 2  # sentences behind one that may name its source
MOST_QUOTES = 4  # places of a work that are quoted

# Words that lead from the question for a source to the claim that the source is to support.
_LEAD = frozenset(
    "who whom whose which what where on upon by in is are was were does do did has have the a an it its this that to "
    "for as of about behind with cite cites cited citing quote quotes quoted reference references referenced refer "
    "refers source sources study studies work works author authors article book chapter text paper document "
    "publication support supports supported back backs backed evidence give gives given use uses used name names "
    "named rely relies draw draws claim claims claimed statement idea point fact finding view argument assertion "
    "observation says said argue argues argued thinks objects objected warn warns warned report reports reported found "
    "finds show shows showed shown suggest suggests suggested reckon reckons reckoned estimate estimates estimated "
    "note notes noted observe observes observed state states stated believe believes believed maintain maintains "
    "maintained conclude concludes concluded contend contends attributes ascribes explains interprets regards likens "
    "doubts disputes criticises criticizes holds calculated measured propose proposed describe describes described "
    "credited borrowed words say phrase remark notion opinion thesis scholar scholars researcher researchers "
    "writer writers papers".split()
)
_ASKS = re.compile(r"\W*(?:(?:on|by|to|in) )?(?:who|whom|whose|which|what|where)\b", re.IGNORECASE)

# What asks for a work and not for whoever says something: 'the sources of income' are none.
_WORK = re.compile(
    r"\bcit(?:e[sd]?|ing|ations?)\b|\breferenced\b|\b(?:which|what|whose) (?:source|work|stud(?:y|ie)|paper|"
    r"publication|reference|scholar|researcher|author|writer)s?\b(?! (?:of|do|does)\b)",
    re.IGNORECASE,
)

# Words of a question for what works say, whatever that is.
_SAYS = frozenset(
    analyze(
        "et al say argue argument claim find finding found show think thought hold report conclude conclusion write "
        "propose suggest point note estimate contribute contribution view believe maintain differ difference disagree "
        "take draw owe borrow adopt derive credit attribute invoke rely rest base back idea concept notion term "
        "use employ apply serve support build mention "
        "chapter document text article paper essay thesis author study work"
    )
)
_PAGE = re.compile(r"\b(?:on|at) (?:page|p\.) ?(\w+)", re.IGNORECASE)
# What a work is said to be cited for: 'cited on the tides'; a page is no such thing.
_TOPIC = re.compile(r"\bcit(?:e[sd]?|ing)\b.*?\b(?:on|about|concerning|regarding|as)\s+(?!p(?:ages?|p?\.)\s)(.+)", re.I)


def claim_in(question: str) -> str:
    """Return the claim whose source a question asks for, 'Who is cited for X?' without what leads in to X."""
    if not _ASKS.match(question):
        return question
    words = question.split()
    lead = next((i for i, word in enumerate(words) if word.strip(".,;:?!").lower() not in _LEAD), len(words))
    return " ".join(words[lead:]) if len(words) - lead > 1 else question


def asks_for_work(question: str) -> bool:
    """Say whether nothing but a work that is cited can answer a question for a source."""
    return bool(_WORK.search(question))


def citing_sentences(evidence: Sequence[Evidence], sources: SourceIndex, index: Index) -> tuple[Evidence, ...]:
    """Return the sentences that cite a work, best first.

    When a sentence that cites nothing is far better, the one near it that does, if any, and that sentence: what a work
    is cited for is often told in several.
    """
    citing = [
        e
        for e in evidence
        if e.hit.passage.kind is not PassageKind.REFERENCE and sources.cites(e.hit.passage.document_id, e.span)
    ]
    text = [e for e in evidence if e.hit.passage.kind not in _SAYS_NOTHING or e in citing]
    if citing and citing[0].score >= text[0].score - MARGIN:
        return _distinct(_whole(e, sources.supporting(e.hit.passage.document_id, e.span)) for e in citing)
    return _with_source(text[0], sources, index) if text and not looks_citing(text[0].text) else ()


def _with_source(told: Evidence, sources: SourceIndex, index: Index) -> tuple[Evidence, ...]:
    """A sentence with the one near it that cites what it tells, as good as itself; none where no such is near.

    A work is named before what it says ('Bell (1999) thinks otherwise.'), or in parentheses or a note behind it.
    """
    name, spans = told.hit.passage.document_id, told.hit.passage.sentences
    near: list[Evidence] = []
    if at := spans.index(told.span):
        before = index.documents[name].text[slice(*spans[at - 1])]
        if told.antecedent or sources.named(name, spans[at - 1]):
            near.append(replace(told, span=spans[at - 1], text=before, antecedent=""))
    paragraph = block_at(index.documents[name], told.span[0])
    behind = [e for e in sentences_behind(told, index)[:_BEHIND] if e.span[0] < paragraph.end]
    near += [e for e in behind if not sources.named(name, e.span)]
    source = next((e for e in near if sources.cites(name, e.span)), None)
    return (replace(source, score=told.score, features=told.features), told) if source else ()


def places_asked_for(question: Question, places: Sequence[Place]) -> Sequence[Place]:
    """Return those places of the works that a question names which answer it, whatever they say; else none.

    'What is Bell 1999 cited for?' is answered by all of them, 'What does Bell think of the weir?' by those with all
    words of the thing, but not 'When was Bell born?', nor a question for what a work is cited for on a thing of
    which no place of it has most words.
    """
    named = question.terms_of(" ".join(author for place in places for author in place.cited.authors))
    page = _PAGE.search(question.text)
    places = [place for place in places if page and str(place.page) == page[1]] or places
    asked = set(question.terms) - named - question.figures
    if asked <= _SAYS:
        return places
    if question.answer_type is AnswerType.OTHER and _SAYS.intersection(analyze(question.text)):
        told = [place for place in places if asked - _SAYS <= question.terms_of(place.sentence)]
        if told:
            return told
    if not names_citing(question.text):
        return ()
    topic = _TOPIC.search(question.text)
    terms = question.terms_of(topic[1]) - named - question.figures if topic else set()
    if not terms or any(2 * len(terms & question.terms_of(place.sentence)) > len(terms) for place in places):
        return places
    return ()


def sentences_on(places: Sequence[Place], evidence: Sequence[Evidence]) -> tuple[Evidence, ...]:
    """Return the sentences that cite works, name their authors, or point back to one that does, best first.

    None when there are no works, or another sentence is far better.
    """
    authors = {re.escape(author) for place in places for author in place.cited.authors}
    if not authors:
        return ()
    named = re.compile(rf"(?<!\w)(?:{'|'.join(sorted(authors))})(?!\w)")
    found = [e for e in evidence if named.search(f"{e.antecedent} {e.text}") or any(_holds(e, p) for p in places)]
    return _distinct(found) if found and found[0].score >= evidence[0].score - MARGIN else ()


def place_quote(place: Place, index: Index) -> Evidence | None:
    """Return what a place says, in the passage that holds it; None where no passage does.

    The names of a table's columns are in no passage: they are quoted with the first row under them.
    """
    document, span, text = index.documents[place.document], place.cited.sentence, place.sentence
    hits = index.hits_in(place.document, (place.cited.start, place.cited.end))
    table = block_at(document, place.cited.start)
    if not hits and table.columns and len(table.lines) > 1:
        hits = index.hits_in(place.document, table.lines[1])
        span = table.lines[0][0], table.lines[1][1]
        text = document.text[slice(*span)]
    return Evidence(hits[0], span, text) if hits else None


def work_quotes(places: Sequence[Place], evidence: Sequence[Evidence], index: Index) -> tuple[Evidence, ...]:
    """Return the sentences that cite the given works: those that best fit the question, in the order of the text.

    A sentence that stands word for word in two places is quoted once; running text comes before tables. None where
    the works are cited in no passage.
    """
    distinct = list(_distinct(_whole(e, held) for e in evidence if (held := [p for p in places if _holds(e, p)])))
    if not distinct:
        placed = (place_quote(place, index) for place in places)
        distinct = list(_distinct(filter(None, placed)))
    distinct.sort(key=lambda e: "\t" in e.text or e.text.startswith("Source"))
    chosen: list[Evidence] = []
    for e in distinct[:MOST_QUOTES]:
        if not chosen or sum(len(c.text.split()) for c in [*chosen, e]) <= MOST_WORDS:
            chosen.append(e)
    return tuple(sorted(chosen, key=lambda e: (e.hit.passage.document_id, e.span)))


def _whole(evidence: Evidence, places: Sequence[Place]) -> Evidence:
    """A sentence with all of the quotation that it is part of, where one of the places is the citation behind that."""
    for place in places:
        (begin, end), (start, stop) = place.cited.sentence, evidence.span
        if begin <= start and stop <= end and end - begin > stop - start:
            return replace(evidence, span=(begin, end), text=place.sentence)
    return evidence


def _distinct(evidence: Iterable[Evidence]) -> tuple[Evidence, ...]:
    """The first of each text, in order."""
    found: dict[str, Evidence] = {}
    for e in evidence:
        found.setdefault(e.text, e)
    return tuple(found.values())


def _holds(evidence: Evidence, place: Place) -> bool:
    start, end = evidence.span
    return place.document == evidence.hit.passage.document_id and start <= place.cited.start < end
