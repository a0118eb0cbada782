"""The command line with the real model and index, each command in a process of its own, as a user runs it."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
QUESTIONS = [
    {"id": "q1", "question": "What is the name of China's quantum satellite?"},
    {"id": "q2", "question": "When was it launched?", "history": ["What is the name of China's quantum satellite?"]},
    {"id": "q3", "question": "Who wrote 'The Chinese ICT industry lacks a core'?"},
]


@pytest.fixture(scope="module")
def ibid(tmp_path_factory):
    home = tmp_path_factory.mktemp("home")

    def run(*args: str, stdin: str = "") -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, str(ROOT / "cli.py"), *args],
            input=stdin,
            check=False,
            capture_output=True,
            text=True,
            encoding="utf-8",
            env={**os.environ, "IBID_HOME": str(home)},
            cwd=home,
        )

    return run


@pytest.fixture(scope="module")
def first(ibid):
    """The first question ever asked: it finds no index and makes one of the bundled documents."""
    return ibid("ask", QUESTIONS[0]["question"], "--json")


def test_the_first_question_indexes_the_bundled_corpus_and_says_so(first):
    assert first.returncode == 0, first.stderr
    assert first.stderr == "No index yet: indexing the documents that come with Ibid.\n"
    assert "Micius" in json.loads(first.stdout)["answer"]


def test_every_quote_stands_literally_at_its_offsets(first):
    from ingest import find_documents, read_document

    (source,) = find_documents([ROOT / "corpus"])
    document = read_document(source.path, document_id=source.id, metadata=source.metadata)
    citations = json.loads(first.stdout)["citations"]
    assert citations
    for citation in citations:
        assert document.text[citation["start"] : citation["end"]] == citation["quote"]
        assert citation["document"] == document.id
        assert citation["page"] == document.page_at(citation["start"])


def test_an_unchanged_corpus_is_not_embedded_again(ibid, first):
    again = ibid("ingest", str(ROOT / "corpus"))
    assert (again.returncode, again.stderr) == (0, "")
    assert again.stdout.startswith("Corpus 'default': 0 added, 0 changed, 1 unchanged; ")
    assert again.stdout.endswith(" 0 texts embedded.\n")


def test_batch_answers_equal_single_answers_whatever_is_wrong_with_other_lines(ibid, first):
    lines = [json.dumps(q) for q in QUESTIONS]
    done = ibid("ask", "--batch", "-", stdin="\n".join([lines[0], "nope", *lines[1:]]))
    assert done.returncode == 1
    assert done.stderr.startswith("Error: line 2: not JSON")
    records = [json.loads(line) for line in done.stdout.splitlines()]
    assert [r["id"] for r in records] == ["q1", "q2", "q3"]
    single = json.loads(first.stdout)
    same = ("question", "answer", "refused", "confidence", "citations")
    assert [records[0][key] for key in same] == [single[key] for key in same]


def test_search_ranks_passages(ibid, first):
    done = ibid("search", "quantum satellite", "--json", "--top", "3")
    hits = json.loads(done.stdout)
    assert [hit["rank"] for hit in hits] == [1, 2, 3]
    assert "quantum" in hits[0]["text"]
    assert [hit["score"] for hit in hits] == sorted((hit["score"] for hit in hits), reverse=True)


def test_status_tells_what_is_there(ibid, first):
    done = ibid("status", "--json")
    found = json.loads(done.stdout)
    assert found["ready"] is True
    assert len(found["documents"]) == 1
    assert json.loads(ibid("status", "--json", "--corpus", "none").stdout)["ready"] is False


@pytest.mark.parametrize("content", [b"", b"\x00\xff\x00\x01" * 50])
def test_a_file_that_is_no_text_changes_nothing(ibid, first, tmp_path, content):
    bad = tmp_path / "bad.txt"
    bad.write_bytes(content)
    done = ibid("ingest", str(bad))
    assert done.returncode == 1
    assert done.stdout == ""
    assert done.stderr.startswith("Error: ")
    assert done.stderr.count("\n") == 1
    assert "bad.txt" in done.stderr
    assert len(json.loads(ibid("status", "--json").stdout)["documents"]) == 1


def test_help_imports_nothing_heavy(ibid):
    code = (
        "import sys; sys.argv = ['ibid', '--help']; import cli\n"
        "try:\n    cli.main()\nexcept SystemExit:\n    pass\n"
        "print([m for m in ('torch', 'gradio', 'chromadb', 'llama_index', 'pydantic', 'numpy') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False, capture_output=True, text=True)
    assert done.stdout.splitlines()[-1] == "[]"
