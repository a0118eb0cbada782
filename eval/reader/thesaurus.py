"""Other words for a word, from WordNet's files."""

import re
from pathlib import Path

__all__ = ["Thesaurus"]

_ENDINGS = (
    ("ies", "y"),
    ("es", ""),
    ("es", "e"),
    ("s", ""),
    ("ed", ""),
    ("ed", "e"),
    ("ing", ""),
    ("ing", "e"),
)
_SENSES = 3  # of a word that are looked at, the commonest first
_POINTER = 4  # fields of a pointer in a data file: symbol, offset, part of speech, source and target


class Thesaurus:
    """WordNet's database files, wndb(5WN): Debian's package wordnet-base has them under /usr/share/wordnet."""

    def __init__(self, folder: Path) -> None:
        self._senses: dict[str, list[tuple[str, str]]] = {}
        self._synsets: dict[tuple[str, str], tuple[list[str], list[tuple[str, str]]]] = {}
        for part, letter in (("noun", "n"), ("verb", "v"), ("adj", "a"), ("adv", "r")):  # as pointers name them
            self._read_synsets(folder / f"data.{part}", letter)
            self._read_senses(folder / f"index.{part}", letter)

    def others(self, word: str) -> list[str]:
        """Return synonyms of a word in lower case and the first hypernym of each of its senses."""
        for form in (word, *(word[: -len(old)] + new for old, new in _ENDINGS if word.endswith(old))):
            if found := self._others(form):
                return [other for other in dict.fromkeys(found) if other.islower()]
        return []

    def _others(self, form: str) -> list[str]:
        found: list[str] = []
        for part, offset in self._senses.get(form, [])[:_SENSES]:
            lemmas, hypernyms = self._synsets[part, offset]
            found += [lemma for lemma in lemmas if lemma.lower() != form]
            for hypernym in hypernyms[:1]:
                found += self._synsets[hypernym][0][:1]
        return found

    def _read_synsets(self, path: Path, part: str) -> None:
        for line in _records(path):
            fields = line.split()
            count = int(fields[3], 16)
            lemmas = [re.sub(r"\(.*", "", fields[4 + 2 * i]).replace("_", " ") for i in range(count)]
            first = 5 + 2 * count
            pointers = [
                fields[first + _POINTER * i : first + _POINTER * (i + 1)] for i in range(int(fields[first - 1]))
            ]
            hypernyms = [(p, offset) for symbol, offset, p, _ in pointers if symbol == "@"]
            self._synsets[part, fields[0]] = lemmas, hypernyms

    def _read_senses(self, path: Path, part: str) -> None:
        for line in _records(path):
            fields = line.split()
            offsets = fields[-int(fields[2]) :]
            self._senses.setdefault(fields[0], []).extend((part, offset) for offset in offsets[:2])


def _records(path: Path) -> list[str]:
    """The lines of a file but for its licence, which is indented."""
    return [line for line in path.read_text(encoding="utf-8").splitlines() if not line.startswith(" ")]
