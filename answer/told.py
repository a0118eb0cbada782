"""What is said in answer to a question that is looked up: not only quotes, but a line or list with their markers."""

from dataclasses import dataclass

from answer.evidence import Evidence

__all__ = ["DOCUMENT", "Told"]

# The document itself, as a question speaks of it.
DOCUMENT = (
    r"(?:it|(?:the|this) (?:whole |entire |present )?(?:chapter|text|document|paper|article|book|essay|study|report|"
    r"thesis|survey|guide|handbook|manual|file|pdf))"
)


@dataclass(frozen=True, slots=True)
class Told:
    """Quotes, and a text with their markers; no text where there is nothing to tell, and why."""

    quotes: tuple[Evidence, ...]
    text: str
    reason: str = ""
