"""A language model, if the user has one: it writes, and what it writes is held against the passages."""

from answer.writing.words import writing_words
from answer.writing.writer import Writer, open_answerer

__all__ = ["Writer", "open_answerer", "writing_words"]
