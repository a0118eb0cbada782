"""Check what a person wrote against the documents: each claim gets a verdict, its quotes, and what differs."""

import re
from collections.abc import Collection, Iterator, Sequence

from answer.claims import Sentence, split_claims
from answer.compose import cite
from answer.evidence import Evidence
from answer.verbatim import Verbatim
from answer.verify import Finding, proper_words, read_claim, read_sources, verify
from answer.verify.claim import denials
from core.errors import InputError
from core.records import Check, CheckedClaim, PassageKind, Verdict
from core.settings import Settings
from index import Index
from index.terms import analyze

__all__ = ["LONGEST_TEXT", "Checker", "sentences_to_check"]

LONGEST_TEXT = 100_000  # characters: some forty pages, a few minutes' work
_MOST_OF = 0.5  # of a sentence; who copies less may have left out what it turns on
_ALL = 0.95  # of a sentence, its last mark and note marker aside
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
        self._verbatim = Verbatim(index.documents.values())

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
        copied = self._copied(claim)
        finding = None if copied else self._judge(claim, before)
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

    def _copied(self, claim: str) -> list[Evidence]:
        """The sentences that a claim is word for word, or most of one; none when it is not copied."""
        place = self._verbatim.find(claim)
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

    def _judge(self, claim: str, before: str) -> Finding:
        """Any other claim; one that speaks of 'it' is looked for with the sentence before it."""
        asked = f"{before} {claim}" if before and _PRONOUN.search(claim) else claim
        hits = self._index.search(asked, top=self._settings.top)
        hits = tuple(hit for hit in hits if hit.passage.kind is not PassageKind.REFERENCE)
        similarities = self._index.sentence_similarities(asked, hits)
        sources = read_sources(hits, similarities, self._index.documents)
        read = read_claim(claim, self._index.variants, proper_words([hit.passage.text for hit in hits]))
        return verify(read, sources, self._index.idf)


def _words(claim: str, terms: Collection[str]) -> tuple[str, ...]:
    """The words of a claim that terms come from, in order."""
    words = dict.fromkeys(re.findall(r"\w[\w’'-]*", claim))
    return tuple(word for word in words if not set(analyze(word)).isdisjoint(terms))
