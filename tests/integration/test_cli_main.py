"""The command line with the real model and index, each command in a process of its own, as a user runs it."""

import csv
import io
import json
import subprocess
import sys
from functools import partial

import pytest
import serving
from serving import ROOT

QUESTIONS = [
    {"id": "q1", "question": "What is the name of China's quantum satellite?"},
    {"id": "q2", "question": "When was it launched?", "history": ["What is the name of China's quantum satellite?"]},
    {"id": "q3", "question": "Who wrote 'The Chinese ICT industry lacks a core'?"},
]


@pytest.fixture(scope="module")
def ibid(tmp_path_factory):
    return partial(serving.ibid, tmp_path_factory.mktemp("home"))


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


def test_a_question_imports_nothing_heavy_that_it_does_not_need(ibid, first):
    asked = ibid("ask", QUESTIONS[0]["question"], "--json", PYTHONPROFILEIMPORTTIME="1")
    assert asked.returncode == 0
    imported = {line.rpartition("|")[2].strip() for line in asked.stderr.splitlines()}
    assert {"onnxruntime", "nltk.tokenize.punkt"} <= imported
    heavy = ("torch", "transformers", "sentence_transformers", "sklearn", "pandas", "gradio")
    assert not imported & {*heavy, "llama_index.core", "nltk", "scipy.stats"}


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


def test_cite_lists_every_place_of_a_work_and_what_it_supports(ibid, first):
    done = ibid("cite", "Naughton 2021")
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("Naughton 2021 (7 places)\n")
    assert "p. 3 · at 106" in " ".join(done.stdout.split())
    assert done.stdout.endswith("chapter09 has no bibliography: works are named as its text cites them.\n")


def test_cite_names_the_source_of_a_claim(ibid, first):
    done = ibid("cite", "--for", "local governments implement national policy selectively", "--format", "json")
    works = [place["work"] for place in json.loads(done.stdout)]
    assert "Li and O’Brien 1999" in works[:2]


def test_cite_exports_the_index_of_sources(ibid, first):
    as_json = json.loads(ibid("cite", "--all", "--format", "json").stdout)
    assert len(as_json) == 107
    rows = list(csv.DictReader(io.StringIO(ibid("cite", "--all", "--format", "csv").stdout)))
    assert [row["raw"] for row in rows] == [place["raw"] for place in as_json]
    assert "## Naughton 2021 (7 places)" in ibid("cite", "--all", "--format", "markdown").stdout


def test_cite_audits_and_writes_the_document_itself(ibid, first):
    assert "no bibliography" in ibid("cite", "--audit").stdout
    apa = ibid("cite", "--this", "--page", "104").stdout.splitlines()
    assert apa[0].startswith("Kostka, G. (n.d.). ")
    assert apa[1] == "(Kostka, n.d., p. 104)"


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("cite", "Nobody 1900"), 1, "Error: no document cites 'Nobody 1900'"),
        (("cite",), 2, "give one of"),
        (("cite", "Naughton", "--all"), 2, "give one of"),
        (("ingest", "corpus", "--set", "colour=red"), 1, "Error: cannot set 'colour': expected FIELD=VALUE"),
        (("ingest", "none.pdf"), 1, "Error: no such file or folder"),
    ],
)
def test_what_cannot_be_done_is_said_in_one_line(ibid, first, arguments, code, said):
    done = ibid(*[str(ROOT / a) if a == "corpus" else a for a in arguments])
    assert done.returncode == code
    assert said in " ".join(done.stderr.replace("│", " ").split())
    assert "Traceback" not in done.stderr


def test_what_is_said_of_a_document_is_kept_and_cited(ibid, tmp_path):
    path = tmp_path / "ponds.txt"
    path.write_text("Ponds\n\nCarp live in the northern pond, and they are fed with maize there.\n", encoding="utf-8")
    said = ("--title", "On Ponds", "--author", "Ann Bell", "--date", "1999", "--set", "publisher=Lake Press")
    assert ibid("ingest", str(path), "--corpus", "said", *said).returncode == 0
    again = ibid("ingest", str(path), "--corpus", "said")
    assert "1 unchanged" in again.stdout
    written = ibid("cite", "--this", "--style", "chicago", "--corpus", "said").stdout
    assert written.splitlines()[0] == "Bell, Ann. 1999. On Ponds. Lake Press."
    more = ("--author", "Ann Bell", "--author", "Carl Dorn", "--date", "")
    assert ibid("ingest", str(path), "--corpus", "said", *more).returncode == 0
    written = ibid("cite", "--this", "--style", "chicago", "--corpus", "said").stdout
    assert written.splitlines()[0] == "Bell, Ann, and Carl Dorn. n.d. On Ponds. Lake Press."


def test_report_and_preview_tell_what_reading_does_and_preview_indexes_nothing(ibid, first, tmp_path):
    report = ibid("ingest", str(ROOT / "corpus"), "--report").stdout
    assert "line 10 (p. 1): hyphen undone: recogni-|tion, → recognition," in report
    assert "1151 of 1151 raw lines can be restored" in report
    shown = ibid("ingest", str(ROOT / "corpus"), "--preview", "--corpus", "none").stdout
    assert "NATIONAL AMBITIONS" in shown
    assert "107 citations" in shown
    page = tmp_path / "p.html"
    assert ibid("ingest", str(ROOT / "corpus"), "--html", str(page)).returncode == 0
    assert "<h2>Before</h2>" in page.read_text(encoding="utf-8")
    assert json.loads(ibid("status", "--json", "--corpus", "none").stdout)["ready"] is False


def test_a_folder_with_a_file_that_cannot_be_read_is_indexed_but_for_that_file(ibid, tmp_path):
    (tmp_path / "good.txt").write_text("Carp live in the northern pond, where they eat maize.", encoding="utf-8")
    (tmp_path / "bad.pdf").write_bytes(b"no pdf at all")
    done = ibid("ingest", str(tmp_path), "--corpus", "mixed")
    assert done.returncode == 1
    assert done.stdout.startswith("Corpus 'mixed': 1 added")
    assert done.stderr.startswith("Error: ")
    assert "bad.pdf" in done.stderr
    assert done.stderr.count("\n") == 1


ESSAY = """# On China's tech

iFlytek was founded in Hefei in 1999. Alibaba's Wang Jian proposed the City Brain in 2018. Hefei has 9.4 million
inhabitants. Is that so? The scale of the Jiangxi Development and Upgrading Fund is RMB 100 billion.
"""


def test_an_essay_is_checked_with_quotes_and_what_differs(ibid, first):
    assert first.returncode == 0
    done = ibid("check", "-", "--json", stdin=ESSAY)
    assert done.returncode == 0, done.stderr
    record = json.loads(done.stdout)
    verdicts = [claim["verdict"] for claim in record["claims"]]
    assert verdicts == ["supported", "contradicted", "not found", "supported"]
    assert record["skipped"] == ["On China's tech", "Is that so?"]
    assert record["claims"][1]["differences"] == [{"kind": "year", "written": "2018", "found": "2016"}]
    assert "The project took shape in 2016" in record["claims"][1]["citations"][0]["quote"]
    assert record["claims"][3]["citations"][0]["quote"].startswith("Jiangxi Development and Upgrading Fund")
    lines = ibid("check", "-", stdin=ESSAY).stdout.splitlines()
    assert [line.partition(":")[0] for line in lines] == [*verdicts, "4 claims"]
    assert "you wrote 2018, the text says 2016" in lines[1]
