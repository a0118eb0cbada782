from dataclasses import replace

import pytest
from answer_fakes import passage

from core.records import PassageKind
from index.labels import TableNumbers


def tables(*captions: str) -> TableNumbers:
    return TableNumbers(replace(passage(c, PassageKind.TABLE), id=c) for c in captions)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("What does Table 9.2 list?", ["Table 9.2: Pears"]),
        ("and table 2?", ["Table 9.2: Pears"]),
        ("Table 9-1, please", ["Table 9.1: Apples"]),
        ("Table 7 and Table 9.3", []),
        ("the tables of 1999", []),
        ("What does the second table say?", ["Table 9.2: Pears"]),
        ("the third table", []),
    ],
)
def test_a_table_is_found_by_either_of_its_numbers(query, found):
    assert list(tables("Table 9.1: Apples", "Table 9.2: Pears").find(query)) == found


def test_a_number_that_captions_have_is_not_read_as_a_part():
    found = tables("Table 2: Pears", "Table 9.2: Apples")
    assert list(found.find("Table 2")) == ["Table 2: Pears"]
    assert list(found.find("Table 4.2")) == ["Table 2: Pears"]
