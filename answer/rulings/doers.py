"""Find who a text says did what a question says another did: 'Was the guide written by Bell?'; Rudd wrote it."""

import re
from collections.abc import Sequence
from dataclasses import replace

from answer.rulings.clauses import clauses_of
from answer.rulings.constituents import Clause, Phrase
from answer.rulings.stance import affirms
from answer.verbs import lemma
from answer.verify import Source
from core.records import Difference

__all__ = ["other_doer"]

_NOBODY = frozenset("it he she they who which that this these those nobody somebody someone everyone".split())


def other_doer(
    claims: Sequence[Clause], sure: Sequence[tuple[Source, str]], sources: Sequence[Source]
) -> tuple[Clause, Source, Difference] | None:
    """Return a clause of a question, the sentence that says it of another doer, and the two; None where none does.

    The two have no word in common, and either both have names, or the asked one has, or both are told by one noun
    ('the night team', 'the day team'): 'the miller' may be Rudd.

    Args:
        claims: the ways in which the question may be read.
        sure: sentences that leave nothing open, each with the one before it.
        sources: all sentences; one that may say it of the asked one, however openly, leaves it in doubt.
    """
    for claim in (c for c in claims if not c.negated):
        asked = _doer(claim)
        if not asked or not asked.said or any(_may_say(s, claim.verb, asked) for s in sources):
            continue
        for source, before in sure:
            for theirs in filter(None, map(_doer, (c for c in clauses_of(source.said) if c.verb == claim.verb))):
                told = _put(claim, theirs)
                if _are_others(asked, theirs) and affirms([told], source.said, before) is True:
                    return claim, source, Difference("name", _text(asked), _text(theirs))
    return None


def _may_say(source: Source, verb: str, asked: Phrase) -> bool:
    """Say whether a sentence has the verb and the one who was asked for, who may have done it after all."""
    words = {lemma(word) for word in re.findall(r"[^\W\d_]+", source.said)}
    return verb in words and (_names(asked) or asked.keys) <= words


def _doer(clause: Clause) -> Phrase | None:
    return clause.behind("by") if clause.passive else clause.subject


def _put(claim: Clause, doer: Phrase) -> Clause:
    """A clause with another doer."""
    if not claim.passive:
        return replace(claim, subject=replace(doer, preposition=""))
    rest = (replace(doer, preposition="by") if p.preposition == "by" else p for p in claim.rest)
    return replace(claim, rest=tuple(rest))


def _are_others(asked: Phrase, theirs: Phrase) -> bool:
    if not theirs.said or asked.keys & theirs.keys - asked.heads or {w.low for w in theirs.words} & _NOBODY:
        return False
    if _names(asked):
        return not _names(asked) & theirs.keys
    return not _names(theirs) and bool(asked.heads & theirs.heads) and asked.keys != theirs.keys


def _names(phrase: Phrase) -> frozenset[str]:
    return frozenset(w.key for w in phrase.said if w.text[0].isupper())


def _text(phrase: Phrase) -> str:
    return " ".join(w.text for w in phrase.words if w.text != ",")
