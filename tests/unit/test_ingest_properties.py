"""Ingest loses and adds nothing: known text broken up as a printer would is read back; the chapter's words all stay."""

import random
import re
import textwrap
from collections import Counter
from pathlib import Path

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from core.records import BlockKind
from core.settings import bundled_corpus
from ingest import Metadata, build_document, find_documents, parse_text, read_document, split_document

WORDS = (
    "government research technology province industry development national policy local quantum satellite funding "
    "project university company market investment history structure region innovation manufacturing information"
).split()
SENTENCE = st.lists(st.sampled_from(WORDS), min_size=6, max_size=18).map(lambda ws: " ".join(ws).capitalize() + ".")
PARAGRAPHS = st.lists(st.lists(SENTENCE, min_size=3, max_size=8).map(" ".join), min_size=1, max_size=6)
SEED = st.integers(0, 2**32)


def many_paragraphs(chance: random.Random) -> list[str]:
    """Twelve paragraphs of some ten sentences."""

    def sentence() -> str:
        return " ".join(chance.choices(WORDS, k=chance.randint(6, 18))).capitalize() + "."

    return [" ".join(sentence() for _ in range(chance.randint(6, 14))) for _ in range(12)]


def letters(text: str) -> list[str]:
    return [ch for ch in text if ch.isalnum()]


def wrapped_lines(paragraphs: list[str], width: int, broken: bool) -> list[str]:
    """Wrap at `width`, and break words at line ends like a printer."""
    lines: list[str] = []
    for paragraph in paragraphs:
        wrapped = textwrap.wrap(paragraph, width)
        for i in range(len(wrapped) - 1 if broken else 0):
            head, _, rest = wrapped[i + 1].partition(" ")
            room = width - len(wrapped[i]) - 2
            if head.isalpha() and 2 <= room <= len(head) - 2:
                wrapped[i], wrapped[i + 1] = f"{wrapped[i]} {head[:room]}-", f"{head[room:]} {rest}".strip()
        lines += [*wrapped, ""]
    return lines


def printed(paragraphs: list[str], width: int, broken: bool, page: int) -> str:
    """Print paragraphs, and turn the page every `page` lines."""
    lines = wrapped_lines(paragraphs, width, broken)
    return "\n".join("\f" + line if page and i and i % page == 0 else line for i, line in enumerate(lines))


def bound(lines: list[str], page: int, first: int, footed: bool) -> str:
    """Print lines as pages of a book: a header that takes turns, and a number at the foot or in the header."""
    pages = [lines[i : i + page] for i in range(0, len(lines), page)]
    sheets = []
    for i, body in enumerate(pages):
        title = "A Book of Words" if i % 2 else "ON MANY THINGS"
        if footed:
            sheets.append([title, "", *body, "", str(first + i)])
        else:
            sheets.append([f"{title} {first + i}" if i % 2 else f"{first + i} {title}", "", *body])
    return "\f".join("\n".join(sheet) for sheet in sheets)


@settings(max_examples=60, deadline=None)
@given(PARAGRAPHS, st.integers(50, 90), st.booleans(), st.sampled_from([0, 9, 23]))
def test_known_text_comes_back_from_a_printed_page(paragraphs, width, broken, page):
    lines = [line for line in wrapped_lines(paragraphs, width, broken) if line]
    assume(len(set(lines)) == len(lines))  # what stands at the head of page after page is a running header
    raw = printed(paragraphs, width, broken, page)
    doc = build_document(parse_text(raw), document_id="d", source="d", metadata=Metadata(), content_hash="0")
    assert " ".join(doc.text.split()) == " ".join(paragraphs)


@settings(max_examples=60, deadline=None)
@given(SEED, st.integers(50, 90), st.integers(8, 14), st.integers(1, 900), st.booleans())
def test_running_headers_and_page_numbers_go_and_the_printed_numbers_stay(seed, width, page, first, footed):
    paragraphs = many_paragraphs(random.Random(seed))
    lines = wrapped_lines(paragraphs, width, broken=True)
    raw = bound(lines, page, first, footed)
    reading = parse_text(raw)
    doc = build_document(reading, document_id="d", source="d", metadata=Metadata(), content_hash="0")
    assert " ".join(doc.text.split()) == " ".join(paragraphs)
    pages = -(-len(lines) // page)
    assert {number for _, number in doc.page_marks} <= set(range(first, first + pages))
    assert doc.page_marks[0][1] == first
    dropped = [line.text for line in reading.dropped]
    assert len(dropped) == pages * (2 if footed else 1)


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet=st.sampled_from("abc ABC 019 .,-–\n\n\f |#‘’()智é"), max_size=400))
def test_any_text_keeps_its_letters_and_its_offsets(raw):
    reading = parse_text(raw)
    doc = build_document(reading, document_id="d", source="d", metadata=Metadata(), content_hash="0")
    dropped = "".join(line.text for line in reading.dropped)
    assert Counter(letters(doc.text + dropped)) == Counter(letters(raw))
    for passage in split_document(doc, passage_words=30):
        assert passage.text == doc.text[passage.start : passage.end]
        assert all(passage.start <= a < b <= passage.end for a, b in passage.sentences)


def chapter():
    (source,) = find_documents([bundled_corpus()])
    return source.path, read_document(source.path, document_id=source.id, metadata=source.metadata)


def test_every_letter_of_the_bundled_document_is_there_once():
    path, doc = chapter()
    assert Counter(letters(doc.text)) == Counter(letters(path.read_text(encoding="utf-8")))


def test_the_running_text_of_the_bundled_document_keeps_its_order():
    path, doc = chapter()
    raw = "".join(letters(path.read_text(encoding="utf-8")))
    cursor = 0
    for block in doc.blocks:
        if block.kind is not BlockKind.TABLE:
            found = raw.find("".join(letters(doc.text[block.start : block.end]))[:60], cursor)
            assert found >= 0, doc.text[block.start : block.end]
            cursor = found + 1


def test_no_passage_of_the_bundled_document_ends_inside_a_sentence():
    _, doc = chapter()
    passages = split_document(doc, passage_words=90)
    prose = [p.text for p in passages if p.kind.value == "prose"]
    assert len(prose) > 50
    assert [text[-30:] for text in prose if not re.search(r"[.!?:]['’”)]*\d?$", text)] == []
    assert Path(doc.source).name == "chapter09.txt"
