"""The command `python -m benchmarks.load`: 20 people ask the app for a minute, and a document is added meanwhile.

`--think 0` has them ask again at once, which is more than people do. The results go to benchmarks/results/.
"""

import argparse
import os
import sys
import tempfile
from collections.abc import Sequence
from importlib.resources import files
from pathlib import Path

from benchmarks.load.people import Question, crowd_of
from benchmarks.load.report import RESULTS, as_record, write
from benchmarks.load.server import ingest, served
from benchmarks.load.trial import marker, try_crowd
from benchmarks.make_documents import make_document

__all__ = ["main"]

_PAGES = 15  # of the made text, some 35 kB


def main(arguments: Sequence[str]) -> None:
    """Try a crowd on the bundled chapter and write what came of it; exit with 1 when an answer was wrong."""
    from core.settings import bundled_corpus
    from eval.dataset import load_questions

    given = _parser().parse_args(arguments)
    questions = load_questions(Path(str(files("eval.questions") / "chapter09.jsonl")), "dev")
    crowd = crowd_of(
        [Question(q.id, q.question, q.history) for q in questions],
        people=given.people, pages=given.at_page, seconds=given.seconds, think=given.think, seed=given.seed,
        most=max(4, int(given.seconds / max(given.think / 2, 0.2))),
    )  # fmt: skip
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        document = home / "made.txt"
        make_document(document, _PAGES)
        ingest(home, [bundled_corpus()])
        load_before = os.getloadavg()[0]
        with served(home) as app:
            trial = try_crowd(app, crowd, document, marker(home, questions))
        broke, size = app.broke(), document.stat().st_size
    command = " ".join(["python -m benchmarks.load", *arguments])
    record = as_record(crowd, trial, command=command, document=size, load_before=load_before)
    sys.stdout.write(write(record, given.out, given.name))
    sys.exit(bool(trial.judged.errors or trial.judged.different or broke))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.load", description=__doc__)
    parser.add_argument("--people", type=int, default=20)
    parser.add_argument("--at-page", type=int, default=4, help="how many of them use the page")
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--think", type=float, default=3.0, help="seconds between an answer and the next question")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--out", type=Path, default=RESULTS)
    parser.add_argument("--name", default="load", help="of the files in that folder")
    return parser


if __name__ == "__main__":
    main(sys.argv[1:])
