"""Find the section whose heading asks just what a question does: 'What went well?', 'How to renew a pass'."""

from collections.abc import Sequence

from answer.evidence import Evidence
from answer.question import AnswerType, Question
from answer.select import MOST_ITEMS, MOST_WORDS_OF_LIST
from core.records import PassageKind

__all__ = ["under_heading", "whole_section"]

_OF_ONE_THING = frozenset({AnswerType.NUMBER, AnswerType.DATE, AnswerType.PERSON, AnswerType.PLACE})
_FEWEST = 2  # words; one alone names a thing of which anything may be asked


def under_heading(question: Question, evidence: Sequence[Evidence]) -> list[Evidence]:
    """Return those of some sentences whose own heading has the words of a question and no other."""
    wanted = set(question.terms)
    if len(wanted) < _FEWEST or question.answer_type in _OF_ONE_THING:
        return []
    return [e for e in evidence if e.hit.passage.kind is PassageKind.PROSE and _heading(question, e) == wanted]


def whole_section(headed: Sequence[Evidence]) -> tuple[Evidence, ...]:
    """Return the sentences of a section in the order of the text; none where it is too long to be quoted whole."""
    if len(headed) > MOST_ITEMS or sum(len(e.text.split()) for e in headed) > MOST_WORDS_OF_LIST:
        return ()
    return tuple(sorted(headed, key=lambda e: (e.hit.passage.document_id, e.span)))


def _heading(question: Question, evidence: Evidence) -> set[str]:
    section = evidence.hit.passage.section
    return {term for term in question.terms_of(section[-1]) if not term.isdigit()} if section else set()
