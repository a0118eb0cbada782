"""What is said in answer to a question that is looked up: not only quotes, but a line or list with their markers."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from answer.evidence import Evidence

__all__ = ["DOCUMENT", "Forms", "Told", "forms", "has_form"]

Forms = tuple[re.Pattern[str], ...]

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


def forms(patterns: Iterable[str]) -> Forms:
    """Return the forms that a question may have, given as patterns; case does not count."""
    return tuple(re.compile(pattern, re.IGNORECASE) for pattern in patterns)


def has_form(question: str, wanted: Forms) -> re.Match[str] | None:
    """Return how a whole question, the marks at its ends aside, has one of some forms; None where it has none."""
    asked = " ".join(question.split()).strip(" ?!.")
    return next((match for form in wanted if (match := form.fullmatch(asked))), None)
