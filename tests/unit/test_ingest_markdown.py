"""Markdown: its structure, its plain text as it reads when rendered, and the line in which each block begins."""

import pytest

from ingest import Metadata, build_read
from ingest.loaders import load
from tests.unit.markup_samples import blocks, read, refs, texts


def test_marks_are_rendered_and_soft_breaks_are_spaces():
    _, doc = read(
        "# The *Guide*\n\nA **bo**ld `co  de` and\n[a link](http://x.example) &amp; \\*stars\\*  \nhere <b>to</b>o.\n"
        "\n> Quoted.\n\n- one\n  more\n- two\n\n  three\n\n```py\nx = 1\ny\n```\n\nSet\n---\n\nLast.\n",
        "a.md",
    )
    assert blocks(doc) == [
        ("front", "The Guide"),
        ("paragraph", "A bold co de and a link & *stars* here too."),
        ("paragraph", "Quoted."),
        ("paragraph", "one more"),
        ("paragraph", "two"),
        ("paragraph", "three"),
        ("paragraph", "x = 1 y"),
        ("heading", "Set"),
        ("paragraph", "Last."),
    ]
    assert (doc.title, doc.blocks[-1].section, doc.blocks[-2].level) == ("The Guide", ("Set",), 2)


def test_each_block_knows_its_line_and_the_lines_are_the_files():
    raw = "# T\n\nOne\nmore.\n\n- item\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n<p>html</p>\n\n    code\n"
    built = build_read(load(raw.encode(), "a.md"), document_id="d", source="a", metadata=Metadata(), content_hash="0")
    text = built.document.text
    assert [(placed.number, text[slice(*placed.clean)]) for placed in built.placed] == [
        (1, "T"),
        (3, "One more."),
        (6, "item"),
        (8, "a\tb"),
        (10, "1\t2"),
        (12, "html"),
        (14, "code"),
    ]
    assert built.reading.lines == tuple(raw.split("\n"))


def test_footnotes_are_linked_and_a_marker_without_a_note_stays():
    _, doc = read(
        "A word.[^1] Another[^long] and[^none] `[^1]`.\n\n[^1]: The *note*\n    goes on.\n\n    Second.\n\n"
        "[^long]: Other.\n\nLast.\n",
        "a.md",
    )
    assert blocks(doc) == [
        ("paragraph", "A word.1 Another[long] and[^none] [^1]."),
        ("note", "The note goes on."),
        ("note", "Second."),
        ("note", "Other."),
        ("paragraph", "Last."),
    ]
    assert refs(doc, 4) == [("1", "ord.1"), ("long", "ther[long]")]
    assert [block.label for block in doc.blocks] == ["", "1", "1", "long", ""]


@pytest.mark.parametrize(
    "authors",
    ["author: A. Bell and C. Dorn", "authors:\n  - A. Bell\n  - name: 'C. Dorn'", 'author: ["A. Bell", C. Dorn]'],
)
def test_front_matter_is_metadata_and_no_text(authors):
    reading, doc = read(f'---\ntitle: "On: Ponds"\n{authors}\ndate: 2020-05-06\n---\n\nText.\n', "a.md")
    assert (doc.title, doc.authors, doc.date, doc.text) == ("On: Ponds", ("A. Bell", "C. Dorn"), "2020-05-06", "Text.")
    assert {dropped.why for dropped in reading.dropped} == {"front matter"}
    assert reading.parts[0].chunk.lines[0].number == doc_line(reading, "Text.")


def doc_line(reading, text):
    return reading.lines.index(text) + 1


def test_a_rule_at_the_top_is_no_front_matter():
    assert read("---\n\nSome: text.\n\n---\n", "a.md")[1].text == "Some: text."


def test_tables_have_rows_and_their_captions():
    _, doc = read(
        "Before.\n\nTable 1: Fruit\n\n| Name | Size |\n|---|--:|\n| *Apple* | 3 |\n| Pear | |\n\nSource: me.\n", "a.md"
    )
    table = doc.blocks[1]
    assert (table.label, table.columns) == ("Table 1: Fruit", ("Name", "Size"))
    assert texts(doc)[1] == "Table 1: Fruit\nName\tSize\nApple\t3\nPear\t\nSource: me."


@pytest.mark.parametrize(
    "raw",
    [
        ">" * 5000 + " deep",
        "[^a]: " * 3000 + "deep",
        "[" * 50_000 + "deep",
        "- " * 300 + "deep",
        "<div>" * 9999 + "deep",
    ],
)
def test_nesting_without_end_loses_no_word(raw):
    assert "deep" in read(raw, "a.md")[1].text


def test_windows_line_ends_and_other_scripts():
    assert texts(read("# 标题\r\n\r\n第一段。\r\n第二行\r\n".encode("utf-8-sig"), "a.md")[1]) == [
        "标题",
        "第一段。 第二行",
    ]


@pytest.mark.parametrize(
    "entries",
    [
        [
            "[1] Orme T. Cracks in clay. Potter. 1988;2:11.",
            "[2] Hale B. Sand. Potter. 1991;5:3.",
            "[3] Vance L. Pots. 2004.",
        ],
        [
            "Hale, B. (1991). *Sand*. Hull: Reed.",
            "Orme, T. (1988). Cracks in\nclay. *Potter* 2, 11.",
            "Vance, L. (2004). Pots.",
        ],
    ],
)
def test_entries_of_a_bibliography_may_stand_line_by_line(entries):
    listed = "\n".join(entries)
    prose = "Wet clay cracks\nOrme, T. (1988) says."
    raw = f"# Kilns\n\n{prose}\n\n## References\n\n{listed}\n\n## Thanks\n\nTo all\nOrme, T. (1988) too.\n"
    _, doc = read(raw, "a.md")
    said = [entry.replace("*", "").replace("\n", " ") for entry in entries]
    assert [doc.text[slice(r.start, r.end)] for r in doc.references] == said
    assert [text for kind, text in blocks(doc) if kind == "paragraph"] == [
        "Wet clay cracks Orme, T. (1988) says.",
        "To all Orme, T. (1988) too.",
    ]
    built = build_read(load(raw.encode(), "a.md"), document_id="d", source="a", metadata=Metadata(), content_hash="0")
    lines = {built.document.text[slice(*placed.clean)]: placed.number for placed in built.placed}
    assert [lines[entry] for entry in said] == [raw.split("\n").index(entry.split("\n")[0]) + 1 for entry in entries]
