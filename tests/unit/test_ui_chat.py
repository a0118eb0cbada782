"""A conversation over fake input and output."""

import io
import json

import pytest
from rich.console import Console
from ui_samples import answer, refusal

from core.errors import InputError
from core.records import Check, CheckedClaim, Verdict
from ui.chat import Chat
from ui.terminal import question_reader


class Engine:
    def __init__(self):
        self.asked = []

    def ask(self, question, history):
        self.asked.append((question, list(history)))
        if question == "?":
            raise InputError("the question has no words:\ngot '?'")
        if question == "stop":
            raise KeyboardInterrupt
        return refusal(question) if "owls" in question else answer(question)

    def check(self, text):
        return Check((CheckedClaim(text, 0, len(text), Verdict.NOT_FOUND, (), ()),), ())


def talk(*lines, end=EOFError, engine=None):
    """The lines that a conversation prints, whether it went well, and what was asked."""
    out, engine = io.StringIO(), engine or Engine()
    coming = iter(lines)

    def read():
        try:
            return next(coming)
        except StopIteration:
            raise end from None

    fine = Chat(engine, Console(file=out, highlight=False, width=200)).run(read)
    return out.getvalue().splitlines(), fine, engine.asked


def test_an_answer_comes_with_its_places_and_history_goes_along():
    lines, fine, asked = talk("What do herons do?", "And then?")
    assert lines[0] == "Herons <b>wait</b>.¹ [1] They strike & eat. [2]"
    assert "[2] HABITS › Hunting · p. 2" in lines
    assert asked == [("What do herons do?", []), ("And then?", ["What do herons do?"])]
    assert fine


def test_what_failed_is_one_line_and_no_part_of_the_history():
    lines, fine, asked = talk("?", "What do herons do?")
    assert lines[0] == "Error: the question has no words: got '?'"
    assert asked[1] == ("What do herons do?", [])
    assert not fine


def test_a_completed_follow_up_is_shown():
    from dataclasses import replace

    engine = Engine()
    engine.ask = lambda question, history: replace(answer(question), completed="What do herons eat?")
    assert talk("And eat?", engine=engine)[0][0] == "asked as: What do herons eat?"


@pytest.mark.parametrize("end", [EOFError, KeyboardInterrupt])
def test_the_end_of_input_and_an_interrupt_end_quietly(end):
    assert talk(end=end)[:2] == ([""], True)


def test_an_interrupt_while_answering_ends_quietly():
    assert talk("stop", "What do herons do?")[:2] == ([""], True)


@pytest.mark.parametrize("word", ["/quit", "/exit", " /q ", "/QUIT"])
def test_quit_ends(word):
    assert talk(word, "never asked")[2] == []


def test_empty_lines_are_passed_over():
    assert talk("", "   ")[2] == []


def test_sources_are_the_quotes_of_the_last_answer():
    lines, fine, _ = talk("What do herons do?", "/sources")
    assert lines[-3:-1] == ["[2] “They strike & eat.”", "    herons · HABITS › Hunting · p. 2"]
    assert fine
    assert talk("/sources")[0][0] == "Error: nothing was answered yet: ask something first"
    assert "The last answer quotes nothing." in talk("What do owls do?", "/sources")[0]


def test_check_judges_the_rest_of_the_line():
    lines, *_ = talk("/check Herons sing.")
    assert lines[0] == "not found: Herons sing."
    assert talk("/check")[0][0].startswith("Error: /check needs a text")


def test_new_forgets_the_conversation():
    *_, asked = talk("What do herons do?", "/new", "And then?")
    assert asked[-1] == ("And then?", [])


def test_help_names_every_command_and_an_unknown_one_is_told():
    lines, *_ = talk("/help")
    assert [line.split()[0] for line in lines[:-1]] == ["/sources", "/check", "/export", "/new", "/help", "/quit"]
    assert talk("/hlep")[0][0].startswith("Error: no command /hlep: there are /sources, /check")


def test_escapes_in_what_is_said_reach_no_terminal():
    lines, *_ = talk("/\x1b[2J")
    assert "\x1b" not in "".join(lines)


def test_export_writes_markdown_with_quotes_and_escaped_text(tmp_path):
    file = tmp_path / "talk.md"
    lines, *_ = talk("What do herons *do*?", f"/export {file}")
    assert f"written to {file}" in lines
    assert file.read_text(encoding="utf-8") == (
        "## What do herons \\*do\\*?\n\n"
        "Herons \\<b\\>wait\\</b\\>.¹ \\[1\\] They strike \\& eat. \\[2\\]\n\n"
        "> Herons \\<b\\>wait\\</b\\>.1\n>\n> \\[1\\] herons · HABITS › Hunting · p. 1\n\n"
        "> They strike \\& eat.\n>\n> \\[2\\] herons · HABITS › Hunting · p. 2\n"
    )


def test_export_writes_json(tmp_path):
    file = tmp_path / "talk.json"
    talk("What do herons do?", f"/export {file}")
    (record,) = json.loads(file.read_text(encoding="utf-8"))
    assert record["citations"][1]["quote"] == "They strike & eat."


def test_export_overwrites_nothing_and_says_what_is_wrong(tmp_path):
    file = tmp_path / "talk.md"
    file.write_text("mine", encoding="utf-8")
    lines, fine, _ = talk("What do herons do?", f"/export {file}", "/export", f"/export {tmp_path}/none/x.md")
    said = [line for line in lines if line.startswith("Error")]
    assert f"{file} exists already" in said[0]
    assert "/export needs a file" in said[1]
    assert "No such file or directory" in said[2]
    assert not fine
    assert file.read_text(encoding="utf-8") == "mine"
    assert talk(f"/export {tmp_path}/y.md")[0][0].startswith("Error: nothing was answered yet")


def test_a_pipe_is_read_line_by_line_and_echoed(monkeypatch):
    out = io.StringIO()
    monkeypatch.setattr("sys.stdin", io.StringIO("One?\nTwo?"))
    read = question_reader(Console(file=out, highlight=False), {})
    assert [read(), read()] == ["One?\n", "Two?"]
    with pytest.raises(EOFError):
        read()
    assert out.getvalue() == "> One?\n> Two?\n"
