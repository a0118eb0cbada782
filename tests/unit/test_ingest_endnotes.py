"""Notes under sub-headings at the end of a text, their numbers on from the last or anew."""

import pytest

from core.records import BlockKind
from ingest import Metadata, build_document, note_links, parse_text
from ingest.loaders import load
from tests.unit.pdf_samples import heading, story_pdf, text

BODY = """POND LIFE

INTRODUCTION

There is more to a pond than most people think, as the old books on the matter tell.1
Those who dug the first of them knew it well.2

CHAPTER 1: CARP

Carp thrive in still water and have been kept in it for longer than any other fish.{0}
They are fed with maize.{1}

CHAPTER 2: PIKE

Pike hide among the reeds and wait there for whatever comes along the bank at night.{2}
"""
ANEW = BODY.format(1, 2, 1)
ON = BODY.format(3, 4, 5)
NOTE = "{0}. This is note {0} of {1}, which says no more than that.\n"


def notes(*parts: tuple[str, list[int]], gap: str = "\n") -> str:
    return "NOTES\n\n" + "\n".join(f"{head}\n{gap}" + "".join(NOTE.format(n, head) for n in ns) for head, ns in parts)


def read(text: str):
    return build_document(parse_text(text), document_id="d", source="d.txt", metadata=Metadata(), content_hash="0")


def linked(doc) -> list[str]:
    """For each marker, in order, the words of the note that it means."""
    by_start = {block.start: doc.text[block.start : block.end] for block in doc.blocks}
    links = note_links(doc)
    return [by_start[links[ref.start]][: -len(", which says no more than that.")] for ref in doc.note_refs]


@pytest.mark.parametrize("gap", ["\n", ""])
def test_numbers_that_begin_anew_are_those_of_the_part_with_the_heading(gap):
    ends = notes(("Introduction", [1, 2]), ("Chapter 1", [1, 2]), ("Chapter 2", [1]), gap=gap)
    doc = read(f"{ANEW}\n{ends}\nREFERENCES\n\nBell, A. 1999. Carp. Leeds: Reed Press.\n")
    assert linked(doc) == [
        "1. This is note 1 of Introduction",
        "2. This is note 2 of Introduction",
        "1. This is note 1 of Chapter 1",
        "2. This is note 2 of Chapter 1",
        "1. This is note 1 of Chapter 2",
    ]
    noted = [block for block in doc.blocks if block.kind is BlockKind.NOTE]
    assert [block.section for block in noted][1:3] == [("NOTES", "Introduction"), ("NOTES", "Chapter 1")]
    assert [block.kind for block in doc.blocks[-2:]] == [BlockKind.HEADING, BlockKind.REFERENCE]


def test_numbers_that_go_on_are_notes_under_any_sub_heading():
    doc = read(f"{ON}\n{notes(('Introduction', [1, 2]), ('On Carp', [3, 4]), ('On Pike', [5]))}")
    assert [block.label for block in doc.blocks if block.kind is BlockKind.NOTE] == ["1", "2", "3", "4", "5"]
    assert linked(doc)[4] == "5. This is note 5 of On Pike"


def test_text_behind_the_notes_ends_them():
    after = "APPENDIX\n\nThe ponds were counted by hand over three summers, and nothing else was done to them.\n"
    doc = read(f"{ON}\n{notes(('Introduction', [1, 2]), ('On Carp', [3, 4, 5]))}\n{after}")
    assert [(block.kind, block.section) for block in doc.blocks[-2:]] == [
        (BlockKind.HEADING, ("APPENDIX",)),
        (BlockKind.PARAGRAPH, ("APPENDIX",)),
    ]


def test_a_chapter_behind_its_predecessors_notes_is_none_of_them():
    chapter = "There is more to a pond than most people think, as the old books on the matter tell.1 More came.\n"
    doc = read(
        f"CARP\n\n{chapter}\nNOTES\n\n{NOTE.format(1, 'carp')}\nPIKE\n\n{chapter}\nNOTES\n\n{NOTE.format(1, 'pike')}"
    )
    assert linked(doc) == ["1. This is note 1 of carp", "1. This is note 1 of pike"]


def test_a_pdf_has_its_notes_under_sub_headings_too():
    raised = "<super size=7>{}</super>"
    body = "There is more to a pond than most people think, as the old books on the matter tell us all."
    story = [
        *(heading("Chapter 1"), text(f"{body} {body}{raised.format(1)} {body}{raised.format(2)}")),
        *(heading("Chapter 2"), text(f"{body} {body}{raised.format(1)} {body}")),
        heading("Notes"),
        *(heading("Chapter 1", 11.5), text("1. So the first says."), text("2. Not all of it was paid.")),
        *(heading("Chapter 2", 11.5), text("1. So the second says.")),
    ]
    reading = load(story_pdf(story), "p.pdf")
    doc = build_document(reading, document_id="d", source="p.pdf", metadata=Metadata(), content_hash="0")
    texts = {block.start: doc.text[block.start : block.end] for block in doc.blocks}
    links = note_links(doc)
    assert [texts[links[ref.start]] for ref in doc.note_refs] == [
        "1. So the first says.",
        "2. Not all of it was paid.",
        "1. So the second says.",
    ]
