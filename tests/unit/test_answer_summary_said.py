"""What can stand in a summary: sentences, and neither program text nor an item of a word or two."""

from answer_fakes import FakeIndex, Indifferent, plain_model

from answer.answerer import Answerer
from core.settings import Settings

TEXT = (
    "# Ponds\n\nThis tutorial shows how ponds are kept with the pond program.\n\nhttps://example.org/ponds\n\n"
    "keep_pond(pond = deep, pond = wide);\n\nCarp\n\nPonds are kept clean by carp.\n\n"
    "The pond program counts the carp.\n"
)


def test_addresses_code_and_bare_items_sum_nothing_up(tmp_path):
    answerer = Answerer(FakeIndex(TEXT), Settings(home=tmp_path), plain_model(bias=9.0), Indifferent())
    assert [c.quote for c in answerer.ask("What is the main point of the document?").citations] == [
        "This tutorial shows how ponds are kept with the pond program.",
        "Ponds are kept clean by carp.",
        "The pond program counts the carp.",
    ]
