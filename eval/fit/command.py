"""The command that fits both and writes the model."""

import json
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import numpy as np
import typer
from numpy.typing import NDArray

from answer.confidence import SIGNALS
from answer.features import FEATURES
from answer.model import MODEL_FILE, load_model
from eval.fit.confidence import Floats, fit_confidence, read_exams, take_exam
from eval.fit.ranker import fit_scorer

__all__ = ["main"]


def main(
    general: Annotated[Path | None, typer.Option(help="A folder of general questions.")] = None,
    documents: Annotated[Path | None, typer.Option(help="A folder of NAME.txt with questions in NAME.jsonl.")] = None,
    false_refusals: Annotated[float, typer.Option(help="Share of answerable questions that may be refused.")] = 0.07,
    keep_scorer: Annotated[bool, typer.Option(help="Fit the confidence alone.")] = False,
) -> None:
    """Fit and write the model; one of --general and --documents is needed, for a document is judged by the others."""
    if general is None and documents is None:
        raise typer.BadParameter("give --general DIR, --documents DIR or both: a document is judged by a fit on others")
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        kept = load_model()
        first, sentence = (kept.first, kept.sentence) if keep_scorer else fit_scorer(home, general, documents)
        exams = list(read_exams(home, general, documents))
        noted = [note for number in range(len(exams)) for note in take_exam(exams, number, home, (first, sentence))]
    rows = np.array([note.signals for note in noted])
    answerable = np.array([note.answerable for note in noted])
    numbers, foreign = np.array([note.document for note in noted]), np.array([note.foreign for note in noted])
    fitted, bias, threshold, held_out = fit_confidence(rows, answerable, numbers, foreign, false_refusals)
    for number, exam in enumerate(exams):
        _tell(
            exam.name, held_out[numbers == number], answerable[numbers == number], foreign[numbers == number], threshold
        )
    _write(first, sentence, fitted, bias, threshold)


def _tell(
    name: str, confidence: Floats, answerable: NDArray[np.bool_], foreign: NDArray[np.bool_], threshold: float
) -> None:
    from sklearn.metrics import roc_auc_score

    refused = confidence < threshold
    area = roc_auc_score(answerable[~foreign], confidence[~foreign])
    typer.echo(
        f"{name:40} area {area:.2f}; refuses {refused[answerable].mean():.2f} of answerable, "
        f"{refused[~answerable & ~foreign].mean():.2f} of unanswerable, {refused[foreign].mean():.2f} of foreign ones"
    )


def _write(
    first: Sequence[float], sentence: Sequence[float], confidence: Floats, bias: float, threshold: float
) -> None:
    model = {
        "first": {name: round(float(w), 4) for name, w in zip(FEATURES, first, strict=True)},
        "sentence": {name: round(float(w), 4) for name, w in zip(FEATURES, sentence, strict=True)},
        "confidence": {name: round(float(w), 4) for name, w in zip(SIGNALS, confidence, strict=True)},
        "bias": round(bias, 4),
        "threshold": round(threshold, 4),
    }
    MODEL_FILE.write_text(json.dumps(model, indent=1) + "\n", encoding="utf-8")
    typer.echo(json.dumps(model, indent=1))
