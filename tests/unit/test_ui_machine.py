"""The machine interface: its keys, and batches of which single lines are broken."""

import fcntl
import io
import json
import os
import stat
import threading
from dataclasses import replace

import pytest
from ui_samples import answer, document, find, hit, refusal

from answer import LONGEST_TEXT, answer_record
from core.errors import InputError
from core.records import Voice
from ui.machine import answer_batch, hit_record, open_input, open_output, read_text


def ask(question, history=()):
    if not question.strip():
        raise InputError("the question is empty")
    if question == "boom":
        raise RuntimeError("boom")
    return refusal(question) if history else answer(question)


def run(*lines: bytes) -> tuple[bool, list[dict], list[str]]:
    out, complaints = io.StringIO(), []
    fine = answer_batch(ask, iter(lines), out, complaints.append)
    return fine, [json.loads(line) for line in out.getvalue().splitlines()], complaints


def test_record_has_the_keys_of_the_interface_in_their_order():
    record = answer_record(answer(), question_id=7, latency_ms=12.345)
    assert list(record) == [
        "id", "question", "answer", "refused", "reason", "confidence", "citations", "latency_ms", "verdict",
        "differences",
    ]  # fmt: skip
    assert (record["id"], record["confidence"], record["latency_ms"]) == (7, 0.8765, 12.3)
    assert (record["verdict"], record["differences"]) == ("", [])
    start, end = find("They strike & eat.")
    assert record["citations"][1] == {
        "marker": 2, "quote": "They strike & eat.", "document": "herons", "section": "HABITS > Hunting", "page": 2,
        "start": start, "end": end, "voice": {"kind": "own", "speakers": []},
    }  # fmt: skip
    assert list(record["citations"][0]) == ["marker", "quote", "document", "section", "page", "start", "end", "voice"]


def test_a_follow_up_has_its_completed_form_beside_it():
    record = answer_record(replace(answer(), completed="How many eggs do herons lay?"), question_id=7, latency_ms=1.0)
    assert list(record)[:4] == ["id", "question", "completed", "answer"]
    assert record["completed"] == "How many eggs do herons lay?"


def test_a_quote_that_reports_says_whom_and_how_to_cite_it():
    said = answer()
    reported = replace(
        said.citations[0], voice=Voice("reported", ("Bell 1999",)), secondary={"apa": "(Bell, 1999, as cited in …)"}
    )
    record = answer_record(replace(said, citations=(reported,)), question_id=1, latency_ms=1.0)["citations"][0]
    assert record["voice"] == {"kind": "reported", "speakers": ["Bell 1999"]}
    assert record["secondary"] == {"apa": "(Bell, 1999, as cited in …)"}


def test_what_answers_and_the_items_of_a_list_are_told_with_their_places():
    said = answer()
    start, end = find("strike")
    second = replace(said.citations[1], highlight=(start, end), items=((start, end), find("eat")))
    plain, marked = answer_record(replace(said, citations=(said.citations[0], second)), question_id=1, latency_ms=1.0)[
        "citations"
    ]
    assert marked["highlight"] == {"text": "strike", "start": start, "end": end}
    assert [item["text"] for item in marked["items"]] == ["strike", "eat"]
    assert not {"highlight", "items"} & set(plain)


def test_hit_record():
    record = hit_record(hit(), {"herons": document()})
    assert list(record) == ["rank", "score", "text", "document", "section", "page"]
    assert (record["rank"], record["section"], record["page"]) == (1, "HABITS > Hunting", 1)


def test_lines_are_answered_in_order_with_their_ids_and_history():
    fine, records, complaints = run(
        b'\xef\xbb\xbf{"id": "a", "question": "one"}\n',
        b"\n",
        b'{"id": 2, "question": "two", "history": ["one"]}',
        b'{"question": "three", "history": null}',
    )
    assert fine
    assert not complaints
    assert [(r["id"], r["question"], r["refused"]) for r in records] == [
        ("a", "one", False), (2, "two", True), (None, "three", False)
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (b"nope", "not JSON"),
        (b"\xff\xfe{}", "not JSON"),
        (b"[1]", "expected a JSON object"),
        (b'{"id": 1}', "no question"),
        (b'{"question": 5}', "no question"),
        (b'{"question": "q", "history": "q"}', "'history' is not a list"),
        (b'{"question": "  "}', "the question is empty"),
        (b'{"question": "boom"}', "RuntimeError('boom')"),
        (b"[" * 100_000, "not JSON"),
    ],
)
def test_a_broken_line_is_reported_with_its_number_and_the_others_are_answered(line, said):
    fine, records, complaints = run(b'{"id": 1, "question": "one"}', line, b'{"id": 3, "question": "three"}')
    assert not fine
    assert [r["id"] for r in records] == [1, 3]
    (complaint,) = complaints
    assert complaint.startswith("line 2: ")
    assert said in complaint
    assert len(complaint) < 200


def test_output_takes_its_name_only_when_complete(tmp_path):
    target = tmp_path / "out.jsonl"
    target.write_text("old", encoding="utf-8")
    with pytest.raises(RuntimeError), open_output(str(target)) as stream:
        stream.write("half")
        raise RuntimeError
    assert target.read_text(encoding="utf-8") == "old"
    with open_output(str(target)) as stream:
        stream.write("new")
    assert target.read_text(encoding="utf-8") == "new"
    assert stat.S_IMODE(target.stat().st_mode) & stat.S_IRUSR
    assert list(tmp_path.iterdir()) == [target]


def test_what_killed_processes_left_beside_an_output_is_swept_and_nothing_else(tmp_path):
    target = tmp_path / "out.jsonl"
    left, busy, new, other = (tmp_path / f".{name}" for name in ("out.jsonl.ibid-a", "out.jsonl.ibid-b",
                              "out.jsonl.ibid-c", "other.jsonl.ibid-d"))  # fmt: skip
    for path in (left, busy, new, other):
        path.touch()
        if path != new:
            os.utime(path, (0, 0))
    with busy.open() as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        with open_output(str(target)) as stream:
            stream.write("new")
    assert set(tmp_path.iterdir()) == {target, busy, new, other}


def test_files_that_cannot_be_opened_are_named(tmp_path):
    with pytest.raises(InputError, match="missing"), open_input(str(tmp_path / "missing")):
        pass
    with pytest.raises(InputError, match="folder"), open_output(str(tmp_path)):
        pass
    with pytest.raises(InputError, match="nowhere"), open_output(str(tmp_path / "nowhere" / "out")):
        pass


def test_an_id_with_half_a_surrogate_pair_comes_back_and_harms_no_other(tmp_path):
    target, lines = (
        tmp_path / "out.jsonl",
        [b'{"id": "\\ud800", "question": "one"}', b'{"id": "\\u00e9", "question": "two"}'],
    )
    with open_output(str(target)) as out:
        assert answer_batch(ask, lines, out, pytest.fail)
    records = [json.loads(line) for line in target.read_text(encoding="utf-8").splitlines()]
    assert [r["id"] for r in records] == ["\ud800", "é"]


def test_a_link_stays_one_and_its_file_is_written(tmp_path):
    real, link = tmp_path / "real.jsonl", tmp_path / "link.jsonl"
    link.symlink_to(real)
    with open_output(str(link)) as out:
        out.write("new")
    assert link.is_symlink()
    assert real.read_text(encoding="utf-8") == "new"


def test_a_pipe_is_written_to_and_stays_one(tmp_path):
    pipe, got = tmp_path / "pipe", []
    os.mkfifo(pipe)
    reading = threading.Thread(target=lambda: got.append(pipe.read_text(encoding="utf-8")), daemon=True)
    reading.start()
    with open_output(str(pipe)) as out:
        out.write("new")
    reading.join(timeout=10)
    assert got == ["new"]
    assert stat.S_ISFIFO(pipe.stat().st_mode)
    assert list(tmp_path.iterdir()) == [pipe]


def test_a_text_that_is_too_long_is_called_so_wherever_it_is_cut(tmp_path):
    text = tmp_path / "text.txt"
    text.write_bytes(b"\0" * (4 * LONGEST_TEXT + 9))
    with pytest.raises(InputError, match="too long"):
        read_text(str(text))
