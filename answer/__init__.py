"""A question and its hits to an Answer: score, decide, quote, cite; and a text to the verdicts on its claims."""

from answer.answerer import LONGEST_QUESTION, Answerer
from answer.check import LONGEST_TEXT, Checker, sentences_to_check
from answer.claims import Sentence
from answer.compose import WITHHELD
from answer.engine import as_query_engine
from answer.machine import answer_record, check_record
from answer.opening import Corpus, open_corpus
from answer.reach import holding as documents_holding
from answer.sources.finding import SourceIndex, source_name, work_name
from answer.sources.places import Place, all_places, places_in
from answer.voice import hear, voice_words
from answer.writing import Writer, open_answerer, writing_words

__all__ = [
    "LONGEST_QUESTION",
    "LONGEST_TEXT",
    "WITHHELD",
    "Answerer",
    "Checker",
    "Corpus",
    "Place",
    "Sentence",
    "SourceIndex",
    "Writer",
    "all_places",
    "answer_record",
    "as_query_engine",
    "check_record",
    "documents_holding",
    "hear",
    "open_answerer",
    "open_corpus",
    "places_in",
    "sentences_to_check",
    "source_name",
    "voice_words",
    "work_name",
    "writing_words",
]
