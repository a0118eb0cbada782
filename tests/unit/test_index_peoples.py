"""A country and its adjective are found for each other, where the index has them."""

import pytest

from index.peoples import same_land
from index.spelling import Spellings


@pytest.mark.parametrize(("term", "others"), [("finnish", {"finland"}), ("finland", {"finnish"}), ("pond", set())])
def test_a_country_and_what_is_its_are_one(term, others):
    assert same_land(term) == others


def test_only_what_the_index_has_is_another_spelling():
    spellings = Spellings(lambda term: int(term == "norway"), lambda letter, length: ())
    assert spellings.variants("norwegian") == {"norway"}
    assert spellings.variants("swedish") == frozenset()
