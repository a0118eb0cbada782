from collections.abc import Sequence
from dataclasses import replace

import pytest
from answer_fakes import lookup_in, passage

from core.records import PassageKind
from index.labels import TableNumbers, table_number
from index.postings import postings_of


def found_in(captions: Sequence[str], query: str) -> list[str]:
    passages = [replace(passage(c, PassageKind.TABLE), id=f"d#{n}") for n, c in enumerate(captions)]
    numbers = postings_of([table_number(p)] for p in passages)
    return [captions[int(i[2:])] for i in TableNumbers([lookup_in(numbers, passages)]).find(query)]


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
    assert found_in(["Table 9.1: Apples", "Table 9.2: Pears"], query) == found


def test_a_number_that_captions_have_is_not_read_as_a_part():
    captions = ["Table 2: Pears", "Table 9.2: Apples"]
    assert found_in(captions, "Table 2") == found_in(captions, "Table 4.2") == ["Table 2: Pears"]
