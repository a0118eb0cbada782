"""Record what a language model writes: `IBID_LLM=llamacpp:FILE.gguf python -m eval.writing.record OUT.jsonl`.

It is asked as `ibid ask` asks it, over one index of all documents: the questions of this folder, of the made documents,
and the development questions on the chapter, as far as Ibid does not refuse them. A line holds the question, the
passages that the model was given, and what it wrote; `sentences` are those of it, to be labelled by hand: whether the
passages say so ('true') or not ('invented'), or whether it states nothing ('nothing'). It takes some ten minutes.
"""

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

from answer import Answerer
from answer.writing.models import model_name, open_model
from answer.writing.prompt import chosen_hits, messages_for
from answer.writing.sentences import split_writing
from answer.writing.stream import ModelError, stream_text
from answer.writing.writer import MOST_SENTENCES
from core.records import Answer
from core.settings import Settings, bundled_corpus
from eval.dataset import load_questions
from eval.lines import json_lines
from index import Index, add_documents, open_index
from ingest import find_documents

if TYPE_CHECKING:
    from llama_index.core.llms import LLM

__all__ = ["documents_index", "main"]

ROOT = Path(__file__).parents[2]
FOLDER = Path(__file__).parent
READING = ROOT / "tests" / "data" / "reading"
PASSAGES = 2  # that it is given: a model of this size loses its way in more
EACH = 5  # questions of a made document
OF_CHAPTER = 28
MOST_CHARACTERS = 300  # of what is recorded of an answer: a small model goes on and on


def documents_index(settings: Settings, folder: Path) -> Index:
    """Return an index of the chapter, the five made documents and that of this folder; `folder` takes their files."""
    command = [sys.executable, str(READING / "make.py"), str(folder)]
    subprocess.run(command, check=True, capture_output=True)  # noqa: S603 - our own script
    paths = [bundled_corpus(), *sorted(folder.glob("*.md")), FOLDER / "lampworks.md"]
    add_documents(settings, find_documents(paths))
    return open_index(settings)


def main(arguments: Sequence[str]) -> int:
    """Ask all questions and write the record, a line as soon as it is there."""
    settings = Settings()
    model = open_model(settings)
    with tempfile.TemporaryDirectory() as home, Path(arguments[0]).open("w", encoding="utf-8") as out:
        apart = settings.model_copy(update={"home": Path(home), "corpus": "writing"})
        index = documents_index(apart, Path(home))
        answerer = Answerer(index, apart)
        for question_id, question in _questions():
            answer = answerer.ask(question)
            if answer.refused:
                continue
            line = _recorded(model, answer, index, settings)
            out.write(json.dumps({"id": question_id, **line}, ensure_ascii=False) + "\n")
            out.flush()
        index.close()
    return 0


def _questions() -> Iterator[tuple[str, str]]:
    for line in json_lines(FOLDER / "questions.jsonl"):
        yield line["id"], line["question"]
    for path in sorted(READING.glob("*.jsonl")):
        yield from _spread([q for q in load_questions(path, "dev") if q.answerable and not q.history], EACH)
    chapter = load_questions(Path(str(files("eval.questions") / "chapter09.jsonl")), "dev")
    yield from _spread([q for q in chapter if q.answerable and not q.history], OF_CHAPTER)


def _spread(questions: Sequence[Any], most: int) -> Iterator[tuple[str, str]]:
    step = max(len(questions) // most, 1)
    yield from ((q.id, q.question) for q in questions[::step][:most])


def _recorded(model: "LLM", answer: Answer, index: Index, settings: Settings) -> dict[str, Any]:
    hits, begun, text, ended = chosen_hits(answer)[:PASSAGES], time.perf_counter(), "", ""
    try:
        for text in stream_text(model, messages_for(answer.question, hits, index.documents), settings.llm_seconds):
            if len(text) > MOST_CHARACTERS or len(split_writing(text)) > MOST_SENTENCES:
                break
    except ModelError as error:
        ended = str(error)
    return {
        "question": answer.question,
        "model": model_name(settings),
        "runner": f"llama-cpp-python {version('llama-cpp-python')}",
        "recorded": time.strftime("%Y-%m-%d"),
        "seconds": round(time.perf_counter() - begun, 1),
        "ended": ended,
        "quoted": [[c.document, c.start, c.end] for c in answer.citations],
        "passages": [[h.passage.document_id, h.passage.start, h.passage.end] for h in hits],
        "wrote": text,
        "sentences": [{"text": s.text, "label": ""} for s in split_writing(text)],
    }


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
