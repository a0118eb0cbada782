"""Make a library to measure growth on: any number of chapters that look written, no two alike, the same for a seed.

Each takes sentences, tables, notes and headings of the texts that were made up for the reader (eval/reader/texts), in
an order of its own, and gives them names, years, figures and some words of its own. So the vocabulary grows with the
library, and the vectors lie as those of real prose do. A chapter is as long as the bundled one. It depends on nothing
but its number and the seed: a larger library begins with the chapters of a smaller one.
"""

import json
import random
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

__all__ = ["LENGTH", "Chapter", "make_chapter", "write_library"]

LENGTH = 54_000  # characters of a chapter
SEED = 1
_READER = Path(__file__).resolve().parents[1] / "eval" / "reader"
_HEADING = re.compile(r"(?:\d+\.? )?([A-Z][^\n\t]{2,80})(?<![.:;?!’])")
_NOTE = re.compile(r"\d+\. (.+)")
_SENTENCE = re.compile(r"(?<=[.!?])(?<!\b[A-Z]\.)(?<!\bDr\.)(?<!\bSt\.)(?<!\bal\.)\d{0,2}\s+(?=[A-Z‘(])")
_TOKEN = re.compile(r"\d[\d,.]*\d|\d|[A-Za-z]+")
_CITED = re.compile(r"([A-Z][a-z]+)(?: and ([A-Z][a-z]+))? \(?((?:1[89]|20)\d\d)\b")
_ENDING = 3  # letters that a word and what stands for it have in common
_SWAPPED = 0.15  # of the longer words
_KNOWN = 3.0  # Zipf frequency from which a capitalised word is a word, and no name
_SYLLABLES = "an ar bel bro cal dor el en fal gan hol il jor kel lan mar mel nor ol pel quen ros sel tal ul ven wol yar zen".split()  # noqa: E501
_ENDS = "a as by dale en er ford ia in is ley mund o ock on sted ton ura us wick".split()
_LETTERS = "ABCDEFGHKLMNPRSTVW"


@dataclass(frozen=True, slots=True)
class Chapter:
    """A chapter as text, and questions that people wrote on its sentences, with the chapter's own names and figures."""

    number: int
    text: str
    questions: tuple[str, ...]

    @property
    def name(self) -> str:
        """The name of its file."""
        return f"chapter-{self.number:06d}.txt"


@dataclass(frozen=True, slots=True)
class _Source:
    """What a text that was made up has to give; `asked` are the questions on a sentence."""

    title: str
    headings: tuple[str, ...]
    sentences: tuple[str, ...]
    tables: tuple[str, ...]
    notes: tuple[str, ...]
    asked: Mapping[str, Sequence[str]] = field(default_factory=dict)


def write_library(folder: Path, first: int, last: int, *, seed: int = SEED) -> None:
    """Write the chapters from one number to another, that one left out, as text files into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(first, last):
        chapter = make_chapter(number, seed=seed)
        (folder / chapter.name).write_text(chapter.text, encoding="utf-8")


def make_chapter(number: int, *, seed: int = SEED, length: int = LENGTH) -> Chapter:
    """Return a chapter of about this many characters."""
    chance = random.Random(f"{seed}/{number}")  # noqa: S311 - no secret
    renamed = _Renamer(chance)
    sources = chance.sample(_sources(), k=len(_sources()))
    parts = [sources[0].title, "", f"{renamed.name('Author')} {renamed.name('Writer')}", ""]
    notes: list[str] = []
    asked: list[str] = []
    size = tables = section = 0
    while size < length * 0.85:  # the rest is notes and the bibliography
        source = sources[section % len(sources)]
        section += 1
        parts += [f"{section} {chance.choice(source.headings)}", ""]
        begun = len(parts)
        for paragraph in _paragraphs(source, chance):
            asked += [question for sentence in paragraph for question in source.asked.get(sentence, ())]
            marker = ""
            if source.notes and chance.random() < 0.25:
                notes.append(chance.choice(source.notes))
                marker = str(len(notes))
            parts += [" ".join(paragraph) + marker, ""]
        if source.tables and section % 2:
            tables += 1
            caption, _, rows = chance.choice(source.tables).partition("\n")
            parts += [f"Table {tables}. {caption}", rows, ""]
        size += sum(map(len, parts[begun:]))
    text = renamed.text("\n".join(parts), asked, notes)
    references = _references(text, chance)
    noted = [line for number, note in enumerate(renamed.notes, 1) for line in (f"{number}. {note}", "")]
    whole = "\n".join([text, "Notes", "", *noted, "References", "", *references]) + "\n"
    return Chapter(number, whole, tuple(renamed.questions))


class _Renamer:
    """Puts other names, figures and words into texts, the same for the same throughout a chapter."""

    def __init__(self, chance: random.Random) -> None:
        self._chance = chance
        self._years = chance.randint(-40, 4)
        self._known: dict[str, str] = {}
        self.questions: list[str] = []
        self.notes: list[str] = []

    def text(self, text: str, questions: Sequence[str], notes: Sequence[str]) -> str:
        """Return a text in other words; its questions and notes are kept in the same words."""
        heads = re.compile(r"^(?:\d+ |Table \d+)")  # the numbers of headings and captions stay
        lines = []
        for line in text.splitlines():
            head = heads.match(line)
            kept = head.group() if head else ""
            marker = re.search(r"(?<=[.!?’])\d{1,3}$", line)
            end = marker.group() if marker else ""
            lines.append(kept + self._swap(line[len(kept) : len(line) - len(end)]) + end)
        self.notes = [self._swap(note) for note in notes]
        self.questions = [self._swap(question) for question in questions]
        return "\n".join(lines)

    def name(self, of: str) -> str:
        """Return the name that stands for another."""
        return self._stand_in(of, self._made_name)

    def _swap(self, text: str) -> str:
        return _TOKEN.sub(lambda found: self._other(found.group()), text)

    def _other(self, token: str) -> str:
        if token[0].isdigit():
            return self._year(token) if _is_year(token) else self._stand_in(token, self._figure)
        if token.isupper() and 1 < len(token) < 6:
            return self._stand_in(token, self._acronym)
        if token[0].isupper() and len(token) > 2:
            return self.name(token) if _is_name(token) else token
        return self._stand_in(token, self._word) if len(token) > 5 else token

    def _stand_in(self, token: str, make: Callable[[str], str]) -> str:
        if token not in self._known:
            self._known[token] = make(token)
        return self._known[token]

    def _year(self, year: str) -> str:
        return str(min(int(year) + self._years, 2025))

    def _figure(self, figure: str) -> str:
        others = [self._chance.choice("0123456789") if ch.isdigit() else ch for ch in figure]
        return self._chance.choice("123456789") + "".join(others[1:])

    def _acronym(self, token: str) -> str:
        return "".join(self._chance.choices(_LETTERS, k=len(token)))

    def _made_name(self, token: str) -> str:
        made = "".join(self._chance.choices(_SYLLABLES, k=self._chance.randint(1, 2))) + self._chance.choice(_ENDS)
        return made.capitalize()

    def _word(self, token: str) -> str:
        alike = _words().get(token[-_ENDING:], ())
        return self._chance.choice(alike) if alike and self._chance.random() < _SWAPPED else token


def _paragraphs(source: _Source, chance: random.Random) -> Iterator[tuple[str, ...]]:
    """Yield a section's paragraphs: about a third of the text's sentences, in the order of the text."""
    count = min(len(source.sentences), chance.randint(18, 34))
    chosen = sorted(chance.sample(range(len(source.sentences)), k=count))
    while chosen:
        size = chance.randint(4, 8)
        yield tuple(source.sentences[i] for i in chosen[:size])
        chosen = chosen[size:]


def _references(text: str, chance: random.Random) -> list[str]:
    """Return entries of a bibliography for the works that a text cites, in the order of the alphabet."""
    lines = []
    words = [word for alike in _words().values() for word in alike]
    for first, second, year in sorted(set(_CITED.findall(text))):
        if not _is_name(first):
            continue
        names = f"{first}, {chance.choice(_LETTERS)}."
        names += f" and {second}, {chance.choice(_LETTERS)}." if second else ""
        title = " ".join(chance.choices(words, k=4)).capitalize()
        lines += [f"{names} {year}. {title}. {chance.choice(_SYLLABLES).capitalize()}ton: University Press.", ""]
    return lines


def _is_year(token: str) -> bool:
    return len(token) == 4 and token.isdigit() and 1500 <= int(token) <= 2025


@lru_cache(maxsize=65_536)
def _is_name(token: str) -> bool:
    from wordfreq import zipf_frequency

    return float(zipf_frequency(token.lower(), "en")) < _KNOWN


@lru_cache(maxsize=1)
def _words() -> dict[str, tuple[str, ...]]:
    """The longer words of all texts by their last letters, each once."""
    found = Counter(word for source in _sources() for s in source.sentences for word in re.findall(r"\b[a-z]{6,}\b", s))
    alike: dict[str, list[str]] = {}
    for word in sorted(found):
        alike.setdefault(word[-_ENDING:], []).append(word)
    return {end: tuple(words) for end, words in alike.items() if len(words) > 3}


@lru_cache(maxsize=1)
def _sources() -> tuple[_Source, ...]:
    asked: dict[str, list[tuple[int, str]]] = {}
    for line in (_READER / "written.jsonl").read_text(encoding="utf-8").splitlines():
        one = json.loads(line)
        if one["answerable"]:
            asked.setdefault(one["doc_id"], []).append((one["evidence"][0][0], one["question"]))
    paths = sorted((_READER / "texts").glob("*.txt"))
    return tuple(_source(path.read_text(encoding="utf-8"), asked.get(path.stem, ())) for path in paths)


def _source(text: str, asked: Sequence[tuple[int, str]]) -> _Source:
    """Take a text apart: a block of lines is a heading, a table, a note, or a paragraph."""
    blocks = [block.strip() for block in re.split(r"\n\s*\n", text) if block.strip()]
    headings, tables, notes, sentences = [], [], [], []
    in_notes = False
    for block in blocks[2:]:  # behind the title and the authors
        in_notes |= block == "Notes"
        note = _NOTE.fullmatch(block)
        if "\t" in block:
            lines = block.splitlines()
            caption = re.sub(r"^Table [\w.]+\s*", "", lines[0]) if "\t" not in lines[0] else "Figures of the text"
            rows = [line for line in lines if "\t" in line]
            tables.append("\n".join([caption, *rows]))
        elif in_notes and note:
            notes.append(note[1])
        elif (heading := _HEADING.fullmatch(block)) and not in_notes and not block.startswith("Table "):
            headings.append(heading[1])
        elif len(block) > 200 and "\n" not in block:
            sentences += [s for s in _SENTENCE.split(block) if len(s) > 30]
    by_sentence = {s: [q for start, q in asked if text.find(s) <= start < text.find(s) + len(s)] for s in sentences}
    return _Source(
        title=blocks[0].splitlines()[0],
        headings=tuple(headings) or ("What was found",),
        sentences=tuple(sentences),
        tables=tuple(tables),
        notes=tuple(notes),
        asked={s: q for s, q in by_sentence.items() if q},
    )
