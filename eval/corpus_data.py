"""Read a corpus of documents and questions: documents.jsonl and questions.jsonl of a folder, checked line by line."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from pydantic.dataclasses import dataclass as checked

from core.errors import InputError
from eval.lines import parse_lines, read_file
from eval.text import normalize

__all__ = ["Corpus", "CorpusDocument", "CorpusQuestion", "load_corpus"]

_HINT = "; give a folder with documents.jsonl and questions.jsonl"


@checked(frozen=True, slots=True)
class CorpusDocument:
    """A text to ask; an empty title is unknown."""

    doc_id: str
    text: str
    title: str = ""


@checked(frozen=True, slots=True)
class CorpusQuestion:
    """A question of one document; `answers` are gold strings of which any will do, `evidence` verbatim quotes."""

    qid: str
    doc_id: str
    question: str
    answers: tuple[str, ...]
    answerable: bool
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Corpus:
    """Documents by id, questions by id, and the SHA-256 of the two files."""

    documents: Mapping[str, CorpusDocument]
    questions: Mapping[str, CorpusQuestion]
    hashes: Mapping[str, str]


def load_corpus(folder: Path) -> Corpus:
    """Read both files of a folder.

    Raises:
        InputError: a file cannot be read, or a line of it cannot be used; the message names the line.
    """
    from eval.provenance import sha256  # lazily: a process that answers sets its threads before numpy is imported

    documents: dict[str, CorpusDocument] = {}
    questions: dict[str, CorpusQuestion] = {}
    texts, asked = folder / "documents.jsonl", folder / "questions.jsonl"
    data = {path.stem: read_file(path, "", _HINT) for path in (texts, asked)}
    for place, document in parse_lines(texts, data[texts.stem], CorpusDocument, "one of the documents"):
        if wrong := _fault_of_document(document, documents):
            raise InputError(f"{place}: {wrong}")
        documents[document.doc_id] = document
    for place, question in parse_lines(asked, data[asked.stem], CorpusQuestion, "one of the questions"):
        if wrong := _fault_of_question(question, documents, questions):
            raise InputError(f"{place}: {wrong}")
        questions[question.qid] = question
    if not questions:
        raise InputError(f"{asked} has no questions: expected a JSON object a line")
    return Corpus(documents, questions, {name: sha256(found) for name, found in data.items()})


def _fault_of_document(document: CorpusDocument, known: Mapping[str, CorpusDocument]) -> str:
    if not document.doc_id.strip():
        return "the doc_id is empty"
    if document.doc_id in known:
        return f"the doc_id '{document.doc_id}' is used twice"
    return "" if document.text.strip() else f"the text of '{document.doc_id}' is empty"


def _fault_of_question(
    asked: CorpusQuestion, documents: Mapping[str, CorpusDocument], known: Mapping[str, CorpusQuestion]
) -> str:
    from answer import LONGEST_QUESTION

    if not asked.qid.strip():
        return "the qid is empty"
    if asked.qid in known:
        return f"the qid '{asked.qid}' is used twice"
    if asked.doc_id not in documents:
        return f"no document has the doc_id '{asked.doc_id}'"
    if not asked.question.strip():
        return f"the question '{asked.qid}' is empty"
    if len(asked.question) > LONGEST_QUESTION:
        return f"the question has {len(asked.question)} characters: expected at most {LONGEST_QUESTION}"
    if asked.answerable and not asked.answers:
        return "answerable is true, but there are no answers"
    if not all(map(normalize, (*asked.answers, *asked.evidence))):
        return "an answer or an evidence quote is empty"
    return ""
