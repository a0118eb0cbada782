"""A question and its hits to an Answer: score, decide, quote, cite; and a text to the verdicts on its claims."""

from answer.answerer import LONGEST_QUESTION, Answerer
from answer.check import LONGEST_TEXT, Checker
from answer.compose import WITHHELD
from answer.engine import as_query_engine
from answer.machine import answer_record, check_record
from answer.sources import Place, SourceIndex, source_name
from answer.voice import hear, voice_words
from answer.writing import Writer, open_answerer, writing_words

__all__ = [
    "LONGEST_QUESTION",
    "LONGEST_TEXT",
    "WITHHELD",
    "Answerer",
    "Checker",
    "Place",
    "SourceIndex",
    "Writer",
    "answer_record",
    "as_query_engine",
    "check_record",
    "hear",
    "open_answerer",
    "source_name",
    "voice_words",
    "writing_words",
]
