"""The grammar of an author-date citation: whose work, which year, which pages."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from ingest.cited.names import (
    CONNECTIVES,
    PARTICLES,
    Authors,
    bare_word,
    is_function_word,
    is_name_word,
    is_organisation,
    is_title,
    names_document,
    never_author,
    part_authors,
    without_genitive,
)

__all__ = ["YEAR", "Work", "find_works", "narrative_start", "normal_year"]

_DIGITS = r"(?:1[5-9]|20)\d\d"
YEAR = re.compile(
    rf"(?<![\w$€£.#/–-])(?:\[{_DIGITS}\]\s*)?{_DIGITS}(?:\s*\[{_DIGITS}\]|[–/-](?:{_DIGITS}|\d\d))?[a-rt-z]?"
    r"(?![\w%]|[.,/–-]\d|’s)"
    r"|\bn\.\s?d\.|\bforthcoming\b|\bin press\b|\bin preparation\b|\bundated\b",
    re.IGNORECASE,
)
_LETTER = re.compile(r"\s*(?:,|&|and)\s*([a-rt-z])(?![\w.]|\s*\d)")
_NUMBERS = r"(?:\d+|[ivxlc]+\b)[a-z]?(?:\s?[–-]\s?(?:\d+|[ivxlc]+\b))?(?:\s?ff?\b\.?)?"
_MORE = rf"(?:\s*(?:,|&|and)\s*(?!{_DIGITS}\b){_NUMBERS})*"
_ALSO = r"(?:esp\.?|especially|in particular|chiefly|mainly|at)\s+"
_UNIT = (
    r"(?:(?:pp?|paras?|chs?|chaps?|chapters?|figs?|figures?|fns?|nn?|notes?|tabs?|tbls?|tables?|secs?|sections?|vols?|"
    r"bk|parts?|appendix|app|ll?|lines?|art|s|kap|box|fols?|eqs?|pls?|plates?)\b\.?\s*|§{1,2}\s*)"
)
_UNITS = rf"{_UNIT}{_NUMBERS}{_MORE}(?:\s*,\s*{_UNIT}{_NUMBERS}{_MORE})*"
_LOCATOR = re.compile(
    rf"\s*:\s*(?P<colon>{_UNITS}|{_NUMBERS}{_MORE})(?!\w)"
    rf"|\s*,?\s*{_ALSO}(?P<also>{_UNITS}|{_NUMBERS}{_MORE})(?!\w)"
    rf"|\s*,?\s*(?P<unit>{_UNITS})(?!\w)"
    rf"|\s*,\s*(?P<comma>(?:\d{{1,3}}(?!\d)|\d{{3,4}}\s?[–-]\s?\d+)(?:\s?[–-]\s?\d+)?(?:\s?ff?\b\.?)?{_MORE})"
    r"(?!\w)",
    re.IGNORECASE,
)
_SEPARATORS = re.compile(r"(?:[\s,;&(]|\band\b|\bor\b)*")
# Words that may stand before an author and are no part of the name.
_CUES = frozenset(
    "see also by from e.g eg cf i.e ie viz compare example instance and or but following after contra on to alia "
    "particular especially notably with per via source sources data siehe vgl voir sensu including include".split()
)
_CITED = re.compile(
    r"\b(?:cited|quoted|reprinted|reproduced|discussed|reported|described|mentioned|argued|shown|noted|developed|"
    r"outlined|presented|summari[sz]ed|analy[sz]ed|explained|documented|collected|contributions|essays|chapters|as|"
    r"qtd\.?)\s+in$"
)
_JOINED = re.compile(r"[\w.]\s+(?:and|&|et\s+al\b)")  # two authors or more, whom no place and date resembles
_ABBREVIATIONS = frozenset("co ltd inc corp llc al st mr mrs dr eds ed jr sr bros univ dept gov no int intl".split())
_WORD = re.compile(r"\S+")
_DATED = re.compile(rf"{_DIGITS}[a-z]?[)\]]")  # what a citation before ends with
_QUOTED = re.compile(r"[“\"][^“”\"]+[”\"]\s*,?\s*$")
_PLACED = frozenset("in at across within throughout during".split())
_SHORT_FORM = re.compile(r"\(?[A-Z]{3,},")
_CODE = re.compile(r"[=<>$@]|[A-Za-z]\([a-z]")  # 'year(reeds)$year' cites nobody
_ORDINAL = re.compile(r"\d{1,3}(?:st|nd|rd|th)$")


@dataclass(frozen=True, slots=True)
class Work:
    """A work cited: `start` to `end` are its own words; `inner` says that its year stands in parentheses by itself."""

    authors: Authors
    year: str
    locator: str
    start: int
    end: int
    inner: bool = False


def normal_year(year: str) -> str:
    """Return a year as the bibliography sorts it: '[1867] 1990' and '1990 [1867]' are 1990; blanks as one."""
    plain = re.sub(r"\s*\[[^\]]*\]\s*", "", year) or year
    return " ".join(plain.split()).casefold()


def find_works(
    text: str, start: int, end: int, *, initial: Work | None = None, source_line: bool = False
) -> Iterator[Work]:
    """Yield the works that `text[start:end]`, the inside of parentheses or a source line, cites.

    Args:
        text: with full-width marks made narrow.
        start: where to begin.
        end: where to stop.
        initial: its authors own the first years, and its words the first citation: 'Smith' before '(2001, 2003)'.
        source_line: whether it is a line that only names sources, where any name with a year is one.
    """
    position, authors = start, initial.authors if initial else None
    opening = initial.start if initial else None
    while match := YEAR.search(text, position, end):
        inner = text[position : match.start()].rstrip().endswith("(")
        own = _SEPARATORS.fullmatch(text, position, match.start())
        begin: int | None = match.start()
        if opening is not None and own:
            begin = opening
        elif not (own and authors):
            begin = _author_start(text, position, match.start(), strict=not (source_line or inner))
            phrase = text[begin : match.start()].rstrip(" ,(:") if begin is not None else ""
            authors = part_authors(without_genitive(phrase) if inner else phrase) if phrase else None
        opening = None
        position, locator = _locator(text, match.end(), end)
        if authors and authors[0] and begin is not None and not _CODE.search(text, begin, match.start()):
            closed = position + (inner and text.startswith(")", position))
            yield Work(authors, " ".join(match.group().split()), locator, begin, closed, inner)
            yield from _letters(text, match, end, authors)
        position = max([position, *(m.end() for m in _letter_matches(text, match, end))])


def narrative_start(text: str, start: int, end: int) -> int | None:
    """Return where the authors begin that a year in parentheses at `end` is said of; None where none stand there.

    Stricter than within parentheses: most capitalised words of running text are no authors.
    """
    words = _name_words(text, start, end, listed=False)
    words = _without_lead(_without_place(text, start, words))
    if not words:
        return None
    phrase = text[words[0].start() : end].strip()
    if (phrase[0] in '‘“"' and phrase[-1] in '’”"') or re.search(r"[’']s\s", phrase):
        return None  # the title of a work: ‘Ponds’, Heron’s Ponds
    authors, others = part_authors(phrase)
    plain = re.sub(r"\s*\([^()]*\)", "", phrase).strip()
    if not authors or (never_author(plain, narrative=not others)):
        return None
    before = text[start : words[0].start()].split()
    if is_organisation(plain):
        return None if names_document(plain) else words[0].start()
    article = bool(before) and before[-1].casefold() in ("the", "a", "an", "his", "her", "its", "their")
    acronym = len(authors) == 1 and authors[0].isupper() and len(authors[0]) > 1
    if any(len(name.split()) > 3 or any(word in CONNECTIVES for word in name.split()) for name in authors):
        return None
    if article and not others and not (acronym and before[-1].casefold() == "the" and len(before) == 1):
        return None
    return words[0].start()


def _author_start(text: str, start: int, end: int, *, strict: bool) -> int | None:
    """Where the authors before a year begin; with `strict`, what stands before them has to lead up to a citation."""
    start = max(start, text.rfind(";", start, end) + 1)
    if quoted := _QUOTED.search(text, start, end):
        return quoted.start()
    run = _name_words(text, start, end, listed=True, lenient=not strict)
    if not run:
        return None
    words = _without_short_form(run)
    begin = words[0].start() + words[0].group().startswith("(")
    if text[start:begin].strip().endswith("The"):
        begin = text.rindex("The", start, begin)
    phrase = text[begin:end].strip(" ,(")
    if never_author(phrase) or (len(words) == 1 and is_function_word(phrase)):
        return None
    before = text[start : begin if words == run else run[0].start()].rstrip()
    head = before.strip(" ,:(")
    joined = before.endswith(",") and bool(_JOINED.search(phrase))  # 'in wet winters, Heron and Wren 2011'
    cue = bare_word(head.split()[-1]).casefold() if head else ""
    if strict and head and not joined and cue not in _CUES and not _CITED.search(head.casefold()):
        return None
    return begin


def _name_words(text: str, start: int, end: int, *, listed: bool, lenient: bool = False) -> list[re.Match[str]]:
    """The words of the longest run before `end` that can be names of authors, from a name on.

    With `listed`, commas part names; else only in a list that ends with 'and'. `lenient` lets in ordinals and words
    such as '36Kr'.
    """
    kept: list[re.Match[str]] = []
    joined = gloss = False
    for word in reversed(list(_WORD.finditer(text, start, end))):
        shown = word.group()
        if _DATED.search(shown):
            break
        if shown == "(" or (gloss := _in_gloss(shown, gloss)):
            if gloss and YEAR.search(shown):  # 'Heron (2010, p. 3), Wren': a citation before
                while kept and kept[-1].start() < text.find(")", word.start(), end):
                    kept.pop()
                break
            kept.append(word)
            if shown.startswith("("):
                gloss = False
            continue
        core = bare_word(shown)
        if kept and (_ends(shown) or (shown.endswith(",") and not (listed or joined or _company(kept[-1])))):
            break
        if not _allowed(core, lenient=lenient or listed) or (is_function_word(shown) and core[:1].isupper()):
            break
        joined = joined or core in ("and", "&")
        kept.append(word)
        if shown.startswith("("):
            break
    kept.reverse()
    while kept and not (is_name_word(kept[0].group()) or _leads(kept) or _ORDINAL.match(kept[0].group())):
        kept.pop(0)
    return kept if any(is_name_word(word.group()) for word in kept) else []


def _without_short_form(words: list[re.Match[str]]) -> list[re.Match[str]]:
    """Drop an abbreviation before people: 'Compressed Rows (CSR, Heron 2006)'."""
    others = [bare_word(word.group()) for word in words[1:]]
    first = words[0].group() if words else ""
    people = any(other.istitle() for other in others) and not any(
        other.isupper() and len(other) > 1 for other in others
    )
    return words[1:] if _SHORT_FORM.fullmatch(first) and people and not is_organisation(" ".join(others)) else words


def _in_gloss(shown: str, open_gloss: bool) -> bool:
    """Say whether a word, read from the right, belongs to a bracketed gloss such as '(FAS)' behind a name."""
    return open_gloss or (shown.rstrip(",.").endswith(")"))


def _allowed(core: str, *, lenient: bool) -> bool:
    if is_name_word(core) or core in ("&", "-", "–") or core.casefold() in ("al", "others", "colleagues"):
        return not core.isdigit()
    if core.casefold() in ("ed", "eds", "co-authors", "coauthors", "associates", "co-workers", "coworkers"):
        return True
    return core in CONNECTIVES or core in PARTICLES or (lenient and bool(_ORDINAL.match(core)))


def _leads(words: list[re.Match[str]]) -> bool:
    """Say whether a run begins with the particle of a family name: 'de Vries'."""
    first = next((word.group() for word in words if word.group() not in PARTICLES), "")
    return words[0].group() in PARTICLES - {"y", "e"} and is_name_word(first)


def _ends(shown: str) -> bool:
    """Say whether a word ends a sentence or clause, so that no name goes on over it."""
    if shown.endswith((":", ";", "!", "?", "—", ".’", ".”", ",’", ",”")):
        return True
    core = bare_word(shown)
    short = len(core) <= 2 or core.casefold() in _ABBREVIATIONS or "." in core or len(core) == 1
    return shown.endswith(".") and not short


def _company(after: re.Match[str]) -> bool:
    return bare_word(after.group()).casefold() in ("ltd", "inc", "llc", "limited", "co", "corp", "plc")


def _without_lead(words: list[re.Match[str]]) -> list[re.Match[str]]:
    """Drop what leads up to authors in running text: 'Building on Heron', 'Thanks to Heron', 'President Heron'."""
    for i, (word, after) in enumerate(pairwise(words)):
        if after.group() == "to" or (word.group().endswith("ing") and after.group() in ("on", "for")):
            return _without_lead(words[i + 2 :])
    while words and (is_function_word(words[0].group()) or is_title(words[0].group())):
        words = words[1:]
    return words


def _without_place(text: str, start: int, words: list[re.Match[str]]) -> list[re.Match[str]]:
    """Drop the place that a sentence opens with: 'In Paris, Smith and Jones'."""
    first = next((i for i, word in enumerate(words) if word.group().endswith(",")), None)
    before = text[start : words[0].start()].split() if words else []
    if first is not None and before and before[-1][0].isupper() and before[-1].casefold() in _PLACED:
        return words[first + 1 :]
    return words


def _locator(text: str, at: int, end: int) -> tuple[int, str]:
    match = _LOCATOR.match(text, at, end)
    if not match:
        return at, ""
    return match.end(), " ".join(next(group for group in match.groups() if group).split())


def _letter_matches(text: str, year: re.Match[str], end: int) -> Iterator[re.Match[str]]:
    at = year.end()
    while year.group()[-1].isalpha() and year.group()[0].isdigit() and (match := _LETTER.match(text, at, end)):
        yield match
        at = match.end()


def _letters(text: str, year: re.Match[str], end: int, authors: Authors) -> Iterator[Work]:
    """The works of 'b' and 'c' in '2016a, b, c'."""
    for match in _letter_matches(text, year, end):
        yield Work(authors, year.group()[:-1] + match.group(1), "", match.start(1), match.end(1))
