"""The sources that documents cite: find the places of a work, and read which work a question is about."""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import cached_property, lru_cache
from itertools import islice, takewhile

from answer.notes import notes_to
from answer.reach import MOST
from answer.sources.citing import BETWEEN, YEAR, CitingDocuments
from answer.sources.places import Place, places_in
from core.records import CitedSource, Document, Span
from index import Index
from index.terms import analyze
from ingest import fold_name

__all__ = ["Place", "SourceIndex", "asks_for_source", "meet", "names_citing", "source_name", "work_name"]

_LETTER = re.compile(r"(?<=\d)[a-z]$")
# 'Smith 2021', 'Bell and O’Dowd (1999)', 'Dorn et al., 1999': a work named in a question.
_WORK = re.compile(
    r"(?P<names>[A-Z][\w’'-]+(?:(?:,? (?:and|&) |, )[A-Z][\w’'-]+)*(?:,? et al\.?)?)(?:[’']s)?,? "
    r"\(?(?P<year>(?:1[5-9]|20)\d\d[a-z]?)\b"
)
_CITES = re.compile(r"\bcit(?:e[sd]?|ing|ation)|\breferenc|\bquot(?:e[sd]?|ing)\b", re.IGNORECASE)
# Words of citing that are said of other things, too: a town relies on a fund.
_USES = re.compile(r"\brel(?:y|ies|ied)\b|\bused for\b|\bdraws? on\b", re.IGNORECASE)
_NO_NAME = re.compile(
    r"(?:In|Since|By|Until|After|Before|During|From|Of|For|On|At|Between|And|The|Which|What|Who|When|Where|Does|Did|Is|"
    r"Was|January|February|March|April|May|June|July|August|September|October|November|December)\b"
)
_CAPITAL = re.compile(r"[A-Z][\w’'-]*?(?=[’']s\b|[^\w’'-]|$)")
_DOCUMENT = re.compile(r"\b(?:chapter|document|text|article|paper|report|thesis|essay|author)\b", re.IGNORECASE)
_ASKS_FOR_SOURCE = re.compile(
    r"\W*(?:(?:on|by|in|to) )?(?:who|whose|(?:which|what) "
    r"(?:source|work|stud|paper|publication|author|scholar|researcher|reference|citation))",
    re.IGNORECASE,
)
# A work that is named by its number in the bibliography: 'reference 12', 'source no. 3', '[7]'.
_NUMBER = re.compile(r"\b(?:reference|source|citation|ref\.?)s? (?:number |no\.? )?\[?(\d{1,3})\b|\[(\d{1,3})\]", re.I)
_DATED = re.compile(r"\b(?:1[5-9]|20)\d\d[a-z]?\b|\bibid\b", re.IGNORECASE)  # as a note that cites is
_KEPT = 4 * MOST  # documents whose places are kept
_MOST_NUMBERED = 3  # documents, beyond which a number names no work
_LEAST = 0.85  # of rapidfuzz's similarity; two spellings of a name


class SourceIndex:
    """The places where the documents of an index cite works; a document is read when it may hold what is asked for."""

    def __init__(self, index: Index) -> None:
        self._documents = index.documents
        self._citing = CitingDocuments(index)
        self._places = lru_cache(maxsize=_KEPT)(lambda name: tuple(places_in(index.documents[name])))

    def supporting(self, document: str, span: Span) -> Sequence[Place]:
        """Return the works cited for a slice of a document: within it, or behind a quotation that it is part of."""
        return [p for p in self._places(document) if meet(p.cited.sentence, span)]

    def named(self, document: str, span: Span) -> bool:
        """Say whether a slice of a document names a work in its own words: 'Bell (1999) holds'."""
        return any(place.cited.form == "narrative" for place in self.supporting(document, span))

    def cites(self, document: str, span: Span) -> bool:
        """Say whether a slice of a document cites a work, or bears the marker of a note that seems to."""
        return bool(self.supporting(document, span)) or any(
            _DATED.search(self._documents[document].text, note.start, note.end)
            for note in notes_to(self._documents[document], span)
        )

    def find(self, query: str, asked: str = "") -> tuple[Place, ...]:
        """Return the places of the works that a query names: 'Smith 2021', 'Bell & O’Dowd', 'Dorn'.

        Names may be misspelt where nothing is spelt as they are; a year without a letter means every letter.

        Args:
            query: what names them.
            asked: the question that does: of very many documents that have the names those nearest to it are read.
                Without one all of them are.
        """
        names, year = _read_query(query)
        places = self._of(self._citing.holding(names, year, asked))
        dated = [p for p in places if not year or _same_year(year, p.cited.year)]
        if year and not names:
            return tuple(dated)
        exact = [p for p in dated if names and names <= _words(p.cited.authors)]
        exact = exact or [p for p in dated if names and names <= _words(self._listed_authors(p))]
        if exact or not names:
            return tuple(exact)
        alike = (p for p in self._of(self._citing.holding_alike(names, asked)) if _near(names, _words(p.cited.authors)))
        return tuple(p for p in alike if not year or _same_year(year, p.cited.year))

    def closest(self, query: str, most: int = 3) -> tuple[str, ...]:
        """Return the works whose names are nearest to a query that found nothing, in the documents nearest to it."""
        from rapidfuzz import fuzz, process

        works = list(dict.fromkeys(source_name(p.cited) for p in self._of(self._citing.nearest(query))))
        found = process.extract(query, works, scorer=fuzz.WRatio, limit=most, score_cutoff=60)
        return tuple(name for name, _, _ in found)

    def named_in(self, question: str) -> tuple[Place, ...]:
        """Return the places of the works that a question names: by author and year, or beside a word of citing.

        An author whom a text names in its citations alone needs no such word: the text says nothing else of them.
        """
        if numbered := self._numbered(question):
            return numbered
        for named in _works(question):
            names = _words([named.group("names")])
            uses = bool(_USES.search(question))
            found = [
                p
                for p in self.find(named.group(), question)
                if _CITES.search(question)
                or _words(p.cited.authors[:1]) <= names
                or (uses and names <= _words(p.cited.authors))
            ]
            if found:
                return tuple(found)
        years = {year.lower() for year in YEAR.findall(question)}
        sought = asks_for_source(question)
        may_name = bool(years) or (names_citing(question) and not sought)
        places = self._of(self._citing.holding_authors(question, years)) if may_name else ()
        cited = tuple(p for p in places if p.cited.authors and _is_named(p.cited, question, years))
        return cited or (() if years or sought else self._cited_alone(question))

    def unknown_work(self, question: str) -> str:
        """Return the work that a question names and no document cites, or nothing."""
        cites = _CITES.search(question) or (_USES.search(question) and _DOCUMENT.search(question))
        if not cites or asks_for_source(question):
            return ""
        named = next(_works(question), None)
        known = named is None or self.find(named.group(), question)
        return "" if named is None or known or not self.cites_anything else named.group()

    def listed(self, work: str) -> bool:
        """Say whether a work stands in a bibliography."""
        names, year = _read_query(work)
        documents = (self._documents[name] for name in self._citing.holding(names, year) if names and year)
        entries = (entry for document in documents for entry in document.references)
        return any(names <= _words(e.authors) and _same_year(year, e.year) for e in entries)

    @cached_property
    def cites_anything(self) -> bool:
        """Whether any document cites a work; of very many the first tell."""
        return any(self._documents[name].cited for name in islice(self._documents, MOST))

    def _numbered(self, question: str) -> tuple[Place, ...]:
        """Return the places of the work that a question names by its number; of many documents a number tells none."""
        number = _NUMBER.search(question)
        if number is None or len(self._documents) > _MOST_NUMBERED:
            return ()
        label = number[1] or number[2]
        places = (p for p in self._of(self._documents) if p.cited.form == "numeric")
        return tuple(
            p
            for p in places
            if p.cited.reference is not None
            and self._documents[p.document].references[p.cited.reference].label == label
        )

    def _listed_authors(self, place: Place) -> Sequence[str]:
        """Whom the bibliography names as the authors of a work, those too that the text leaves out as 'et al.'."""
        number = place.cited.reference
        return () if number is None else self._documents[place.document].references[number].authors

    def _of(self, names: Iterable[str]) -> Iterator[Place]:
        return (place for name in names for place in self._places(name))

    def _cited_alone(self, question: str) -> tuple[Place, ...]:
        """Return the places of the authors that a question names, one of whom no text names but in its citations.

        The others' are looked for only where one who is cited alone is cited, if very many documents have their names.
        """
        names = {name for name in _CAPITAL.findall(question) if not _NO_NAME.match(name)}
        names -= {word for word in question.split()[:1] if not analyze(word)}
        held = {name: self._citing.holding_name(fold_name(name)) for name in sorted(names)}
        alone = {i for name, ids in held.items() if self._is_cited_alone(name, ids) for i in ids[:MOST]}
        wanted = alone.union(i for ids in held.values() if len(ids) <= MOST for i in ids) if alone else alone
        return tuple(p for p in self._of(self._citing.in_order(wanted)) if set(p.cited.authors[:1]) & names)

    def _is_cited_alone(self, name: str, ids: Sequence[str]) -> bool:
        """Say whether documents cite an author by this name and name them nowhere else; of very many the first tell."""
        return all(_is_only_cited(name, self._documents[i]) for i in ids[:MOST]) and any(
            p.cited.authors[:1] == (name,) for p in self._of(ids[:MOST])
        )


def names_citing(question: str) -> bool:
    """Say whether a question has a word of citing or of using a work."""
    return bool(_CITES.search(question) or _USES.search(question))


def source_name(cited: CitedSource) -> str:
    """Return a work as it is named in running text: 'Li and O’Brien 1999'."""
    return _name(cited.authors, cited.year, et_al=cited.et_al) or cited.raw


def work_name(cited: CitedSource, document: Document) -> str:
    """Return a work as it is named in running text; one cited by its number as its entry names it."""
    if cited.authors or cited.reference is None:
        return source_name(cited)
    entry = document.references[cited.reference]
    return _name(entry.authors, entry.year) or entry.title or cited.raw


def _name(authors: Sequence[str], year: str, *, et_al: bool = False) -> str:
    names = authors if len(authors) < 3 else authors[:1]
    return f"{' and '.join(names)}{' et al.' * (et_al or len(authors) > 2)} {year}".strip()


def meet(one: Span, other: Span) -> bool:
    """Say whether two slices of a text have a character in common."""
    return one[0] < other[1] and other[0] < one[1]


def _works(question: str) -> Iterator[re.Match[str]]:
    """Yield the works that a question names by author and year; 'In 2017' is none."""
    return (match for match in _WORK.finditer(question) if not _NO_NAME.match(match.group("names")))


def _is_named(cited: CitedSource, question: str, years: Collection[str]) -> bool:
    """Say whether a question names a work: by its author with the year, or with a word of citing where no year is said.

    An author in small letters is named right before the year, or with a word of citing where nothing has a capital: 'a
    bell' is no Bell.
    """
    words = fold_name(question).split()
    if not _words(cited.authors[:1]) <= set(words):
        return False
    cites = bool(_CITES.search(question))
    one_case = cites and question in (question.lower(), question.upper())
    proper = {word for word in cited.authors[0].split() if not word.islower()}
    capital = bool(proper.intersection(re.findall(r"[\w’'-]+", question)))
    if years:
        dated = any(_same_year(year, cited.year) for year in years)
        return dated and (capital or one_case or _stands_by_year(cited, words))
    return (one_case or (capital and (cites or bool(_USES.search(question))))) and not asks_for_source(question)


def _is_only_cited(name: str, document: Document) -> bool:
    """Say whether a name stands in a document nowhere but in citations and entries of the bibliography."""
    spans = [(c.start, c.end) for c in document.cited] + [(r.start, r.end) for r in document.references]
    found = re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", document.text)
    return all(any(start <= match.start() < end for start, end in spans) for match in found)


def _stands_by_year(cited: CitedSource, words: Sequence[str]) -> bool:
    """Say whether the authors stand right before the year, as in 'bell et al. 2010' and 'bell and dorn (2010)'."""
    names = _words(cited.authors)
    for i, word in enumerate(words):
        if _same_year(word, cited.year):
            before = list(takewhile(lambda w: w in names or w in BETWEEN, reversed(words[:i])))
            if _words(cited.authors[:1]) <= set(before):
                return True
    return False


def asks_for_source(question: str) -> bool:
    """Say whether a question opens by asking who or which work it is."""
    return bool(_ASKS_FOR_SOURCE.match(question))


def _read_query(query: str) -> tuple[set[str], str]:
    year = YEAR.search(query)
    names = YEAR.sub(" ", query[: year.start()] if year else query)
    words = set(fold_name(names).split()) - {"and", "et", "al", "the", "in", "of", "s"}
    return words, year.group(1).lower() if year else ""


def _words(authors: Iterable[str]) -> set[str]:
    return {word for author in authors for word in fold_name(author).split()}


def _same_year(asked: str, cited: str) -> bool:
    return asked == cited.lower() or (not _LETTER.search(asked) and asked == _LETTER.sub("", cited.lower()))


def _near(names: set[str], authors: set[str]) -> bool:
    from rapidfuzz.distance import JaroWinkler

    return all(any(JaroWinkler.similarity(n, a) >= _LEAST and n[0] == a[0] for a in authors) for n in names)
