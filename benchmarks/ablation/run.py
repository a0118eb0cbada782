"""The command `python -m benchmarks ablation`: ask the development questions of each variant."""

import argparse
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benchmarks.ablation.report import ablation_lines, ablation_plot
from benchmarks.ablation.trial import Models, Trial
from benchmarks.ablation.variants import DEFAULT, VARIANTS, Variant
from benchmarks.record import about, percentile, run_as, say, write_results

if TYPE_CHECKING:
    from eval.run import Outcome

__all__ = ["cut_at", "measure_ablation", "run_ablation"]

RESULTS = Path(__file__).resolve().parents[2] / "eval" / "results"

Row = dict[str, Any]


def run_ablation(arguments: Sequence[str] = ()) -> str:
    """Ask, write the table and the plot, and return the former."""
    given = _parser().parse_args(arguments)
    record = about(run_as("benchmarks ablation", arguments))
    names = given.only or [variant.name for variant in VARIANTS]
    variants = [v for v in VARIANTS if v.name in names]
    text = ""
    for rows in measure_ablation(variants, given.first, anew=given.anew):
        record["rows"] = rows
        text = "\n".join(ablation_lines(record)) + "\n"
        whole = len(rows) > len(variants)
        write_results("ablations", record, text, ablation_plot(rows), given.out, whole=whole)
    return text


def measure_ablation(variants: Sequence[Variant], first: int | None = None, *, anew: bool) -> Iterator[list[Row]]:
    """Yield the rows so far, a row a variant, the default first; it is asked again in the middle and at the end.

    Args:
        variants: what to compare with the default.
        first: of the questions, only so many.
        anew: run the models again for what they have seen, so that wall-clock times mean something; else their
            processor time is remembered.
    """
    from answer.reader import load_reader
    from core.settings import Settings
    from eval.dataset import load_questions
    from index.embedder import load_embedder

    questions = load_questions(Path(str(files("eval.questions") / "chapter09.jsonl")), "dev")[:first]
    with tempfile.TemporaryDirectory() as folder:
        models = Models(load_embedder(), load_reader(), anew=anew)
        trial = Trial(Settings(home=Path(folder), corpus="ablation"), questions, models)
        trial.ask(DEFAULT)  # the first run has caches to fill
        default, asked = _row(DEFAULT, trial)
        runs = [default]
        rows: list[Row] = []
        for number, variant in enumerate(variants, start=1):
            say(f"{variant.name} ({number} of {len(variants)})")
            row, outcomes = _row(variant, trial, refused=_refused(asked))
            rows.append(row | _changed(outcomes, asked))
            if number in (len(variants) // 2, len(variants)):
                runs.append(_row(DEFAULT, trial)[0])
            cost = {
                key: percentile([run[key] for run in runs], 0.5) for key in ("cpu_ms", *(("p50_ms",) if anew else ()))
            }
            spread = {"cpu_ms_runs": [run["cpu_ms"] for run in runs]}
            yield [default | cost | spread | _changed(asked, asked), *rows]


def cut_at(confidences: Iterable[float], refused: int) -> float:
    """Return the threshold below which so many of some confidences lie."""
    ordered = sorted(confidences)
    return ordered[refused] if refused < len(ordered) else 1.0


def _row(variant: Variant, trial: Trial, refused: int | None = None) -> "tuple[Row, Sequence[Outcome]]":
    """Measure a variant.

    Args:
        variant: what to measure.
        trial: what is asked.
        refused: how many answerable questions the default refuses; None where there is nothing to compare with.
    """
    from eval.run import summarize

    threshold = None
    if variant.cut_anew and refused is not None:
        confidences = [o.answer.confidence for o in trial.ask(variant, 0.0).outcomes if o.question.answerable]
        threshold = cut_at(confidences, refused)
    asked = trial.ask(variant, threshold)
    found = summarize(asked.outcomes)
    row: Row = {
        "name": variant.name,
        "kind": variant.kind,
        "right": found["correct"],
        "right_answerable": found["correct_answerable"],
        "recall": found["evidence_recall"],
        "refused": found.get("refusal_recall", 0.0),
        "false_refusals": found["false_refusal"],
        "cpu_ms": asked.cpu_ms,
    }
    row |= {"threshold": threshold} if threshold is not None else {}
    return row | ({"p50_ms": found["latency_p50_ms"]} if trial.models.anew else {}), asked.outcomes


def _refused(outcomes: "Sequence[Outcome]") -> int:
    return sum(o.answer.refused for o in outcomes if o.question.answerable)


def _changed(outcomes: "Sequence[Outcome]", default: "Sequence[Outcome]") -> dict[str, int]:
    """How many questions are right that the default has wrong, and the other way round."""
    pairs = [(bool(a.scores["correct"]), bool(b.scores["correct"])) for a, b in zip(outcomes, default, strict=True)]
    return {"won": sum(a and not b for a, b in pairs), "lost": sum(b and not a for a, b in pairs)}


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks ablation", description=__doc__)
    parser.add_argument("--only", nargs="*", help="names of variants")
    parser.add_argument("--first", type=int, help="ask only so many questions")
    parser.add_argument("--anew", action="store_true", help="run the models again for each variant, to time p50")
    parser.add_argument("--out", type=Path, default=RESULTS)
    return parser
