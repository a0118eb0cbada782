"""A question and its hits to an Answer: score, decide, quote, cite."""

from answer.answerer import LONGEST_QUESTION, Answerer
from answer.engine import as_query_engine

__all__ = ["LONGEST_QUESTION", "Answerer", "as_query_engine"]
