"""Check what a person wrote against the documents: each claim gets a verdict, its quotes, and what differs."""

import re
from collections.abc import Collection, Iterator, Sequence
from functools import lru_cache

from answer.claims import Sentence, split_claims
from answer.compose import cite
from answer.evidence import Evidence
from answer.reach import holding, nearest
from answer.verbatim import Verbatim, letters_of
from answer.verify import Finding, proper_words, read_claim, read_sources, verify
from answer.verify.claim import denials
from core.errors import InputError
from core.records import Check, CheckedClaim, Document, Hit, PassageKind, Span, Verdict
from core.settings import Settings
from index import Index
from index.terms import analyze

__all__ = ["LONGEST_TEXT", "Checker", "sentences_to_check"]

LONGEST_TEXT = 100_000  # characters: some forty pages, a few minutes' work
_MOST_OF = 0.5  # of a sentence; who copies less may have left out what it turns on
_ALL = 0.95  # of a sentence, its last mark and note marker aside
_KEPT = 8  # documents that are kept as they are compared
_MOST = 4  # sentences of one copied stretch that are quoted

_PRONOUN = re.compile(r"^(?:\w+,? )?(?:it|its|they|their|he|his|she|her|this|these|that|those)\b", re.IGNORECASE)


def sentences_to_check(text: str) -> tuple[Sentence, ...]:
    """Return the sentences of a text that is to be checked.

    Raises:
        InputError: the text is longer than LONGEST_TEXT.
    """
    if len(text) > LONGEST_TEXT:
        raise InputError(f"the text has {len(text)} characters: check at most {LONGEST_TEXT} at a time")
    return split_claims(text.encode("utf-8", "replace").decode("utf-8"))


class Checker:
    """Checks texts against one index; safe to share between threads."""

    def __init__(self, index: Index, settings: Settings) -> None:
        self._index = index
        self._settings = settings
        self._verbatim = lru_cache(maxsize=_KEPT)(lambda name: Verbatim([index.documents[name]]))

    def check(self, text: str) -> Check:
        """Check every claim of a text; a text without any gives none.

        Raises:
            InputError: the text is longer than LONGEST_TEXT.
        """
        sentences = sentences_to_check(text)
        return Check(
            claims=tuple(self.check_each(sentences)),
            skipped=tuple(s.text for s in sentences if not s.claims),
        )

    def check_each(self, sentences: Sequence[Sentence]) -> Iterator[CheckedClaim]:
        """Check the claims among the sentences of a text one after another, in order; what claims nothing is passed."""
        before = ("", *(s.text for s in sentences))
        return (self._check(s, b) for s, b in zip(sentences, before, strict=False) if s.claims)

    def _check(self, sentence: Sentence, before: str) -> CheckedClaim:
        claim = sentence.text
        place = self._place(claim, holding([claim], self._index) or ())
        hits = () if place else self._index.search(claim, top=self._settings.top)
        copied = self._copied(claim, place or self._place(claim, _alike(claim, hits)))
        finding = None if copied else self._judge(claim, before, hits)
        quotes = [Evidence(s.hit, s.span, s.text) for s in finding.sources] if finding else copied
        return CheckedClaim(
            text=claim,
            start=sentence.start,
            end=sentence.end,
            verdict=finding.verdict if finding else Verdict.SUPPORTED,
            citations=cite(quotes, self._index.documents, self._settings),
            differences=finding.differences if finding else (),
            unsaid=_words(claim, finding.unsaid) if finding else (),
        )

    def _place(self, claim: str, names: Collection[str]) -> tuple[Document, Span] | None:
        """The first place where a claim stands word for word in some documents."""
        found = (self._verbatim(name).find(claim) for name in nearest(names, claim, self._index))
        return next(filter(None, found), None)

    def _copied(self, claim: str, place: tuple[Document, Span] | None) -> list[Evidence]:
        """The sentences that a claim is word for word, or most of one; none when it is not copied."""
        if not place:
            return []
        document, (begin, stop) = place
        found = []
        for hit in self._index.hits_in(document.id, (begin, stop)):
            for a, b in hit.passage.sentences:
                inside = min(b, stop) - max(a, begin)
                text = document.text[a:b]
                whole = inside > _ALL * (b - a) or (inside > _MOST_OF * (b - a) and denials(text) == denials(claim))
                if whole or (inside > 0 and stop - begin > 2 * inside):  # the end of a longer stretch
                    found.append(Evidence(hit, (a, b), text))
        return found[:_MOST]

    def _judge(self, claim: str, before: str, hits: Sequence[Hit]) -> Finding:
        """Any other claim, with what was found for it; one that speaks of 'it' is looked for with the one before it."""
        asked = f"{before} {claim}" if before and _PRONOUN.search(claim) else claim
        if asked != claim or not hits:
            hits = self._index.search(asked, top=self._settings.top)
        hits = tuple(hit for hit in hits if hit.passage.kind is not PassageKind.REFERENCE)
        similarities = self._index.sentence_similarities(asked, hits)
        sources = read_sources(hits, similarities, self._index.documents)
        read = read_claim(claim, self._index.variants, proper_words([hit.passage.text for hit in hits]))
        return verify(read, sources, self._index.idf)


def _alike(claim: str, hits: Sequence[Hit]) -> frozenset[str]:
    """The documents a passage of which has the letters of a claim, whatever parts its words: note markers, say."""
    wanted = _words_run_on(claim)
    return frozenset(h.passage.document_id for h in hits if wanted in _words_run_on(h.passage.text))


def _words_run_on(text: str) -> str:
    """The letters of a text without its figures, some of which may be those of note markers."""
    return re.sub(r"\d", "", letters_of(text))


def _words(claim: str, terms: Collection[str]) -> tuple[str, ...]:
    """The words of a claim that terms come from, in order."""
    words = dict.fromkeys(re.findall(r"\w[\w’'-]*", claim))
    return tuple(word for word in words if not set(analyze(word)).isdisjoint(terms))
