"""The four documents that nobody tuned for are read whole, and their question sets can be trusted."""

import json
import runpy
from collections import Counter
from pathlib import Path

import pytest

from core.records import BlockKind
from eval.dataset import load_questions, problems
from ingest import read_document

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "eval" / "documents"
TABLES = {"manual.html": 5, "report.md": 4, "essay.txt": 2, "minutes.md": 2}
RENDERED = ("report.md", "essay.txt")  # by tests/data/reading/make.py, from the JSON of the same name
OTHER_FORMATS = ("docx", "pdf", "epub", "html")


@pytest.fixture(scope="module")
def makers() -> dict:
    return runpy.run_path(str(ROOT / "tests" / "data" / "reading" / "make.py"))["MAKERS"]


def load_json(stem: str) -> dict:
    return json.loads((FOLDER / f"{stem}.json").read_text(encoding="utf-8"))


def test_the_folder_holds_these_documents_and_a_question_set_for_each():
    found = {path.name for path in FOLDER.iterdir() if path.suffix in (".html", ".md", ".txt")} - {"README.md"}
    assert found == set(TABLES)
    assert {path.stem for path in FOLDER.glob("*.jsonl")} == {Path(name).stem for name in TABLES}


@pytest.mark.parametrize("name", TABLES)
def test_the_evidence_of_every_question_is_read(name):
    path = FOLDER / name
    document = read_document(path)
    assert problems(load_questions(path.with_suffix(".jsonl")), [document]) == ()
    assert sum(block.kind is BlockKind.TABLE for block in document.blocks) == TABLES[name]


@pytest.mark.parametrize("ending", OTHER_FORMATS)
@pytest.mark.parametrize("stem", ["report", "essay"])
def test_the_same_evidence_is_read_in_other_formats(stem, ending, makers, tmp_path):
    path = tmp_path / f"{stem}.{ending}"
    makers[ending](load_json(stem), path)
    assert problems(load_questions(FOLDER / f"{stem}.jsonl"), [read_document(path)]) == ()


@pytest.mark.parametrize("name", RENDERED)
def test_the_rendered_document_is_that_of_its_json(name, makers, tmp_path):
    stem, _, ending = name.partition(".")
    makers[ending](load_json(stem), tmp_path / name)
    assert (FOLDER / name).read_text(encoding="utf-8") == (tmp_path / name).read_text(encoding="utf-8")


@pytest.mark.parametrize("stem", [Path(name).stem for name in TABLES])
def test_a_question_set_holds_every_kind_and_is_for_testing_only(stem):
    questions = load_questions(FOLDER / f"{stem}.jsonl")
    kinds = Counter(q.kind for q in questions)
    assert {q.split for q in questions} == {"test"}
    assert len(questions) >= 40
    assert kinds["table"] >= 10
    assert kinds["note"] >= 7
    assert kinds["unanswerable"] + kinds["false_premise"] == 8
    assert kinds["citation"] == (10 if stem in ("report", "essay") else 0)


def test_no_id_is_used_in_two_sets():
    ids = [q.id for path in sorted(FOLDER.glob("*.jsonl")) for q in load_questions(path)]
    assert len(ids) == len(set(ids))
