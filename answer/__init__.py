"""A question and its hits to an Answer: score, decide, quote, cite."""

from answer.answerer import LONGEST_QUESTION, Answerer
from answer.engine import as_query_engine
from answer.machine import answer_record
from answer.sources import Place, SourceIndex, source_name

__all__ = ["LONGEST_QUESTION", "Answerer", "Place", "SourceIndex", "answer_record", "as_query_engine", "source_name"]
