"""What the terminal prints."""

import io
from dataclasses import replace

from rich.console import Console
from ui_samples import answer, document, hit

from core.records import Voice
from index import IndexReport, IndexStatus
from ui.terminal import printable, report_line, show_answer, show_hits, show_status


def shown(show, *args) -> str:
    out = io.StringIO()
    show(Console(file=out, width=40), *args)
    return out.getvalue()


def test_answer_is_followed_by_its_numbered_places():
    assert shown(show_answer, answer()) == (
        "Herons <b>wait</b>.¹ [1] They strike & eat. [2]\n\n[1] HABITS › Hunting · p. 1\n[2] HABITS › Hunting · p. 2\n"
    )


def test_a_place_is_followed_by_whose_voice_it_is():
    first = replace(answer().citations[0], voice=Voice("quotation", ("Xi Lan",)))
    assert shown(show_answer, replace(answer(), citations=(first,))).endswith(
        "\n[1] HABITS › Hunting · p. 1 · quoting Xi Lan\n"
    )


def test_status_counts_the_quotes_withheld():
    status = IndexStatus("c", True, "", (), 0, "m", "2026", 0, quotes_withheld=3)
    assert "  quotes withheld: 3\n" in shown(show_status, status)


def test_hits_show_rank_score_and_place():
    assert (
        shown(show_hits, [hit()], {"herons": document()}).splitlines()[0]
        == "1. 0.5000  herons  HABITS › Hunting · p. 1"
    )


def test_status_says_why_a_corpus_is_not_ready():
    assert (
        shown(show_status, IndexStatus("c", False, "it is broken", (), 0, "m", "", 0)) == "Corpus 'c': it is broken\n"
    )


def test_report_is_one_line():
    report = IndexReport(added=("a", "b"), changed=(), unchanged=("c",), removed=(), passages=9, embedded=4)
    assert report_line(report, "c") == "Corpus 'c': 2 added, 0 changed, 1 unchanged; 9 passages, 4 texts embedded."


def test_escapes_of_a_document_do_not_reach_the_terminal():
    assert printable("a\x1b[31mb\tc\nd\x9b") == "a\ufffd[31mb\tc\nd\ufffd"
