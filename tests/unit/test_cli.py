"""The command line with a fake index: options, exit codes, one line on stderr."""

import io
import json
import sys

import pytest
from ui_samples import answer, document, hit

import cli
from core.errors import IbidError
from core.records import Check, CheckedClaim, Difference, Verdict


class FakeIndex:
    documents = {"herons": document()}  # noqa: RUF012

    def search(self, query, *, top):
        query.encode()  # as the model does
        return (hit(),)[:top]


class FakeAnswerer:
    def __init__(self, index, settings):
        self.corpus = settings.corpus
        self.warmed = False

    def warm(self):
        self.warmed = True

    def ask(self, question, history=()):
        assert self.warmed  # else the latency is that of loading the models
        if question == "boom":
            raise RuntimeError("it broke\nin two lines")
        if question == "stop":
            raise KeyboardInterrupt
        return answer(question)


@pytest.fixture
def ibid(monkeypatch, capsys, tmp_path):
    """Runs the command and returns (exit code, stdout, stderr)."""
    monkeypatch.setenv("IBID_HOME", str(tmp_path))
    monkeypatch.delenv("IBID_DEBUG", raising=False)
    monkeypatch.setattr("index.open_index", lambda settings: FakeIndex())
    monkeypatch.setattr("answer.open_answerer", FakeAnswerer)
    monkeypatch.setattr("ui.terminal.ensure_index", lambda settings: None)
    monkeypatch.setattr("ui.warming.begin_loading", lambda settings: None)
    monkeypatch.setattr("ui.ending.signal.signal", lambda number, handler: None)
    monkeypatch.setattr("ui.ending.os._exit", sys.exit)
    monkeypatch.setattr(sys.stdout, "reconfigure", lambda **kwargs: None, raising=False)
    monkeypatch.setattr(sys.stderr, "reconfigure", lambda **kwargs: None, raising=False)

    def run(*args: str) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["ibid", *args])
        try:
            code = cli.main()
        except SystemExit as end:
            code = end.code if isinstance(end.code, int) else 0
        out, err = capsys.readouterr()
        return code, out, err

    return run


def test_ask_prints_answer_and_places(ibid):
    code, out, err = ibid("ask", "What do herons do?")
    assert (code, err) == (0, "")
    assert out.splitlines()[0] == "Herons <b>wait</b>.¹ [1] They strike & eat. [2]"
    assert out.splitlines()[-1] == "[2] HABITS › Hunting · p. 2"


def test_ask_json_prints_one_object(ibid):
    code, out, _ = ibid("ask", "What?", "--json")
    assert code == 0
    record = json.loads(out)
    assert record["question"] == "What?"
    assert record["id"] is None


def test_batch_to_a_file_and_exit_code_of_a_broken_line(ibid, tmp_path):
    questions, answers = tmp_path / "q.jsonl", tmp_path / "a.jsonl"
    questions.write_text('{"id": 1, "question": "one"}\nnope\n{"id": 3, "question": "three"}\n', encoding="utf-8")
    code, out, err = ibid("ask", "--batch", str(questions), "--out", str(answers))
    assert (code, out) == (1, "")
    assert err.startswith("Error: line 2: not JSON")
    assert [json.loads(line)["id"] for line in answers.read_text(encoding="utf-8").splitlines()] == [1, 3]
    questions.write_text('{"id": 1, "question": "one"}\n', encoding="utf-8")
    code, out, _ = ibid("ask", "--batch", str(questions))
    assert code == 0
    assert json.loads(out)["id"] == 1


def test_bytes_that_are_no_text_are_searched_for_as_question_marks(ibid):
    code, out, err = ibid("search", "heron\udcff", "--json")
    assert (code, err) == (0, "")
    assert json.loads(out)


def test_search_json_is_a_list(ibid):
    code, out, _ = ibid("search", "herons", "--json", "--top", "1")
    assert code == 0
    assert [record["rank"] for record in json.loads(out)] == [1]


@pytest.mark.parametrize(
    "args",
    [
        ("ask",),
        ("ask", "q", "--batch", "f"),
        ("ask", "q", "--out", "f"),
        ("search", "q", "--top", "0"),
        ("search",),
        ("check",),
        ("serve", "--port", "99999"),
        ("nonsense",),
        ("ingest",),
        ("ingest", "f.txt", "--preview", "--report"),
        ("ingest", "f.txt", "--html", "f.html", "--report"),
        ("cite", "Bell 1999", "--style", "mla", "--format", "json"),
        ("cite", "--for", "a claim", "--style", "mla"),
        ("cite", "Bell 1999", "--page", "4"),
        ("cite", "--all", "--page", "4"),
        ("cite", "--this", "--format", "json"),
    ],
)
def test_wrong_usage_exits_with_2(ibid, args):
    code, out, err = ibid(*args)
    assert (code, out) == (2, "")
    assert "Usage: ibid" in err


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (("ask", "q", "--corpus", "no/way"), "setting 'corpus': got 'no/way'"),
        (("search", "  "), "the query is empty"),
        (("ask", "--batch", "missing.jsonl"), "cannot read missing.jsonl"),
        (("ingest", "missing.txt"), "missing.txt"),
        (("ask", "boom"), "RuntimeError: it broke in two lines (run with IBID_DEBUG=1 for the traceback)"),
    ],
)
def test_a_user_error_is_one_line_on_stderr_and_exits_with_1(ibid, args, said):
    code, out, err = ibid(*args)
    assert (code, out) == (1, "")
    assert err.startswith("Error: ")
    assert said in err
    assert err.count("\n") == 1


def test_a_setting_of_the_environment_that_is_out_of_bounds_is_named(ibid, monkeypatch):
    monkeypatch.setenv("IBID_TOP", "0")
    code, _, err = ibid("ask", "q")
    assert code == 1
    assert err.startswith("Error: setting 'top': got '0'")


def test_debug_shows_the_traceback(ibid, monkeypatch):
    monkeypatch.setenv("IBID_DEBUG", "1")
    with pytest.raises(RuntimeError):
        ibid("ask", "boom")


def test_interrupt_exits_with_130_without_a_word(ibid):
    assert ibid("ask", "stop") == (130, "", "")


def test_missing_corpus_is_said(ibid, monkeypatch):
    def missing(settings):
        raise IbidError(f"there is no index of corpus '{settings.corpus}' yet")

    monkeypatch.setattr("index.open_index", missing)
    assert ibid("ask", "q", "--corpus", "c") == (1, "", "Error: there is no index of corpus 'c' yet\n")


def test_eval_passes_its_options_on(ibid, monkeypatch):
    called = []
    monkeypatch.setattr("runpy.run_module", lambda name, **kwargs: called.append((name, list(sys.argv))))
    assert ibid("eval", "--split", "dev", "--help")[0] == 0
    assert called == [("eval", ["ibid eval", "--split", "dev", "--help"])]


def test_help_lists_the_commands(ibid):
    code, out, _ = ibid("--help")
    assert code == 0
    assert all(name in out for name in ("ingest", "ask", "check", "search", "status", "serve", "eval"))


class FakeChecker:
    def __init__(self, index, settings):
        self.corpus = settings.corpus

    def check(self, text):
        assert text == "Herons strike & wait.\nHow?"
        quote = answer().citations[0]
        difference = Difference("year", "2018", "2019")
        return Check(
            claims=(
                CheckedClaim("Herons strike.", 0, 5, Verdict.CONTRADICTED, (quote,), (difference,)),
                CheckedClaim("Cows\x1b[2J graze.", 6, 9, Verdict.NOT_FOUND, (), ()),
            ),
            skipped=("How?",),
        )


@pytest.fixture
def checking(ibid, monkeypatch, tmp_path):
    monkeypatch.setattr("answer.Checker", FakeChecker)
    essay = tmp_path / "essay.txt"
    essay.write_text("Herons strike & wait.\nHow?", encoding="utf-8")
    return essay


def test_check_prints_a_line_for_each_claim_and_the_counts(ibid, checking):
    code, out, err = ibid("check", str(checking))
    assert (code, err) == (0, "")
    assert out.splitlines() == [
        "contradicted: Herons strike. | you wrote 2018, the text says 2019 | "
        "“Herons <b>wait</b>.1” (HABITS › Hunting · p. 1)",
        "not found: Cows\ufffd[2J graze.",
        "2 claims: 0 supported, 1 contradicted, 1 not found; 1 not checked",
    ]


def test_check_json_and_stdin(ibid, checking, monkeypatch):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(checking.read_bytes())))
    code, out, _ = ibid("check", "-", "--json")
    assert code == 0
    record = json.loads(out)
    assert list(record) == ["claims", "skipped", "counts"]
    assert record["counts"] == {"supported": 0, "contradicted": 1, "not found": 1}
    assert record["claims"][0]["citations"][0]["section"] == "HABITS > Hunting"


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "is empty: expected sentences to check"),
        (b" \n\t", "is empty: expected sentences to check"),
        (b"\x7fELF\x00\x01\x02" * 99, "is not text (binary data)"),
        (b"word " * 20_001, "is too long: expected at most 100000 characters; check it in parts"),
        (b"x" * 500_000, "is too long: expected at most 100000 characters; check it in parts"),
    ],
)
def test_what_cannot_be_checked_is_one_line(ibid, tmp_path, data, said):
    file = tmp_path / "essay.txt"
    file.write_bytes(data)
    code, out, err = ibid("check", str(file))
    assert (code, out) == (1, "")
    assert err == f"Error: {file} {said}" + (
        ": expected plain text or Markdown in UTF-8\n" if "binary" in said else "\n"
    )
    code, _, err = ibid("check", str(tmp_path / "none.txt"))
    assert (code, err.count("\n")) == (1, 1)
    assert "cannot read" in err
