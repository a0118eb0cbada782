"""A question and its hits to an Answer: score, decide, quote, cite."""

from answer.answerer import LONGEST_QUESTION, Answerer
from answer.compose import WITHHELD
from answer.engine import as_query_engine
from answer.machine import answer_record
from answer.sources import Place, SourceIndex, source_name
from answer.voice import hear, voice_words

__all__ = [
    "LONGEST_QUESTION",
    "WITHHELD",
    "Answerer",
    "Place",
    "SourceIndex",
    "answer_record",
    "as_query_engine",
    "hear",
    "source_name",
    "voice_words",
]
