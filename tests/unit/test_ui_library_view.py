"""The library as HTML: facts in words, stages as bars, and every name escaped."""

import json
from dataclasses import replace
from html import unescape
from pathlib import Path

from ui_samples import document

from ui.jobs import Snapshot
from ui.library import A_LEAF, Leaf, Listed
from ui.library_view import PICKED, adding_html, chosen_html, library_html, notice_html, scope_html, shelf_html
from ui.tabs.library import uploaded
from ui.volumes import Volume, volumes_of

HOSTILE = '<img src=x onerror="alert(1)">'
ROW = Listed("ponds", "Ponds", ("Ann Bell",), "2019", 12, 34, 9012, "2026-11-30T08:00:00+00:00", "ponds.pdf")


def leaf(*rows: Listed) -> Leaf:
    return Leaf(rows, matching=len(rows), total=len(rows))


def test_a_document_is_shown_with_its_facts():
    html = library_html(leaf(ROW))
    for fact in ("Ann Bell", "2019", "12 pages", "34 passages", "9,012 words", "added 30 November 2026"):
        assert f">{fact}<" in html
    many = Listed("p", "P", ("A", "B", "C", "D"), "", 0, 1, 1, "", "p.txt")
    html = library_html(leaf(many))
    assert ">A, B, C, and others<" in html
    assert ">1 passage<" in html
    assert "page<" not in html.replace("1 passage<", "")
    assert "added" not in html


def test_names_ids_and_lines_are_escaped_everywhere():
    row = Listed(HOSTILE, HOSTILE, (HOSTILE,), HOSTILE, 0, 1, 1, "", HOSTILE)
    over = Snapshot(over=True, added=(HOSTILE,), failures=(HOSTILE,))
    for html in (
        library_html(leaf(row)),
        adding_html(over),
        adding_html(Snapshot(failures=(HOSTILE,))),
        notice_html(HOSTILE, wrong=True),
    ):
        assert "<img" not in html
        assert "&lt;img" in html
    assert '"alert' not in library_html(leaf(row))


def test_an_empty_library_teaches():
    assert "Drop a file above" in library_html(Leaf(()))


def test_a_job_has_a_bar_for_each_stage_and_says_what_it_waits_for():
    html = adding_html(Snapshot(stages={"read": (1, 3), "embed": (256, 1000)}))
    assert 'aria-label="Reading" max="3" value="1"' in html
    assert "256 of 1,000 sentences and passages" in html
    assert 'aria-label="Indexing" max="1" value="0"' in html
    assert "Waiting: others are adding files" in adding_html(Snapshot(waiting=True))


def test_a_job_that_is_over_has_a_line_for_each_file():
    html = adding_html(Snapshot(over=True, added=("a.md",), failures=("b.pdf is empty",)))
    assert "a.md is in the library" in html
    assert "b.pdf is empty" in html
    assert "Given up" in adding_html(Snapshot(over=True, cancelled=True))
    assert adding_html(Snapshot(over=True)) == ""


def test_which_documents_are_asked_is_said_where_there_is_a_choice():
    assert chosen_html(["a"], []) == ""
    assert "go to all 2 documents" in chosen_html(["a", "b"], ["gone"])
    assert "go to 1 of 2 documents" in chosen_html(["a", "b"], ["b"])
    assert "go to none of 2 documents" in chosen_html(["a", "b"], ["a", "b"])
    assert scope_html(["a", "b"], ["gone"]) == ""
    assert "1 of 2 documents. Choose them in the Library." in scope_html(["a", "b"], ["b"])


def test_the_page_is_told_the_documents():
    html = shelf_html(volumes_of({"herons": document()}))
    assert "&quot;id&quot;: &quot;herons&quot;" in html
    assert f"&quot;version&quot;: &quot;{'0' * 12}&quot;" in html


def test_of_many_documents_the_page_is_told_the_first_and_how_many_there_are():
    html = shelf_html([Volume(f"d{n}", f"D{n}", "0" * 12) for n in range(PICKED + 1)])
    told = json.loads(unescape(html.partition('data-shelf="')[2].partition('">')[0]))
    assert (len(told["documents"]), told["total"]) == (PICKED, PICKED + 1)


def test_a_long_list_has_leaves_and_says_which_part_is_shown():
    rows = tuple(replace(ROW, id=f"d{n}") for n in range(A_LEAF))
    html = library_html(Leaf(rows, 1, 3, 2 * A_LEAF + 7, 2 * A_LEAF + 7))
    assert f"{A_LEAF + 1} to {2 * A_LEAF} of {2 * A_LEAF + 7} documents" in html
    assert 'data-leaf="0">‹ Previous' in html
    assert 'data-leaf="2">Next ›' in html
    last = library_html(Leaf(rows[:7], 2, 3, 2 * A_LEAF + 7, 2 * A_LEAF + 7))
    assert 'data-leaf="3" disabled>Next ›' in last


def test_a_list_that_is_sifted_says_how_many_match_and_a_short_one_says_nothing():
    assert "1 matching document of 90." in library_html(Leaf((ROW,), matching=1, total=90))
    assert "0 matching documents of 90." in library_html(Leaf((), matching=0, total=90))
    assert "ibid-which" not in library_html(leaf(ROW))


def test_a_document_that_could_be_read_has_a_button_that_opens_it():
    assert "ibid-whole" not in library_html(leaf(ROW))
    html = library_html(leaf(replace(ROW, version="0" * 12)))
    opens = f'data-document="ponds" data-version="{"0" * 12}" data-start="0" data-end="0" aria-label="Read Ponds"'
    assert f"{opens}>Ponds</button>" in html


def test_no_path_from_outside_the_uploads_is_opened(tmp_path, monkeypatch):
    monkeypatch.setenv("GRADIO_TEMP_DIR", str(tmp_path / "gradio"))
    inside = tmp_path / "gradio" / "abc" / "a.md"
    inside.parent.mkdir(parents=True)
    inside.write_text("A.", encoding="utf-8")
    link = inside.with_name("link.md")
    link.symlink_to(Path("/etc/passwd"))
    outside = str(inside.parent / ".." / ".." / ".." / "secret.md")
    assert uploaded([str(inside), str(link), outside, "/etc/passwd"]) == [inside.resolve()]
