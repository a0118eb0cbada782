"""What every peer's script shares: the questions it reads, the answers and the line of stats that it writes.

It runs in each peer's own environment, so it needs nothing but the standard library.
"""

import argparse
import json
import re
import resource
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from importlib import metadata
from pathlib import Path
from typing import Any, Protocol

__all__ = [
    "FORMS",
    "MOST_WORDS",
    "Given",
    "Peer",
    "Quoter",
    "Reply",
    "answer_lines",
    "cut",
    "print_stats",
    "read_arguments",
    "read_queries",
    "sentences",
    "serve",
]

FORMS = ("top chunk", "top sentence", "top 3 sentences")
MOST_WORDS = 120  # the most that eval.metrics lets an answer of any kind have
_READ = 3  # the chunks whose sentences are considered
_BOUNDARY = re.compile(r"(?<=[.!?])[’”\"')\]]*\d{0,2}\s+(?=[‘“(\"']?[A-Z0-9])")
_ABBREVIATED = re.compile(
    r"(?:\b(?:al|e\.g|i\.e|cf|vs|Co|Ltd|Inc|Dr|Mr|Mrs|Ms|Prof|St|No|Vol|Fig|pp|p|ed|eds)|\b[A-Z])\.$"
)


@dataclass(frozen=True, slots=True)
class Given:
    """One form of an answer: what a person would read, and the quotes it rests on; `score` is a cosine or None."""

    form: str
    answer: str
    quotes: tuple[str, ...]
    refused: bool
    score: float | None
    latency_ms: float


@dataclass(frozen=True, slots=True)
class Reply:
    """All forms of the answer to one question, and the chunks that were retrieved for it, best first."""

    given: tuple[Given, ...]
    hits: tuple[str, ...]


class Peer(Protocol):
    """A program that answers questions about a text."""

    def index(self, text: str) -> None:
        """Take a text in."""
        ...

    def ask(self, query: str) -> Reply:
        """Answer a question."""
        ...


def serve(make: Callable[[Path], Peer], packages: Sequence[str], arguments: Sequence[str] | None = None) -> None:
    """Index a text, answer a file of questions, write a line of JSON for each form of each answer, and print stats.

    Args:
        make: makes the peer from the folder of the embedder; imports and models belong there.
        packages: the packages whose versions are told.
        arguments: the command line; sys.argv when left out.
    """
    given = read_arguments(arguments)
    queries = read_queries(given.questions.read_text(encoding="utf-8").splitlines())
    peer = make(given.model)
    loaded = time.time()
    peer.index(given.text.read_text(encoding="utf-8"))
    indexed = time.time()
    peer.ask(queries[0][1])
    answered = time.time()
    with given.out.open("w", encoding="utf-8") as out:
        for number, query in queries:
            out.writelines(answer_lines(number, peer.ask(query)))
    stats = {
        "load_s": loaded - given.begun,
        "index_s": indexed - loaded,
        "cold_start_s": loaded - given.begun + answered - indexed,
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }
    print_stats(stats, packages, metadata.distributions())


def print_stats(
    stats: Mapping[str, float], packages: Sequence[str], installed: Iterable[metadata.Distribution]
) -> None:
    """Print one line of JSON: what was measured, versions, and what these distributions weigh and ask of a user."""
    found = [one for one in installed if one.metadata["Name"] not in ("pip", "setuptools")]
    record = {
        **stats,
        "install_mb": sum(_size(one) for one in found) / 1e6,
        "copyleft": sorted({said for one in found if (said := _copyleft(one))}),
        "versions": {name: metadata.version(name) for name in packages},
    }
    sys.stdout.write("\n" + json.dumps(record) + "\n")


def read_arguments(arguments: Sequence[str] | None = None) -> argparse.Namespace:
    """Return the command line of a peer's script."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--text", type=Path, required=True, help="the document, UTF-8")
    parser.add_argument("--questions", type=Path, required=True, help="objects {id, question, history}, one a line")
    parser.add_argument("--out", type=Path, required=True, help="where the answers go")
    parser.add_argument("--model", type=Path, required=True, help="the folder of the embedder")
    parser.add_argument("--begun", type=float, required=True, help="time.time() when this process was started")
    return parser.parse_args(arguments)


def read_queries(lines: Iterable[str]) -> list[tuple[str, str]]:
    """Return (id, query) for each question.

    None of the peers can resolve a follow-up without a language model, so the user's last question goes before it.
    """
    records = [json.loads(line) for line in lines if line.strip()]
    return [(record["id"], " ".join([*record["history"][-1:], record["question"]])) for record in records]


class Quoter:
    """Makes retrieved chunks answers of three forms: the best chunk, the best sentence and the best three."""

    def __init__(self, embed: Callable[[list[str]], Sequence[Sequence[float]]]) -> None:
        """Rank sentences, and score chunks and sentences, by the cosine of the unit vectors that `embed` makes."""
        self._embed = embed
        self._vectors: dict[str, Sequence[float]] = {}

    def quote(self, query: str, hits: Sequence[str], begun: float) -> Reply:
        """Return the forms of an answer.

        Their latency is that of the retrieval: sentences are chosen by us, and an index of them would have their
        vectors.

        Args:
            query: what was asked.
            hits: the chunks, best first.
            begun: time.perf_counter() when the question was put.
        """
        took = (time.perf_counter() - begun) * 1000
        if not hits:
            return Reply(tuple(Given(form, "", (), True, None, took) for form in FORMS), ())
        pieces = list(dict.fromkeys(s for hit in hits[:_READ] for s in sentences(hit)))
        asked, chunk, *vectors = self._remember([query, hits[0], *pieces])
        scores = [_dot(asked, vector) for vector in vectors]
        order = sorted(range(len(pieces)), key=lambda i: -scores[i])[:3]
        best, three, top = cut(pieces[order[0]]), [pieces[i] for i in sorted(order)], cut(hits[0])
        return Reply(
            (
                Given(FORMS[0], top, (top,), False, _dot(asked, chunk), took),
                Given(FORMS[1], best, (best,), False, scores[order[0]], took),
                Given(FORMS[2], cut(" ".join(three)), tuple(_within(three)), False, scores[order[0]], took),
            ),
            tuple(hits),
        )

    def _remember(self, texts: list[str]) -> list[Sequence[float]]:
        new = [text for text in dict.fromkeys(texts) if text not in self._vectors]
        if new:
            self._vectors.update(zip(new, self._embed(new), strict=True))
        return [self._vectors[text] for text in texts]


def answer_lines(number: str, reply: Reply) -> Iterator[str]:
    """Yield a line of JSON for each form of an answer."""
    for given in reply.given:
        record: dict[str, Any] = {"id": number, **asdict(given), "hits": reply.hits}
        yield json.dumps(record, ensure_ascii=False) + "\n"


def sentences(text: str) -> list[str]:
    """Return the sentences of a text; a line with tabs is a row of a table and stays whole."""
    found = []
    for line in text.splitlines():
        start = 0
        for match in () if "\t" in line else _BOUNDARY.finditer(line):
            if not _ABBREVIATED.search(line[: match.start()]):
                found.append(line[start : match.end()].strip())
                start = match.end()
        found.append(line[start:].strip())
    return [sentence for sentence in found if sentence]


def cut(text: str, most: int = MOST_WORDS) -> str:
    """Return a text up to its first `most` words, white space kept."""
    found = re.match(rf"\s*(?:\S+\s+){{0,{most - 1}}}\S+", text)
    return found.group().strip() if found else ""


def _within(texts: Sequence[str]) -> Iterator[str]:
    """Yield texts until `MOST_WORDS` are reached; the last is cut."""
    left = MOST_WORDS
    for text in texts:
        if left > 0:
            yield cut(text, left)
        left -= len(text.split())


def _dot(one: Sequence[float], other: Sequence[float]) -> float:
    return float(sum(a * b for a, b in zip(one, other, strict=True)))


def _size(installed: metadata.Distribution) -> int:
    """Return the bytes of a distribution's files."""
    paths = {Path(str(file.locate())) for file in installed.files or ()}
    return sum(path.stat().st_size for path in paths if path.is_file())


def _copyleft(installed: metadata.Distribution) -> str:
    """Return a distribution's name and licence when that is of the GPL's family, else nothing."""
    told = installed.metadata
    said = [told["License-Expression"] or "", (told["License"] or "")[:80], *(told.get_all("Classifier") or ())]
    licence = next((line for line in said if re.search(r"GPL|General Public", line)), "")
    return f"{told['Name']}: {licence.rpartition(' :: ')[2]}" if licence else ""
