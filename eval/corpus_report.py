"""Score the answers of a run and write summary.json and summary.md; a missing answer scores zero."""

import json
import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from statistics import fmean
from typing import Any

from core.settings import Settings
from eval.corpus_data import Corpus, CorpusQuestion
from eval.corpus_work import write_source
from eval.dataset import EvidenceSpan, find_evidence
from eval.metrics import best_f1, exact_match, percentile, stands_at
from eval.text import holds, strip_markers

__all__ = ["area_under_curve", "citation_recalls", "score", "summarize", "write_summary"]

Record = Mapping[str, Any]
Scores = dict[str, float | None]

_COLUMNS = {
    "questions": "n",
    "hit_rate": "hit",
    "token_f1": "F1",
    "exact_match": "EM",
    "citation_recall": "cit. recall",
    "refused_unanswerable": "refused",
    "false_refusals": "false ref.",
    "balanced_accuracy": "bal. acc.",
    "auc": "AUC",
    "latency_p50_ms": "p50 ms",
    "latency_p95_ms": "p95 ms",
}


def score(question: CorpusQuestion, record: Record | None) -> Scores:
    """Return the scores of one answer, None where one does not apply.

    `hit_rate`: a gold string stands in the answer; `token_f1` and `exact_match`: of the quote that is nearest to a gold
    string; `answered`: it is no refusal. An answer that is a refusal holds none of the quotes that it shows.
    """
    refused = bool(record and record["refused"])
    confidence, latency = (record["confidence"], record["latency_ms"]) if record else (None, None)
    if not question.answerable:
        return {"refused_unanswerable": float(refused), "confidence": confidence, "latency_ms": latency}
    quotes = [c["quote"] for c in record["citations"]] if record and not refused else []
    markers = [c["marker"] for c in record["citations"]] if record else []
    text = strip_markers(record["answer"], markers) if record and not refused else ""
    return {
        "hit_rate": float(any(holds(text, gold) for gold in question.answers)),
        "token_f1": max(best_f1(quotes, gold) for gold in question.answers),
        "exact_match": max((exact_match(q, gold) for q in quotes for gold in question.answers), default=0.0),
        "false_refusals": float(refused),
        "answered": float(record is not None and not refused),
        "confidence": confidence,
        "latency_ms": latency,
    }


def summarize(asked: Sequence[tuple[CorpusQuestion, Scores]]) -> dict[str, float | None]:
    """Return the counts, the mean of each score, and what is told of all answers together; None is not applicable.

    `balanced_accuracy` is the mean of two shares: of the answerable questions those answered, of the others those
    refused. `auc` is that of the confidence, as what tells answerable from unanswerable questions.
    """
    answered = _mean([s.get("answered") for _, s in asked])
    refused = _mean([s.get("refused_unanswerable") for _, s in asked])
    latencies = [ms for _, s in asked if (ms := s["latency_ms"]) is not None]
    confidences = [
        [c for q, s in asked if q.answerable is answerable and (c := s["confidence"]) is not None]
        for answerable in (True, False)
    ]
    names = ("hit_rate", "token_f1", "exact_match", "citation_recall")
    return {
        "questions": len(asked),
        "answerable": sum(q.answerable for q, _ in asked),
        "without_answer": len(asked) - len(latencies),
        **{name: _mean([s.get(name) for _, s in asked]) for name in names},
        "refused_unanswerable": refused,
        "false_refusals": _mean([s.get("false_refusals") for _, s in asked]),
        "balanced_accuracy": None if answered is None or refused is None else (answered + refused) / 2,
        "auc": area_under_curve(*confidences),
        **{f"latency_p{p}_ms": float(percentile(latencies, p / 100)) if latencies else None for p in (50, 95)},
    }


def write_summary(
    folder: Path,
    corpus: Corpus,
    records: Mapping[str, Record],
    recalls: Mapping[str, float],
    about: Mapping[str, Any],
) -> None:
    """Write summary.json and summary.md into the folder of a run.

    Args:
        folder: where.
        corpus: what was asked.
        records: the answers by question.
        recalls: the citation recall by question, where it applies.
        about: what the run was made from, and its sessions.
    """
    scored = {q.qid: score(q, records.get(q.qid)) | {"citation_recall": recalls.get(q.qid)} for q in _all(corpus)}
    groups = {
        doc_id: summarize([(q, scored[q.qid]) for q in _all(corpus) if q.doc_id == doc_id])
        for doc_id in dict.fromkeys(q.doc_id for q in _all(corpus))
    }
    total = summarize([(q, scored[q.qid]) for q in _all(corpus)])
    seconds = sum(session["seconds"] for session in about["sessions"])
    done = sum(session["questions"] for session in about["sessions"])
    speed = {
        "questions_per_second": done / seconds if seconds else None,
        "seconds": seconds,
        "cpu_seconds": sum(session["cpu_s"] for session in about["sessions"]),
    }
    summary = {**total, **speed, "documents": groups, "run": dict(about)}
    (folder / "summary.json").write_text(json.dumps(summary, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    (folder / "summary.md").write_text(_markdown(total, speed, groups, about), encoding="utf-8")


def citation_recalls(
    corpus: Corpus, records: Mapping[str, Record], settings: Settings, folder: Path, complain: Callable[[str], None]
) -> dict[str, float]:
    """Return, for each answerable question with evidence, the share of its evidence quotes that its answer cites.

    A quote is cited where a citation shares with it at least half the characters of the shorter of the two. The
    documents are read again to find the places, since an answer's offsets are those of the text as read.

    Args:
        corpus: what was asked.
        records: the answers by question.
        settings: the limits of reading.
        folder: where the documents may be written to be read.
        complain: told in one line of each question whose evidence is not in the text.
    """
    from ingest import Limits, ReaderProcess

    asked = [q for q in _all(corpus) if q.answerable and q.evidence]
    found = {q.qid: 0.0 for q in asked}
    with ReaderProcess(Limits.of(settings)) as reader:
        for doc_id in dict.fromkeys(q.doc_id for q in asked if q.qid in records):
            document = reader.read(write_source(corpus.documents[doc_id], folder)).document
            for q in (q for q in asked if q.doc_id == doc_id):
                places = [find_evidence(quote, [document]) for quote in q.evidence]
                if not all(places):
                    complain(f"question '{q.qid}': its evidence is not in the text, which counts as not cited")
                if q.qid in records:
                    found[q.qid] = _recall(places, records[q.qid], document.id)
    return found


def _recall(quotes: Sequence[Sequence[EvidenceSpan]], record: Record, document: str) -> float:
    cited = [EvidenceSpan(document, (c["start"], c["end"])) for c in record["citations"]]
    return fmean(any(stands_at(place, cited) for place in places) for places in quotes)


def area_under_curve(positive: Sequence[float], negative: Sequence[float]) -> float | None:
    """Return how often a positive case has the higher value of a pair, equal ones counting half; None without pairs.

    That is the area under the ROC curve (Hanley and McNeil 1982).
    """
    if not positive or not negative:
        return None
    ordered = sorted(negative)
    wins = sum(bisect_left(ordered, value) + bisect_right(ordered, value) for value in positive) / 2
    return wins / (len(positive) * len(negative))


def _all(corpus: Corpus) -> Sequence[CorpusQuestion]:
    return tuple(corpus.questions.values())


def _mean(values: Sequence[float | None]) -> float | None:
    applicable = [value for value in values if value is not None]
    return fmean(applicable) if applicable else None


def _markdown(
    total: Mapping[str, float | None],
    speed: Mapping[str, float | None],
    groups: Mapping[str, Mapping[str, float | None]],
    about: Mapping[str, Any],
) -> str:
    rate = speed["questions_per_second"]
    lines = [
        "# Each question asked of its own document",
        "",
        f"{total['questions']} questions ({total['answerable']} answerable, {total['without_answer']} without an "
        f"answer, which count as wrong) of {len(groups)} documents; begun {about['begun_at']}, {about['machine']}.",
        f"{'–' if rate is None else f'{rate:.1f}'} questions a second: {speed['seconds']:.0f} s on the clock, "
        f"{speed['cpu_seconds']:.0f} s of CPU, in {len(about['sessions'])} sessions.",
        "",
        "| document | " + " | ".join(_COLUMNS.values()) + " |",
        "|---" * (len(_COLUMNS) + 1) + "|",
    ]
    for name, found in [("all", total), *groups.items()]:
        lines.append(f"| {_escaped(name)} | " + " | ".join(_cell(key, found[key]) for key in _COLUMNS) + " |")
    return "\n".join(lines) + "\n"


def _cell(name: str, value: float | None) -> str:
    if value is None:
        return "–"
    return f"{value:.0f}" if name == "questions" or name.endswith("_ms") else f"{value:.3f}"


def _escaped(name: str) -> str:
    return re.sub(r"\s+", " ", name).replace("|", "\\|")
