"""The sources that documents cite: find the places of a work, and read which work a question is about."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from core.records import CitedSource, Document, Page, Span
from ingest import fold_name

__all__ = ["Place", "SourceIndex", "source_name", "work_name"]

_YEAR = re.compile(r"\b((?:1[5-9]|20)\d\d[a-z]?|n\.d\.|forthcoming|in press)(?!\w)", re.IGNORECASE)
_LETTER = re.compile(r"(?<=\d)[a-z]$")
# 'Smith 2021', 'Bell and O’Dowd (1999)', 'Dorn et al., 1999': a work named in a question.
_WORK = re.compile(
    r"(?P<names>[A-Z][\w’'-]+(?:(?:,? (?:and|&) |, )[A-Z][\w’'-]+)*(?:,? et al\.?)?)(?:[’']s)?,? "
    r"\(?(?P<year>(?:1[5-9]|20)\d\d[a-z]?)\b"
)
_CITED_FOR = re.compile(
    r"\bcit(?:e[sd]?|ing|ation)|\breferenc|\brel(?:y|ies|ied)\b|\bquote[sd]?\b|\bused for\b|\bdraws? on\b"
)
_NO_NAME = re.compile(
    r"(?:In|Since|By|Until|After|Before|During|From|Of|For|On|At|Between|And|The|Which|What|Who|When|Where|Does|Did|Is|"
    r"Was|January|February|March|April|May|June|July|August|September|October|November|December)\b"
)
_LEAST = 0.85  # of rapidfuzz's similarity; two spellings of a name


@dataclass(frozen=True, slots=True)
class Place:
    """A place where a document cites a work: the sentence, quotation or table row that the work supports."""

    document: str
    cited: CitedSource
    sentence: str
    section: tuple[str, ...]
    page: Page | None


class SourceIndex:
    """All places where documents cite works, in the order of the texts."""

    def __init__(self, documents: Mapping[str, Document]) -> None:
        self._documents = tuple(documents.values())
        self.places = tuple(place for document in documents.values() for place in _places(document))
        self._by_document: dict[str, list[Place]] = {}
        for place in self.places:
            self._by_document.setdefault(place.document, []).append(place)

    def supporting(self, document: str, span: Span) -> Sequence[Place]:
        """Return the works cited for a slice of a document: within it, or behind a quotation that it is part of."""
        return [p for p in self._by_document.get(document, ()) if _meet(p.cited.sentence, span)]

    def find(self, query: str) -> tuple[Place, ...]:
        """Return the places of the works that a query names: 'Smith 2021', 'Bell & O’Dowd', 'Dorn'.

        Names may be misspelt where nothing is spelt as they are; a year without a letter means every letter.
        """
        names, year = _read_query(query)
        dated = [p for p in self.places if not year or _same_year(year, p.cited.year)]
        if year and not names:
            return tuple(dated)
        exact = [p for p in dated if names and names <= _words(p.cited.authors)]
        return tuple(exact or [p for p in dated if names and _near(names, _words(p.cited.authors))])

    def closest(self, query: str, most: int = 3) -> tuple[str, ...]:
        """Return the works whose names are nearest to a query that found nothing."""
        from rapidfuzz import fuzz, process

        works = list(dict.fromkeys(source_name(p.cited) for p in self.places))
        found = process.extract(query, works, scorer=fuzz.WRatio, limit=most, score_cutoff=60)
        return tuple(name for name, _, _ in found)

    def named_in(self, question: str) -> tuple[Place, ...]:
        """Return the places of the works that a question names: by author and year, or beside a word of citing."""
        for named in _works(question):
            places = self.find(named.group())
            cites = bool(_CITED_FOR.search(question))
            found = [p for p in places if cites or _words(p.cited.authors[:1]) <= _words([named.group("names")])]
            if found:
                return tuple(found)
        years = {year.lower() for year in _YEAR.findall(question)}
        words, cased = set(fold_name(question).split()), set(re.findall(r"[\w’'-]+", question))
        found = []
        for place in self.places:
            authors = place.cited.authors
            if not authors or not _words(authors[:1]) <= words or not cased.intersection(authors[0].split()):
                continue
            if any(_same_year(year, place.cited.year) for year in years) or (
                not years and _CITED_FOR.search(question) and not _asks_for_source(question)
            ):
                found.append(place)
        return tuple(found)

    def unknown_work(self, question: str) -> str:
        """Return the work that a question names and no document cites, or nothing."""
        if not self.places or not _CITED_FOR.search(question) or _asks_for_source(question):
            return ""
        named = next(_works(question), None)
        return "" if named is None or self.find(named.group()) else named.group()

    def listed(self, work: str) -> bool:
        """Say whether a work stands in a bibliography."""
        names, year = _read_query(work)
        entries = (entry for document in self._documents for entry in document.references)
        return any(names <= _words(e.authors) and _same_year(year, e.year) for e in entries if names and year)


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


def _meet(one: Span, other: Span) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _works(question: str) -> Iterator[re.Match[str]]:
    """Yield the works that a question names by author and year; 'In 2017' is none."""
    return (match for match in _WORK.finditer(question) if not _NO_NAME.match(match.group("names")))


def _asks_for_source(question: str) -> bool:
    return bool(
        re.match(r"\W*(?:who|whose|which (?:source|work|study|author|reference|citation))", question, re.IGNORECASE)
    )


def _places(document: Document) -> Iterable[Place]:
    blocks = iter(document.blocks)
    block = next(blocks, None)
    for cited in document.cited:
        start, end = cited.sentence
        while block and block.end <= start:
            block = next(blocks, None)
        section = block.section if block else ()
        yield Place(document.id, cited, document.text[start:end], section, document.page_at(cited.start))


def _read_query(query: str) -> tuple[set[str], str]:
    year = _YEAR.search(query)
    names = _YEAR.sub(" ", query[: year.start()] if year else query)
    words = set(fold_name(names).split()) - {"and", "et", "al", "the", "in", "of", "s"}
    return words, year.group(1).lower() if year else ""


def _words(authors: Iterable[str]) -> set[str]:
    return {word for author in authors for word in fold_name(author).split()}


def _same_year(asked: str, cited: str) -> bool:
    return asked == cited.lower() or (not _LETTER.search(asked) and asked == _LETTER.sub("", cited.lower()))


def _near(names: set[str], authors: set[str]) -> bool:
    from rapidfuzz.distance import JaroWinkler

    return all(any(JaroWinkler.similarity(n, a) >= _LEAST and n[0] == a[0] for a in authors) for n in names)
