"""Score the answers of a run and write summary.json and summary.md; a missing answer scores zero."""

import json
import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from statistics import fmean
from typing import Any

from core.records import Span
from core.settings import Settings
from eval.corpus_data import Corpus, CorpusQuestion
from eval.corpus_work import write_source
from eval.dataset import find_evidence
from eval.metrics import percentile
from eval.text import normalize

__all__ = ["area_under_curve", "evidence_recalls", "score", "summarize", "token_f1", "write_summary"]

Record = Mapping[str, Any]
Scores = dict[str, float | None]

_COLUMNS = {
    "questions": "n",
    "hit_rate": "hit",
    "token_f1": "F1",
    "exact_match": "EM",
    "evidence_recall": "evid. recall",
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
    text = normalize(_without_markers(record)) if record and not refused else ""
    pairs = [(quote, gold) for quote in quotes for gold in question.answers]
    return {
        "hit_rate": float(any(normalize(gold) in text for gold in question.answers)),
        "token_f1": max((token_f1(*pair) for pair in pairs), default=0.0),
        "exact_match": float(any(_words(quote) == _words(gold) for quote, gold in pairs)),
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
    names = ("hit_rate", "token_f1", "exact_match", "evidence_recall")
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
        recalls: the evidence recall by question, where it applies.
        about: what the run was made from, and its sessions.
    """
    scored = {q.qid: score(q, records.get(q.qid)) | {"evidence_recall": recalls.get(q.qid)} for q in _all(corpus)}
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


def evidence_recalls(
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
                places = [[place.span for place in find_evidence(quote, [document])] for quote in q.evidence]
                if not all(places):
                    complain(f"question '{q.qid}': its evidence is not in the text, which counts as not cited")
                if q.qid in records:
                    found[q.qid] = _recall(places, records[q.qid])
    return found


def _recall(places: Sequence[Sequence[Span]], record: Record) -> float:
    cited = [(c["start"], c["end"]) for c in record["citations"]]
    return fmean(any(_meet(a, b) for a in spans for b in cited) for spans in places)


def _meet(a: Span, b: Span) -> bool:
    shared = min(a[1], b[1]) - max(a[0], b[0])
    return shared > 0 and shared * 2 >= min(a[1] - a[0], b[1] - b[0])


def token_f1(given: str, gold: str) -> float:
    """Return the harmonic mean of the words' precision and recall, as SQuAD defines it (Rajpurkar et al. 2016)."""
    words, wanted = _words(given), _words(gold)
    shared = (Counter(words) & Counter(wanted)).total()
    return 2 * shared / (len(words) + len(wanted)) if shared else 0.0


def area_under_curve(positive: Sequence[float], negative: Sequence[float]) -> float | None:
    """Return how often a positive case has the higher value of a pair, equal ones counting half; None without pairs.

    That is the area under the ROC curve (Hanley and McNeil 1982).
    """
    if not positive or not negative:
        return None
    ordered = sorted(negative)
    wins = sum(bisect_left(ordered, value) + bisect_right(ordered, value) for value in positive) / 2
    return wins / (len(positive) * len(negative))


def _words(text: str) -> list[str]:
    """A text's words as SQuAD's script compares them: lower case, no punctuation, no articles."""
    plain = "".join(ch for ch in normalize(text) if ch.isalnum() or ch.isspace())
    return [word for word in plain.split() if word not in ("a", "an", "the")]


def _without_markers(record: Record) -> str:
    markers = "|".join(str(c["marker"]) for c in record["citations"])
    return re.sub(rf" \[(?:{markers})\](?=\s|$)", "", record["answer"])


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
