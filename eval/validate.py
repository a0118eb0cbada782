"""Check a question set: `python -m eval.validate FILE --corpus NAME` says what it holds and what is wrong with it."""

import re
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Annotated

import typer

from core.load import load_settings
from core.records import Document
from eval.command import run_command
from eval.dataset import KINDS, Question, load_questions, problems
from eval.text import normalize
from index.terms import analyze

__all__ = ["Unshared", "as_table", "capitalised_terms", "check", "count_unshared", "main", "shared_terms", "validate"]

SPLITS = ("dev", "test")
_ALIKE = 0.75  # the Jaccard index of two questions' terms from which one repeats the other
_WORD = re.compile(r"[^\W\d_]+(?:[’'][^\W\d_]+)*")
_SENTENCE_START = re.compile(r"(?:^|[.!?:\n\t‘“\"])\W*$")


@dataclass(frozen=True, slots=True)
class Unshared:
    """How many answerable questions share no content word with their evidence; `loosely` lets names be shared."""

    questions: int
    strictly: int
    loosely: int


def check(questions: Sequence[Question], documents: Sequence[Document], at_least: int = 0) -> tuple[str, ...]:
    """Return a line for each thing that is wrong with a question set, none when nothing is.

    Beside what `eval.dataset.problems` proves: a follow-up has a history, a false premise the quote that corrects it;
    no question repeats another; each kind has `at_least` so many questions.
    """
    found = list(problems(questions, documents))
    for q in questions:
        if q.kind == "followup" and not q.history:
            found.append(f"{q.id}: a followup has no history")
        if q.kind == "false_premise" and not q.evidence:
            found.append(f"{q.id}: no evidence corrects the false premise")
    found += [f"{b.id}: asks what {a.id} asks" for a, b in combinations(questions, 2) if _alike(a, b)]
    kinds = Counter(q.kind for q in questions)
    found += [f"{k}: {kinds[k]} questions, expected at least {at_least}" for k in KINDS if kinds[k] < at_least]
    return tuple(found)


def _alike(a: Question, b: Question) -> bool:
    """Say whether two questions ask the same: in the same words, or with mostly the same terms for the same facts."""
    if (normalize(a.question), a.history) == (normalize(b.question), b.history):
        return True
    one, other = set(_asked(a)), set(_asked(b))
    return a.must == b.must and len(one & other) >= _ALIKE * len(one | other)


def _asked(q: Question) -> list[str]:
    return analyze(" ".join((*q.history, q.question)))


def shared_terms(q: Question) -> frozenset[str]:
    """Return the content words, stemmed, that a question (with its history) shares with its evidence."""
    return frozenset(_asked(q)).intersection(analyze(" ".join(q.evidence)))


def capitalised_terms(texts: Iterable[str]) -> frozenset[str]:
    """Return the terms that texts write with a capital wherever they stand, and not only where a sentence begins.

    These are taken for names. A word with two capitals together ('AI', 'IGFs') is an abbreviation and no name: most
    are of common words, and to tell those of organisations from them would take a list.
    """
    names: set[str] = set()
    others: set[str] = set()
    for text in texts:
        for match in _WORD.finditer(text):
            if not _is_capitalised(match[0]):
                others.update(analyze(match[0]))
            elif not _SENTENCE_START.search(text, max(0, match.start() - 8), match.start()):
                names.update(analyze(match[0]))
    return frozenset(names - others)


def _is_capitalised(word: str) -> bool:
    return any(letter.isupper() for letter in word) and not re.search(r"[A-Z]{2}", word)


def count_unshared(questions: Iterable[Question], names: frozenset[str]) -> Unshared:
    """Count the answerable questions whose words their evidence does not use.

    Loosely, a question may share a term of `names` that it writes with a capital too.
    """
    asked = [q for q in questions if q.answerable]
    shared = [shared_terms(q) for q in asked]
    common = [s - (names & _named(q)) for q, s in zip(asked, shared, strict=True)]
    return Unshared(len(asked), sum(not s for s in shared), sum(not s for s in common))


def _named(q: Question) -> frozenset[str]:
    words = _WORD.findall(" ".join((*q.history, q.question)))
    return frozenset(term for word in words if _is_capitalised(word) for term in analyze(word))


def as_table(questions: Sequence[Question], documents: Sequence[Document]) -> str:
    """Return the counts by kind and split, and how many questions share no content word with their evidence."""
    counts = Counter((q.kind, q.split) for q in questions)
    lines = [_line("kind", *SPLITS, "all")]
    lines += [_line(k, *(counts[k, s] for s in SPLITS), sum(counts[k, s] for s in SPLITS)) for k in KINDS]
    totals = Counter(q.split for q in questions)
    lines.append(_line("questions", *(totals[s] for s in SPLITS), len(questions)))
    lines.append(_line("share", *(_percent(totals[s], len(questions)) for s in SPLITS), ""))
    names = capitalised_terms(d.text for d in documents)
    unshared = {s: count_unshared([q for q in questions if q.split == s], names) for s in SPLITS}
    unshared["all"] = count_unshared(questions, names)
    lines += ["", "answerable questions that share no content word with their evidence"]
    lines.append(_line("no word at all", *(_percent(u.strictly, u.questions) for u in unshared.values())))
    lines.append(_line("names aside", *(_percent(u.loosely, u.questions) for u in unshared.values())))
    return "\n".join(lines)


def _line(name: str, *cells: object) -> str:
    return (f"{name:16}" + "".join(f"{cell!s:>8}" for cell in cells)).rstrip()


def _percent(part: int, whole: int) -> str:
    return f"{part / whole:.0%}" if whole else "–"


def validate(
    questions: Annotated[Path, typer.Argument(help="The question set.")],
    corpus: Annotated[str, typer.Option(help="The corpus that it asks; it must have been ingested.")] = "default",
    at_least: Annotated[int, typer.Option(help="Ask for so many questions of each kind.")] = 0,
) -> None:
    """Say what a question set holds; a line on stderr and the exit code 1 for anything wrong with it."""
    from index import read_documents

    settings, asked = load_settings(corpus=corpus), load_questions(questions, "all")
    documents = tuple(read_documents(settings).values())
    typer.echo(as_table(asked, documents))
    found = check(asked, documents, at_least)
    for line in found:
        typer.echo(line, err=True)
    if found:
        raise typer.Exit(1)


def main(arguments: list[str] | None = None) -> int:
    """Run the command; an error is one line on stderr and the exit code 1."""
    app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)
    app.command()(validate)
    return run_command(app, "python -m eval.validate", arguments)


if __name__ == "__main__":
    sys.exit(main())
