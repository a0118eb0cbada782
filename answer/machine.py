"""Answers and checked texts as other programs read them."""

from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from core.records import Answer, Check, Citation, Difference, Span, Verdict

__all__ = ["answer_record", "check_record"]


def answer_record(answer: Answer, *, question_id: object, latency_ms: float) -> dict[str, Any]:
    """Return an answer as other programs read it; the order of the keys is part of the interface."""
    return {
        "id": question_id,
        "question": answer.question,
        **({"completed": answer.completed} if answer.completed else {}),
        "answer": answer.text,
        "refused": answer.refused,
        "reason": answer.reason,
        "confidence": round(answer.confidence, 4),
        "citations": [_citation(citation) for citation in answer.citations],
        "latency_ms": round(latency_ms, 1),
        "verdict": str(answer.verdict),
        "differences": _differences(answer.differences),
        **({"writing": asdict(answer.writing)} if answer.writing else {}),
    }


def check_record(check: Check) -> dict[str, Any]:
    """Return a checked text as other programs read it; the order of the keys is part of the interface.

    `start` and `end` of a claim are its place in the checked text, those of a citation its place in the document.
    """
    return {
        "claims": [
            {
                "claim": claim.text,
                "start": claim.start,
                "end": claim.end,
                "verdict": str(claim.verdict),
                "differences": _differences(claim.differences),
                "unsaid": list(claim.unsaid),
                "citations": [_citation(citation) for citation in claim.citations],
            }
            for claim in check.claims
        ],
        "skipped": list(check.skipped),
        "counts": {str(verdict): check.count(verdict) for verdict in Verdict},
    }


def _differences(differences: Iterable[Difference]) -> list[dict[str, str]]:
    return [{"kind": d.kind, "written": d.written, "found": d.found} for d in differences]


def _citation(citation: Citation) -> dict[str, Any]:
    return {
        "marker": citation.marker,
        "quote": citation.quote,
        "document": citation.document,
        "section": " > ".join(citation.section),
        "page": citation.page,
        "start": citation.start,
        "end": citation.end,
        "voice": {"kind": citation.voice.kind, "speakers": list(citation.voice.speakers)},
        **({"secondary": citation.secondary} if citation.secondary else {}),
        **({"highlight": _slice(citation, citation.highlight)} if citation.highlight else {}),
        **({"items": [_slice(citation, item) for item in citation.items]} if citation.items else {}),
    }


def _slice(citation: Citation, span: Span) -> dict[str, Any]:
    """A part of a quote and its place in the document."""
    start, end = span
    return {"text": citation.quote[start - citation.start : end - citation.start], "start": start, "end": end}
