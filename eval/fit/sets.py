"""The documents that both fits learn from, with their development questions."""

from collections.abc import Iterator, Sequence
from importlib.resources import files
from pathlib import Path

from core.settings import bundled_corpus
from eval.dataset import Question, load_questions
from ingest import Source, find_documents

__all__ = ["development_sets"]


def development_sets(documents: Path | None) -> Iterator[tuple[str, Sequence[Source], tuple[Question, ...]]]:
    """Yield the documents with development questions: the bundled one, and those of a folder."""
    chapter = load_questions(Path(str(files("eval.questions") / "chapter09.jsonl")), "dev")
    yield "chapter09", find_documents([bundled_corpus()]), chapter
    for path in sorted(documents.glob("*.jsonl")) if documents else ():
        yield path.stem, find_documents([path.with_suffix(".txt")]), load_questions(path, "dev")
