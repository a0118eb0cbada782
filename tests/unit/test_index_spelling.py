import pytest

from index.spelling import Spellings


def spellings(frequencies: dict[str, int]) -> Spellings:
    return Spellings(
        lambda term: frequencies.get(term, 0),
        lambda first, length: [word for word in frequencies if word[0] == first and len(word) == length],
    )


SPELLINGS = spellings(
    {"chengdu": 5, "chendu": 1, "chizhou": 2, "chuzhou": 2, "policy": 9, "police": 4, "fund": 3, "iflytek": 4}
)


@pytest.mark.parametrize(
    ("term", "others"),
    [
        ("chengdu", {"chendu"}),  # the document's own slip
        ("chendu", {"chengdu"}),
        ("iflytec", {"iflytek"}),  # the asker's slip
        ("chizhou", set()),  # two towns, each well attested
        ("policy", set()),  # two words
        ("found", set()),
        ("2021", set()),
    ],
)
def test_a_slip_finds_the_word_and_the_word_its_slip(term, others):
    assert SPELLINGS.variants(term) == others


def test_a_word_that_lists_know_is_no_slip_of_another():
    assert spellings({"hefei": 12}).variants("hebei") == set()
