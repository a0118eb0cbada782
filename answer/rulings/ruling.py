"""Rule on what a question states: yes, no, or that the text says something else, and only where there is no doubt."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from answer.evidence import Evidence
from answer.rulings.clauses import clauses_of
from answer.rulings.constituents import Clause, Phrase
from answer.rulings.doers import other_doer
from answer.rulings.polar import Statement, read_statement
from answer.rulings.stance import affirms, is_unsure
from answer.verbs import lemma
from answer.verify import Finding, Source, proper_words, read_claim, read_sources, verify
from answer.verify.quantities import Kind
from answer.verify.rows import akin
from core.records import Difference, Hit, PassageKind, Ruled, Verdict
from index import Index
from index.terms import analyze

__all__ = ["Ruling", "rule", "rule_on"]

# What happens to a thing once, in stems: another year, or another doer, of it is no second time.
_ONCE = frozenset(
    analyze(
        "found establish create build construct open launch start begin end close finish complete introduce invent "
        "discover adopt abolish dissolve demolish destroy sign pass merge acquire buy purchase sell rename design "
        "write compose paint publish die bear bury arrive join leave retire resign marry inherit appoint commission "
        "erect plant incorporate register charter ratify repeal sink drain crash collapse happen occur locate situate "
        "nationalise nationalize privatise privatize automate electrify burn consecrate dedicate launch disband drown "
        "emigrate assassinate murder succeed "
        "headquarter base conquer annex unveil inaugurate file patent relocate move become"
    )
)
# What one does alone, as a rule: that another did it says that the one asked of did not.
_ALONE = frozenset(analyze("found establish invent discover design write compose paint build erect construct"))
_MEASURES = frozenset(analyze("last cost weigh measure"))  # of one thing these tell one number
_BOUND = re.compile(r"(?:before|after|prior to)\b")  # of a date
_LIMIT = re.compile(r"at least|at most|up to|a (?:min|max)imum of", re.IGNORECASE)  # of a number, that leaves more open
_PLACES = frozenset("in at from to into near on".split())
_DEFINITE = frozenset("the its his her their this that".split())


@dataclass(frozen=True, slots=True)
class Ruling:
    """What documents make of a question's statement, the sentence that it rests on, and what that says otherwise."""

    ruled: Ruled
    quote: Evidence
    differences: tuple[Difference, ...] = ()


def rule(question: str, hits: Sequence[Hit], similarities: Sequence[Sequence[float]], index: Index) -> Ruling | None:
    """Return the ruling on a question by the hits for it; None for a question that states nothing, and in doubt.

    Args:
        question: as it was asked.
        hits: the retrieved passages.
        similarities: for each hit, the cosine of the question with each of its sentences.
        index: gives the documents, the spellings and the rarity of terms.
    """
    statement = read_statement(question)
    kept = [pair for pair in zip(hits, similarities, strict=True) if pair[0].passage.kind is not PassageKind.REFERENCE]
    if not statement or not kept:
        return None
    sources = read_sources([hit for hit, _ in kept], [cosines for _, cosines in kept], index.documents)
    known = proper_words([hit.passage.text for hit, _ in kept])
    claim = read_claim(statement.text, index.variants, known)
    finding = verify(claim, sources, index.idf)
    ruled = rule_on(question, statement, finding, sources)
    if not ruled and finding.verdict is Verdict.SUPPORTED:  # by sentences that share words with it and do not say it
        singly = (verify(claim, [source], index.idf) for source in sources)
        denied = sorted((f for f in singly if _stands_alone(f, statement, sources)), key=lambda f: -f.score)
        ruled = next(filter(None, (rule_on(question, statement, f, sources) for f in denied)), None)
    ruled = ruled or _done_by_another(question, statement, sources)
    if not ruled:
        return None
    source = ruled[1]
    return Ruling(ruled[0], Evidence(source.hit, source.span, source.text), ruled[2])


def rule_on(
    question: str, statement: Statement, finding: Finding, sources: Sequence[Source]
) -> tuple[Ruled, Source, tuple[Difference, ...]] | None:
    """Return what is ruled by a verdict that the grammar of a sentence bears out, with that sentence; None in doubt."""
    stances = _stances(question, statement, sources)
    agreeing = [source for source, stance in stances if stance]
    denying = [source for source, stance in stances if stance is False]
    if finding.verdict is Verdict.SUPPORTED and agreeing and not denying and not statement.open:
        return Ruled.YES, next((s for s in finding.sources if s in agreeing), agreeing[0]), ()
    if finding.verdict is not Verdict.CONTRADICTED or agreeing or len(finding.differences) != 1:
        return None
    (source,), (difference,) = finding.sources, finding.differences
    if difference.kind == "denial":
        return (_no(statement), source, ()) if source in denying and not _denies(difference) else None
    before = dict(zip([id(s) for s in sources], _sentences_before(sources), strict=True))[id(source)]
    for told in _readings(difference, source):
        dated = _BOUND.match(told.written) and not _BOUND.match(told.found)
        altered = question.replace(told.written, "in " * bool(dated) + told.found, 1)
        other = read_statement(altered) if altered != question else None
        if not other or is_unsure(source.said, altered):
            continue
        borne = [c for c in other.clauses if affirms([c], source.said, before) is True]
        if not borne or affirms(other.clauses, source.said, before) is not True:
            continue
        verbs = {c.verb for c in borne}
        clause = next((c for c in statement.clauses if c.verb in verbs and _part(c, told) is not None), None)
        narrow = _as_narrow(other, source) or affirms(borne, source.said, before, whole=True) is True
        unheard = not any(
            told.written.casefold() in s.said.casefold() and verbs & {lemma(word) for word in s.said.split()}
            for s in sources
        )
        if clause and (ruled := _how_otherwise(clause, told, narrow=narrow, unheard=unheard)):
            return _no(statement) if ruled is Ruled.NO else ruled, source, (told,)
    return None


def _done_by_another(
    question: str, statement: Statement, sources: Sequence[Source]
) -> tuple[Ruled, Source, tuple[Difference, ...]] | None:
    """What is ruled where a sentence says of another doer what a question does; None in doubt."""
    if any(stance for _, stance in _stances(question, statement, sources)):
        return None
    sure = [
        (source, before)
        for source, before in zip(sources, _sentences_before(sources), strict=True)
        if not source.cells and not is_unsure(source.said, question)
    ]
    other = other_doer(statement.clauses, sure, sources)
    if not other:
        return None
    clause, source, told = other
    thing = clause.subject if clause.passive else clause.behind("")
    if not thing or not thing.words or not _is_definite(thing):
        return None
    named = all(any(word[0].isupper() for word in text.split()) for text in (told.written, told.found))
    return _no(statement) if named and clause.verb in _ALONE else Ruled.INSTEAD, source, (told,)


def _readings(difference: Difference, source: Source) -> list[Difference]:
    """A difference, and the same with the other years of its sentence, since it may be any of them."""
    if difference.kind != "year":
        return [difference]
    years = [q.text for q in source.quantities if q.kind is Kind.YEAR and not q.hedge and q.text != difference.found]
    return [difference, *(replace(difference, found=year) for year in years)]


def _stands_alone(finding: Finding, statement: Statement, sources: Sequence[Source]) -> bool:
    """Say whether a sentence differs in one year, which no sentence of the same verb has as it was asked."""
    if finding.verdict is not Verdict.CONTRADICTED or [d.kind for d in finding.differences] != ["year"]:
        return False
    told = {clause.verb for clause in clauses_of(finding.sources[0].said, shown=True)}
    verbs = told.intersection(clause.verb for clause in statement.clauses)
    asked = finding.differences[0].written.split()[-1]
    return not any(asked in s.said and verbs & {lemma(word) for word in s.said.split()} for s in sources)


def _no(statement: Statement) -> Ruled:
    return Ruled.INSTEAD if statement.open else Ruled.NO


def _denies(difference: Difference) -> bool:
    """Say whether it is the question that denies."""
    return difference.found == "no denial"


def _stances(question: str, statement: Statement, sources: Sequence[Source]) -> list[tuple[Source, bool]]:
    """What each sentence makes of a statement, those left out that say nothing of it, or leave it open."""
    found = []
    for source, before in zip(sources, _sentences_before(sources), strict=True):
        if source.cells or is_unsure(source.said, question):
            continue
        stance = affirms(statement.clauses, source.said, before)
        if stance is not None:
            found.append((source, stance))
    return found


def _sentences_before(sources: Sequence[Source]) -> list[str]:
    """For each sentence what stands before it in its passage."""
    befores = [a.said if a.hit.passage.id == b.hit.passage.id else "" for a, b in pairwise(sources)]
    return ["", *befores] if sources else []


def _part(clause: Clause, difference: Difference) -> Phrase | None:
    """The part of a clause in which what differs stands."""
    written = set(analyze(difference.written)) or {difference.written.lower()}
    for phrase in (clause.subject, *clause.rest):
        if written <= {term for w in phrase.words for term in (analyze(w.text) or [w.low])}:
            return phrase
    return None


def _how_otherwise(clause: Clause, difference: Difference, *, narrow: bool, unheard: bool) -> Ruled | None:
    """Whether what a source says rules out what a clause says, is beside it, or neither.

    `narrow` says that it tells no time or circumstance beyond what the question does, `unheard` that what the question
    has instead is nowhere said with its verb.
    """
    part = _part(clause, difference)
    thing = clause.subject if clause.passive or not clause.behind("") else clause.behind("")
    once = clause.verb in _ONCE or any(w.low in ("first", "last") for w in clause.subject.words)
    definite = bool(thing and thing.words and _is_definite(thing))
    if difference.kind == "number":
        if _LIMIT.match(difference.found) and not _LIMIT.match(difference.written):
            return None
        measured = Ruled.INSTEAD if clause.verb in _MEASURES and _is_definite(clause.subject) else None
        return Ruled.NO if narrow or (once and definite and part is not thing) else measured
    if difference.kind in ("year", "month"):
        return Ruled.NO if once and definite else Ruled.INSTEAD if once else None
    if difference.kind != "name" or part is None:
        return None
    doer = part.preposition == "by" if clause.passive else part is clause.subject
    if clause.verb == "be":
        told = clause.behind("")
        return Ruled.NO if told and doer and told.words[0].low == "the" else None
    if doer and definite and (once or unheard):
        return Ruled.NO if once else Ruled.INSTEAD
    return Ruled.INSTEAD if (once or unheard) and definite and part.preposition in _PLACES else None


def _is_definite(phrase: Phrase) -> bool:
    """Say whether a phrase speaks of one thing: by a name, or with 'the'."""
    return phrase.words[0].low in _DEFINITE or any(w.text[0].isupper() for w in phrase.said)


def _as_narrow(other: Statement, source: Source) -> bool:
    """Say whether a source tells no time or circumstance beyond what a question does."""
    said = set(analyze(other.text))
    return all(any(akin(term, word) for word in said) for term in analyze(source.said))
