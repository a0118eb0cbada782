"""Who claims something is told by a sentence that names somebody, never by a row of a table that has its words."""

from dataclasses import replace

from answer import Answerer
from answer.features import FEATURES
from core.settings import Settings
from tests.unit.answer_fakes import FakeIndex, Indifferent, plain_model

INNS = """# Inns

Marl (1999) goes so far as to write that travellers on their own served a king. Beds were dear in all inns.

Table 1: Lone guests, spies and inns of the coast

Inn      Lone guests  Spies
Crown    14           3
Anchor   9            1
Bell     22           6
"""


def test_a_row_claims_nothing():
    weights = (5.0, 0.0, 5.0, *(0.0,) * (len(FEATURES) - 3))  # the row's lead over the sentence is beyond all margins
    model = replace(plain_model(9.0), first=weights, sentence=weights)
    answerer = Answerer(FakeIndex(INNS), Settings(), model, Indifferent())
    answer = answerer.ask("Who claims that lone guests of inns were spies?")
    assert answer.citations[0].quote.startswith("Marl (1999)")
    assert not any("\t" in citation.quote for citation in answer.citations)
