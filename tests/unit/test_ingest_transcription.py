import json

import pytest

from core.errors import InputError
from core.records import BlockKind, PassageKind
from core.settings import bundled_corpus
from ingest import find_documents, read_document, split_document
from ingest.transcription import check_words, find_rows

WIDE = "This sentence is as wide as the text of the page, so it fills its line well enough"
RAW = f"""Fruit

{WIDE}
{WIDE}
{WIDE}
and ends.

Table 1.1: Fruit and colours

Name Col-
our

Apple Red, as
a rose
Pear Green

Source: own count.

{WIDE}
{WIDE}
and ends too.
"""
ROWS = 'Name,Colour\nApple,"Red, as a rose"\nPear,Green\n'


def folder(tmp_path, rows: str):
    (tmp_path / "fruit.txt").write_text(RAW, encoding="utf-8")
    (tmp_path / "t.csv").write_text(rows, encoding="utf-8")
    entry = {"id": "fruit", "file": "fruit.txt", "tables": {"Table 1.1": "t.csv"}}
    (tmp_path / "manifest.json").write_text(json.dumps({"documents": [entry]}), encoding="utf-8")
    return tmp_path


def read(path):
    (source,) = find_documents([path])
    return read_document(source.path, document_id=source.id, metadata=source.metadata)


def test_a_transcribed_table_has_rows_cells_and_columns_and_keeps_its_source_line(tmp_path):
    doc = read(folder(tmp_path, ROWS))
    (table,) = [b for b in doc.blocks if b.kind is BlockKind.TABLE]
    assert table.columns == ("Name", "Colour")
    lines = [doc.text[a:b] for a, b in table.lines]
    assert lines == ["Name\tColour", "Apple\tRed, as a rose", "Pear\tGreen", "Source: own count."]


def test_each_row_is_a_passage_with_the_caption_and_the_columns_as_context(tmp_path):
    doc = read(folder(tmp_path, ROWS))
    rows = [p for p in split_document(doc, passage_words=90) if p.kind is PassageKind.TABLE]
    assert [p.text for p in rows[1:3]] == ["Apple\tRed, as a rose", "Pear\tGreen"]
    assert rows[1].context == "Table 1.1: Fruit and colours | Name | Colour"


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        (ROWS.replace("Green", "Greenish"), "added 'his'"),
        (ROWS.replace("Pear", "Pea"), "lost 'r'"),
        (ROWS + "Plum\n", "equally many cells"),
        ("Name,Colour\n", "under a row of names"),
    ],
)
def test_a_transcription_that_adds_or_loses_a_letter_is_refused(tmp_path, rows, said):
    with pytest.raises(InputError, match=said):
        read(folder(tmp_path, rows))


def test_a_label_means_its_own_table_alone():
    tables = (("Table 9.1", (("a",), ("b",))),)
    assert find_rows(tables, "Table 9.1: One")
    assert not find_rows(tables, "Table 9.10: Ten")
    assert not find_rows(tables, "Table 9.1.2: Other")


def test_the_bundled_transcriptions_hold_exactly_the_words_of_the_raw_regions():
    (source,) = find_documents([bundled_corpus()])
    assert len(source.metadata.tables) == 5
    doc = read_document(source.path, document_id=source.id, metadata=source.metadata)
    assert sum(bool(b.columns) for b in doc.blocks) == 5
    label, rows = source.metadata.tables[0]
    with pytest.raises(InputError, match="lost"):
        check_words(rows[:-1], [cell for row in rows for cell in row], label)
