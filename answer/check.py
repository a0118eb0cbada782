"""Check what a person wrote against the documents: each claim gets a verdict, its quotes, and what differs."""

import re
from collections.abc import Iterable
from itertools import islice

from answer.claims import Sentence, split_claims
from answer.compose import cite
from answer.evidence import Evidence
from answer.verbatim import Verbatim
from answer.verify import proper_words, read_claim, read_sources, verify
from core.errors import InputError
from core.records import Check, CheckedClaim, Difference, Hit, PassageKind, Span, Verdict
from core.settings import Settings
from index import Index

__all__ = ["LONGEST_TEXT", "Checker"]

LONGEST_TEXT = 100_000  # characters: some forty pages, a few minutes' work
_WHOLE = 0.5  # of a sentence; who copies less may have left out what it turns on
_MOST = 4  # sentences of one copied stretch that are quoted

_PRONOUN = re.compile(r"^(?:\w+,? )?(?:it|its|they|their|he|his|she|her|this|these|that|those)\b", re.IGNORECASE)


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
        if len(text) > LONGEST_TEXT:
            raise InputError(f"the text has {len(text)} characters: check at most {LONGEST_TEXT} at a time")
        text = text.encode("utf-8", "replace").decode("utf-8")
        sentences = split_claims(text)
        before = ("", *(s.text for s in sentences))
        return Check(
            claims=tuple(self._check(s, b) for s, b in zip(sentences, before, strict=False) if s.claims),
            skipped=tuple(s.text for s in sentences if not s.claims),
        )

    def _check(self, sentence: Sentence, before: str) -> CheckedClaim:
        claim = sentence.text
        verdict, quotes, differences = self._copied(claim) or self._judge(claim, before)
        citations = cite([_evidence(*quote) for quote in quotes], self._index.documents)
        return CheckedClaim(claim, sentence.start, sentence.end, verdict, citations, differences)

    def _copied(self, claim: str) -> "_Judged | None":
        """A claim that stands in a document word for word, most of a sentence at least."""
        place = self._verbatim.find(claim)
        if not place:
            return None
        document, (begin, stop) = place
        found = []
        for hit in self._index.hits_in(document.id, (begin, stop)):
            for a, b in hit.passage.sentences:
                inside = min(b, stop) - max(a, begin)
                if inside > 0 and (inside >= _WHOLE * (b - a) or stop - begin - inside > _WHOLE * inside):
                    found.append((hit, (a, b), document.text[a:b]))
        return (Verdict.SUPPORTED, list(islice(found, _MOST)), ()) if found else None

    def _judge(self, claim: str, before: str = "") -> "_Judged":
        """Any other claim; one that speaks of 'it' is looked for with the sentence before it."""
        asked = f"{before} {claim}" if before and _PRONOUN.search(claim) else claim
        hits = self._index.search(asked, top=self._settings.top)
        hits = tuple(hit for hit in hits if hit.passage.kind is not PassageKind.REFERENCE)
        similarities = self._index.sentence_similarities(asked, hits)
        sources = read_sources(hits, similarities, self._index.documents)
        read = read_claim(claim, self._index.variants, proper_words([hit.passage.text for hit in hits]))
        finding = verify(read, sources, self._index.idf)
        return finding.verdict, [(s.hit, s.span, s.text) for s in finding.sources], finding.differences


_Judged = tuple[Verdict, Iterable[tuple[Hit, Span, str]], tuple[Difference, ...]]


def _evidence(hit: Hit, span: Span, text: str) -> Evidence:
    return Evidence(hit, span, text, 0.0, ())
