"""A sentence and what documents say to a verdict: borne out, said otherwise, or not found; no language model."""

from answer.verify.claim import Claim, read_claim
from answer.verify.names import proper_words
from answer.verify.sources import Source, read_sources
from answer.verify.verdict import Finding, verify

__all__ = ["Claim", "Finding", "Source", "proper_words", "read_claim", "read_sources", "verify"]
