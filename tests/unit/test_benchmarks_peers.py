import json
import sys
from collections.abc import Sequence
from importlib.metadata import distribution
from pathlib import Path

import pytest

from benchmarks.peers.citation import read_answer as read_generated
from benchmarks.peers.contenders import CONTENDERS, Contender, Ran, few, has_environment, run_contender
from benchmarks.peers.protocol import FORMS, Given, Quoter, Reply, cut, read_queries, sentences, serve
from benchmarks.peers.report import Row, write_report
from benchmarks.peers.scoring import Finder, read_answer, refuse_below, score, tune
from core.errors import IbidError
from core.records import Document
from eval.dataset import Question

TEXT = "The tower is red (Doe et al. 2001). It was built in 1900.\n\nName\tHeight\nTower\t30 m\n\nNobody lives there."


def document(text: str = TEXT) -> Document:
    return Document("d", "", (), "", text, (), (), (), "")


def question(number: str, kind: str = "factoid", split: str = "dev", **given: object) -> Question:
    answerable = kind not in ("unanswerable", "false_premise")
    fields = {
        "question": f"Question {number}?",
        "answer": "1900",
        "must": (("1900",),) if answerable else (),
        "must_not": (),
        "evidence": ("It was built in 1900.",) if answerable else (),
        "section": "",
        "answerable": answerable,
        "history": (),
    }
    return Question(id=number, kind=kind, split=split, **{**fields, **given})


def record(number: str, answer: str, score: float | None = 0.5, hits: Sequence[str] = (), **given: object) -> dict:
    return {
        "id": number,
        "form": "top chunk",
        "answer": answer,
        "quotes": [answer],
        "refused": False,
        "score": score,
        "latency_ms": 7.0,
        "hits": list(hits),
        **given,
    }


def letters(texts: list[str]) -> list[list[float]]:
    """Embed a text as the shares of two letters."""
    return [[text.count("a") / 10, text.count("b") / 10] for text in texts]


class Echo:
    """A peer that retrieves all lines, the last one first."""

    def index(self, text: str) -> None:
        self.lines = text.splitlines()

    def ask(self, query: str) -> Reply:
        return Reply((Given("echo", query, (self.lines[-1],), False, 0.25, 1.0),), tuple(reversed(self.lines)))


def test_sentences_keep_abbreviations_and_rows_whole():
    assert sentences(TEXT) == [
        "The tower is red (Doe et al. 2001).",
        "It was built in 1900.",
        "Name\tHeight",
        "Tower\t30 m",
        "Nobody lives there.",
    ]
    assert sentences("He said ‘no.’3 Then J. Doe left.") == ["He said ‘no.’3", "Then J. Doe left."]


def test_a_text_is_cut_after_as_many_words_as_may_be():
    assert cut(" one two\n three", 2) == "one two"
    assert cut("one two", 5) == "one two"
    assert cut("") == ""
    assert len(cut("word " * 300).split()) == 120


def test_the_question_before_stands_before_a_follow_up():
    lines = [
        '{"id": "1", "question": "When?", "history": ["Who?", "Where?"]}',
        "",
        '{"id": "2", "question": "Why?", "history": []}',
    ]
    assert read_queries(lines) == [("1", "Where? When?"), ("2", "Why?")]


def test_chunks_and_their_sentences_are_quoted_by_their_cosine():
    hits = ["A bb. C aaaaa.", "D aab.", "E.", "F aaaaaaaaaa."]
    reply = Quoter(letters).quote("aaaaaaaaaa", hits, 0.0)
    chunk, sentence, three = reply.given
    assert [given.form for given in reply.given] == list(FORMS)
    assert (chunk.answer, chunk.score) == (hits[0], 0.5)
    assert (sentence.answer, sentence.score) == ("C aaaaa.", 0.5)  # the fourth chunk is not read
    assert three.answer == "A bb. C aaaaa. D aab." and three.quotes == ("A bb.", "C aaaaa.", "D aab.")
    assert reply.hits == tuple(hits) and not any(given.refused for given in reply.given)


def test_three_long_sentences_keep_to_the_limit_and_are_quoted_no_further():
    long = [f"{letter} " + "word " * 60 + "end." for letter in "ABC"]
    three = Quoter(letters).quote("aaaa", [" ".join(long)], 0.0).given[2]
    assert len(three.answer.split()) == 120
    assert [len(text.split()) for text in three.quotes] == [62, 58]


def test_a_text_is_embedded_once():
    asked: list[str] = []
    quoter = Quoter(lambda texts: asked.extend(texts) or letters(texts))
    assert quoter.quote("a", ["Aa. Bb."], 0.0).given[1].answer == quoter.quote("a", ["Aa. Bb."], 0.0).given[1].answer
    assert asked == ["a", "Aa. Bb.", "Aa.", "Bb."]


def test_nothing_found_is_a_refusal():
    assert all(given.refused and not given.quotes for given in Quoter(letters).quote("?", [], 0.0).given)


def test_a_script_writes_a_line_for_each_answer_and_prints_its_stats(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
):
    installed = [distribution("pytest")]
    monkeypatch.setattr("importlib.metadata.distributions", lambda: installed)
    (tmp_path / "text").write_text("one\ntwo", encoding="utf-8")
    (tmp_path / "questions").write_text('{"id": "q", "question": "Who?", "history": []}\n', encoding="utf-8")
    names = {"--text": "text", "--questions": "questions", "--out": "out", "--model": "model"}
    arguments = [part for name, file in names.items() for part in (name, str(tmp_path / file))]
    serve(lambda model: Echo(), ("pytest",), [*arguments, "--begun", "0"])
    assert json.loads((tmp_path / "out").read_text(encoding="utf-8")) == {
        "id": "q",
        "form": "echo",
        "answer": "Who?",
        "quotes": ["two"],
        "refused": False,
        "score": 0.25,
        "latency_ms": 1.0,
        "hits": ["two", "one"],
    }
    stats = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert stats["cold_start_s"] > stats["index_s"] >= 0
    assert stats["peak_mb"] > 1 and stats["install_mb"] > 0.1
    assert stats["versions"] == {"pytest": pytest.__version__}


def test_what_a_model_wrote_quotes_the_sources_it_marks_and_refuses_in_words():
    given = read_generated("Built in 1900 [2], they say [2][9].", ["one", "two"], 5.0)
    assert given.quotes == ("two",) and not given.refused
    assert read_generated("The sources do not mention it.", ["one"], 5.0).refused
    assert read_generated("", ["one"], 5.0).refused


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ("It was BUILT in 1900.", "It was built in 1900."),
        ("it  was built\nin 1900.", "It was built in 1900."),
        ("Tower 30 m", "Tower\t30 m"),
        ("Name | Height\nTower 30 m\nNobody lives there.", "Tower\t30 m\n\nNobody lives there."),
        ("A long heading of it all\nTower 30 m", "Tower\t30 m"),
    ],
)
def test_a_quote_is_found_whatever_its_white_space_and_case(said: str, found: str):
    one = document()
    place = Finder([one]).find(said)
    assert place is not None and one.text[slice(*place[1])] == found


def test_a_quote_that_is_not_in_the_text_is_no_citation():
    finder = Finder([document()])
    assert finder.find("It was built in 1901.") is None and finder.find(" ") is None
    answer = read_answer(record("1", "It was built in 1901."), "?", finder)
    assert answer.citations == () and answer.hits == ()


def test_answers_are_scored_by_the_metrics_of_the_evaluation():
    hits = ["Nobody lives there.", "It was built in 1900."]
    asked = [question("1"), question("2"), question("3", "unanswerable")]
    given = [record("1", "It was built in 1900.", hits=hits), record("2", "Nobody lives there."), record("3", "Red.")]
    outcomes = score(asked, given, Finder([document()]))
    assert [o.scores["correct"] for o in outcomes] == [1.0, 0.0, 0.0]
    assert [o.scores["citation_recall"] for o in outcomes] == [1.0, 0.0, None]
    assert (outcomes[0].scores["recall@1"], outcomes[0].scores["recall@3"]) == (0.0, 1.0)
    assert {o.scores["latency_ms"] for o in outcomes} == {7.0}
    with pytest.raises(KeyError):
        score([question("4")], given, Finder([document()]))


def test_the_threshold_is_the_lowest_with_which_most_are_right():
    finder = Finder([document()])
    asked = [question("1"), question("2"), question("3", "unanswerable"), question("4", "unanswerable")]
    given = [
        record("1", "It was built in 1900.", 0.8),
        record("2", "It was built in 1900.", 0.4),
        record("3", "The tower is red", 0.6),
        record("4", "The tower is red", 0.2),
    ]
    assert tune(asked, given, finder) == 0.4  # all but 3 are right; from 0.6 on 2 would be wrong instead
    refused = {r["id"]: r["refused"] for r in refuse_below(given, 0.4)}
    assert refused == {"1": False, "2": False, "3": False, "4": True}
    assert tune(asked[:2], given[:2], finder) == -1.0
    assert tune(asked, [*given[:3], record("4", "", None)], finder) is None


def test_a_slow_program_is_asked_one_question_of_each_kind_and_split():
    asked = [question("1"), question("2"), question("3", "note"), question("4", split="test")]
    assert [q.id for q in few(asked)] == ["1", "3", "4"]


def test_a_program_is_run_once_in_its_own_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    contender = Contender("echo", "Echo", "MIT", "")
    monkeypatch.setattr("benchmarks.peers.contenders.ROOT", tmp_path)
    monkeypatch.delenv("PYTHONPATH", raising=False)  # of whoever runs the tests: it may name this very package
    assert not has_environment(contender)
    script = tmp_path / "benchmarks" / "peers" / "echo.py"
    script.parent.mkdir(parents=True)
    python = tmp_path / ".venv-peers" / "echo" / "bin" / "python"
    python.parent.mkdir(parents=True)
    python.symlink_to(sys.executable)
    assert has_environment(contender)
    script.write_text("import sys; sys.exit('it broke')", encoding="utf-8")
    with pytest.raises(IbidError, match="echo failed: it broke"):
        run_contender(contender, [question("1")], TEXT, tmp_path, tmp_path)
    script.write_text(
        "import pathlib, sys\n"
        "given = dict(zip(sys.argv[1::2], sys.argv[2::2]))\n"
        "asked = pathlib.Path(given['--questions']).read_text()\n"
        "pathlib.Path(given['--out']).write_text(asked.replace('{', '{\"form\": \"echo\", '))\n"
        "print('noise')\nprint('{\"index_s\": 1}')\n",
        encoding="utf-8",
    )
    ran = run_contender(contender, [question("1")], TEXT, tmp_path, tmp_path)
    assert ran.stats["index_s"] == 1 and ran.stats["load_before"] >= 0
    assert ran.answers["echo"][0]["question"] == "Question 1?"
    script.unlink()
    assert run_contender(contender, [question("1")], TEXT, tmp_path, tmp_path) == ran


def test_every_contender_has_a_script_and_pins_all_it_asks_for():
    folder = Path(sys.modules[Ran.__module__].__file__ or "").parent
    for contender in CONTENDERS:
        assert (folder / f"{contender.name}.py").is_file()
        if contender.name != "ibid":
            wanted = (folder / f"requirements-{contender.name}.txt").read_text(encoding="utf-8").split()
            assert all("==" in line for line in wanted) and "torch==2.13.0" in wanted


def test_the_report_tells_no_question_of_the_test_split(tmp_path: Path):
    contender = Contender("echo", "Echo", "MIT", "as it is")
    finder = Finder([document()])
    rows = []
    for split, words in (("dev", "Who asks aloud?"), ("test", "What is hidden?")):
        asked = [question(f"{split}-1", split=split, question=words)]
        rows.append(Row(contender, "echo", split, "", None, score(asked, [record(f"{split}-1", "Red.")], finder)))
    stats = {"cold_start_s": 1.0, "index_s": 2.0, "peak_mb": 3.0, "install_mb": 4.0, "load_before": 1.5}
    text = write_report(
        rows, {"echo": {**stats, "copyleft": ["x: AGPL"], "versions": {"echo": "1.0"}}}, [contender], tmp_path, tmp_path
    )
    assert "Who asks aloud?" in text and "| Echo: echo | 1 | 0.00 | 0.00 |" in text
    assert (
        "The load average before each was 1.5 to 1.5." in text
        and "upper bounds" not in text
        and "- test: test-1" in text
        and "| Echo | 1.0 | 2.0 | 3 | 4 | MIT; x: AGPL | as it is. echo 1.0 |" in text
    )
    written = (tmp_path / "peers.json").read_text(encoding="utf-8")
    busy = write_report(
        [],
        {"echo": {**stats, "load_before": 4.0, "copyleft": [], "versions": {}}},
        [contender],
        tmp_path,
        tmp_path / "none",
    )
    assert "times are upper bounds" in busy
    left_out = Contender("other", "Other", "BSD", "")
    assert "| Other | – | – | – | – | BSD | not run" in write_report([], {}, [left_out], tmp_path, tmp_path / "none")
    assert "hidden" not in text + written and json.loads(written)["rows"][1]["wrong"] == ["test-1"]
