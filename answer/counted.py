"""Do the best sentences count what a question counts: of 'How many members?' clients are none."""

import re
from collections.abc import Sequence

from answer.evidence import Evidence
from core.records import PassageKind
from index import Index

__all__ = ["uncounted"]

_VERBS = "do|does|did|is|are|was|were|has|have|had|can"
_ASKS = re.compile(
    rf"\bhow many (?:of (?:the|these|those|his|her|its|their) )?(?P<what>(?!(?:of|{_VERBS})\b)"
    rf"(?:[\w’'-]+ ){{0,2}}?[\w’'-]+)(?<!ly)(?= (?:{_VERBS}|could|will|would|must|may|should|of|in|at|on|to|from|with|"
    r"for|by|under|over|above|below|who|that|which|there|went|took|came|made|got|sold|\w+ed|per)\b|\W*$)",
    re.IGNORECASE,
)
# Whoever and whatever these are, a text names them otherwise: 'tenants', 'members'.
_ANY = frozenset("people persons individuals things items others times ones more percent per".split())
_COUNT = (
    r"(?:\d[\d.,]*|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w+teen|"
    r"(?:twen|thir|for|fif|six|seven|eigh|nine)ty(?:-\w+)?|hundreds?|thousands?|dozens?|millions?|billions?|half|thirds?|"
    r"quarters?|both|no|none|neither|many|several|few)\b)"
)
# A unit is looked at, not taken, since it may begin with another count: 'a hundred and two clerks'.
_UNITS = re.compile(
    rf"{_COUNT}(?: (?:of|the|these|those|and|his|her|its|their|all|more|such|other|per cent))*\s+"
    r"(?=(?P<unit>[^\W\d_](?:[\w’'-]*\s?){1,3}))",
    re.IGNORECASE,
)
_NAME = re.compile(r"[^\W\d_][^|\t\n]*")  # of a column, or a caption
_LIKE = 0.5  # the cosine of two nouns from which on one may stand for the other
_MOST = 30  # units that are looked at


def uncounted(asked: str, read: Sequence[Evidence], index: Index) -> float:
    """Return by how much what the sentences count is unlike what a question counts: 0 where it counts nothing.

    Args:
        asked: the question.
        read: sentences that look best, and rows of tables, which count what they or their columns are named after.
        index: gives the cosines of words.
    """
    match = _ASKS.search(asked)
    if not match or _ANY & set(match["what"].lower().split()):
        return 0.0
    units = list(dict.fromkeys(unit for e in read for unit in _units(e)))[:_MOST]
    return max(0.0, _LIKE - max(index.cosines(match["what"], units), default=0.0)) if units else _LIKE


def _units(evidence: Evidence) -> list[str]:
    if evidence.hit.passage.kind is PassageKind.TABLE:
        said = (evidence.hit.passage.context, evidence.antecedent, evidence.text)
        return [name.strip() for name in _NAME.findall("\n".join(said))]
    found = [match["unit"].strip() for match in _UNITS.finditer(evidence.text)]
    return [unit for words in found for unit in (words.split()[0], words)]
