"""An answer as other programs read it."""

from typing import Any

from core.records import Answer

__all__ = ["answer_record"]


def answer_record(answer: Answer, *, question_id: object, latency_ms: float) -> dict[str, Any]:
    """Return an answer as other programs read it; the order of the keys is part of the interface."""
    return {
        "id": question_id,
        "question": answer.question,
        "answer": answer.text,
        "refused": answer.refused,
        "reason": answer.reason,
        "confidence": round(answer.confidence, 4),
        "citations": [
            {
                "marker": citation.marker,
                "quote": citation.quote,
                "document": citation.document,
                "section": " > ".join(citation.section),
                "page": citation.page,
                "start": citation.start,
                "end": citation.end,
                "voice": {"kind": citation.voice.kind, "speakers": list(citation.voice.speakers)},
                **({"secondary": citation.secondary} if citation.secondary else {}),
            }
            for citation in answer.citations
        ],
        "latency_ms": round(latency_ms, 1),
    }
