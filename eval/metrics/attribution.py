"""Does each citation stand behind what it proves, and name its page?"""

import re
import unicodedata
from collections import Counter
from collections.abc import Mapping

from answer.compose import lead_words
from answer.sources.finding import work_name
from core.records import Answer, Citation, CitedSource, Document
from ingest import block_at, labelled_row

__all__ = ["attribution"]

_WORKS = re.compile(
    r"(?:It cites|The documents cite) (?P<works>[\d,]+) works? in (?P<places>[\d,]+) places?(?::|; most often:) "
)
_MORE_WORKS = re.compile(r"`ibid cite --all` lists every place\.$")


def attribution(answer: Answer, documents: Mapping[str, Document]) -> float | None:
    """Return the share of citations whose quote is all that stands before their marker, and whose page is its own.

    Between one marker and the next the text has the words of the quote in order and no other, but for what the source
    says of a table's row (the names of its columns, a cell that spans it), how many rows were left out, and, in a list
    of the works that documents cite, the name of the work that is cited there and in how many places. White space and
    the bars between cells do not count, and raised note markers are plain figures. Text behind the last marker has no
    citation and counts as one that is wrong; the words of a verdict before all are its own. None for a refusal, 0
    for an answer that cites nothing.
    """
    if not answer.citations:
        return None if answer.refused else 0.0
    text = _plain(answer.text.removeprefix(lead_words(answer.verdict, answer.differences)).lstrip())
    works, at = _list_of_works(text, documents)
    left, right = list(answer.citations), 0
    while left:
        found = [(c, match) for c in left if (match := _said(c, documents, works).match(text, at))]
        cited, end = (found[0][0], found[0][1].end()) if found else _next(left, text, at)
        right += bool(found) and documents[cited.document].page_at(cited.start) == cited.page
        left.remove(cited)
        at = end
    rest = text[at:].strip()
    uncited = bool(rest) and not (works and _MORE_WORKS.match(rest))
    return right / (len(answer.citations) + uncited)


def _said(citation: Citation, documents: Mapping[str, Document], works: Counter[str]) -> re.Pattern[str]:
    """What may stand before a citation's marker, with the marker; what never matches for a document not known."""
    document = documents.get(citation.document)
    if document is None:
        return re.compile(r"(?!)")
    forms = [re.escape(_plain(citation.quote))]
    if "\t" in citation.quote and "\n" in citation.quote:
        forms.append(re.escape(_plain(f"{citation.quote} … and {_rows_behind(citation, document)} more in the source")))
    elif "\t" in citation.quote:
        forms.append(re.escape(_plain(labelled_row(document, (citation.start, citation.end)))))
    if works:
        span = (citation.start, citation.end)
        forms += [_work(cited, works, citation, document) for cited in document.cited if cited.sentence == span]
    return re.compile(rf"(?:{'|'.join(forms)}) ?\[{citation.marker}\] ?")


def _rows_behind(citation: Citation, document: Document) -> int:
    """How many rows of a table stand behind a quote of it."""
    table = block_at(document, citation.start)
    return sum(start >= citation.end and "\t" in document.text[start:end] for start, end in table.lines)


def _list_of_works(text: str, documents: Mapping[str, Document]) -> tuple[Counter[str], int]:
    """In how many places each work is cited, and where the list of them begins; none where a text is no such list."""
    if not (head := _WORKS.match(text)):
        return Counter(), 0
    works = Counter(_plain(work_name(cited, d)) for d in documents.values() for cited in d.cited)
    counted = (f"{len(works):,}", f"{works.total():,}") == (head["works"], head["places"])
    return (works, head.end()) if counted else (Counter(), 0)


def _work(cited: CitedSource, works: Counter[str], citation: Citation, document: Document) -> str:
    """A line of a list of works: the name, in how many places it is cited, and where first.

    The page is that of the name in the text, which a long sentence may begin a page before.
    """
    name = _plain(work_name(cited, document))
    section = re.escape(_plain(citation.section[-1])) if citation.section else "(?!)"
    where = rf"(?:, (?:first )?(?:on p\. {re.escape(str(document.page_at(cited.start)))}|in {section}))?"
    return rf"{re.escape(name)} \({works[name]:,} places?{where}\)"


def _next(left: list[Citation], text: str, at: int) -> tuple[Citation, int]:
    """Of citations that something else stands before, the one whose marker comes first, and where that ends."""
    places = {c.marker: text.find(f"[{c.marker}]", at) for c in left}
    first = min(left, key=lambda c: places[c.marker] if places[c.marker] >= 0 else len(text))
    if places[first.marker] < 0:
        return first, at
    end = places[first.marker] + len(f"[{first.marker}]")
    return first, end + (text[end : end + 1] == " ")


def _plain(text: str) -> str:
    return re.sub(r"[\s|]+", " ", unicodedata.normalize("NFKC", text)).strip()
