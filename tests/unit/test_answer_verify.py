"""Claims held against documents of a few sentences: numbers, names, denials, rows, and what only seems to differ."""

import pytest
from answer_fakes import FakeIndex

from answer.check import Checker
from answer.verify.claim import denials, read_claim
from answer.verify.names import initials, names_in, proper_words
from answer.verify.quantities import Kind, quantities_in
from core.records import Verdict
from core.settings import Settings

TEXT = """Herons of Lake Orm

HABITS

The colony of Lake Orm was founded in 1974 by Ada Fowler, and it counts more than 1,400 nests. Herons eat eels and
frogs. The young do not leave the nest before the seventh week. Wading took 30 percent of the day in Orm, resting 55.
The island of Brenn was bought for 2.5 million crowns. In Orm (53), Brenn (41) and Tarl (12) eggs were counted.

In May 2004 the ferry sank. The north shore holds 21 tonnes of reed, while the south shore of Orm holds 34 tonnes.

The share of eels was highest in Brenn and lowest in Tarl. It was measured in 2003.

Table 1: Nests by lake, in thousands

Lake          Nests 2001    Nests 2002    Warden
Lake Orm      14            17            Fowler
Lake Brenn    11            12            Castle Trust
Lake Tarl     3             5             Moor Guild

Source: own counts.
"""


def check(claim: str):
    index = FakeIndex(TEXT)
    (found,) = Checker(index, Settings()).check(claim).claims
    assert all(index.documents["d0"].text[c.start : c.end] == c.quote for c in found.citations)
    return found


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("USD 1.6 trillion or $1.6tn or US$1.6  trillion", [1.6e12, 1.6e12, 1.6e12]),
        ("fourteen thousand, 14,000 and 14.5k", [14000, 14000, 14500]),
        ("forty-one of two hundred and fifty", [41, 250]),
        ("between fifty and sixty", [50, 60]),
        ("the twenty-ninth and the 30th place", [29, 30]),
        ("one in ten, 10 %, ten per cent", [10, 10, 10]),
        ("every half hour", [30]),
        ("two thirds of the land", [200 / 3]),
        ("one of the first, a second time", []),
        ("one million reeds", [1e6]),
        ("2014–2020", [2014, 2020]),
        ("Table 9.1: Twelve, Figure 3", [12]),
        ("in May 2015, March 3, which may march on", [5, 2015, 3, 3]),
    ],
)
def test_numbers_are_read_however_they_are_written(text, values):
    assert [q.value for q in quantities_in(text)] == pytest.approx(values)


def test_a_number_knows_its_kind_unit_and_hedge():
    year, share, money, nests = quantities_in("In 1999, 5 percent of RMB 3 million went to about 40 nests.")
    assert [q.kind for q in (year, share, money, nests)] == [Kind.YEAR, Kind.PERCENT, Kind.NUMBER, Kind.NUMBER]
    assert (money.money, nests.units, nests.hedge) == ({"yuan"}, {"nest"}, "about")


@pytest.mark.parametrize(
    ("claimed", "said", "same"),
    [
        ("over fourteen thousand people", "more than 14,300 employees", True),
        ("14,000 people", "14,300 people", False),
        ("about 14,000 people", "14,300 people", True),
        ("fewer than 10 percent", "9 percent", True),
        ("no more than 60 cm", "no more than 40 cm", False),
        ("$508 billion", "RMB 508 billion", False),
        ("in 1985", "in the 1980s", True),
        ("10 percent", "10 men", False),
        ("more than 10 benches", "50 benches", True),
        ("more than 30 benches", "30 benches", False),
        ("at least 30 benches", "30 benches", True),
        ("at most 30 benches", "20 benches", True),
        ("more than 100 benches", "fewer than 100 benches", False),
        ("before 1980", "in 1974", True),
        ("after 1974", "in 1974", False),
        ("3 km", "3000 metres", True),
        ("3 km", "3 miles", False),
        ("300 kg", "300 tonnes", False),
    ],
)
def test_numbers_are_the_same_within_what_their_hedges_say(claimed, said, same):
    assert quantities_in(claimed)[0].same(quantities_in(said)[0]) is same


@pytest.mark.parametrize(
    ("claimed", "said"),
    [
        ("more than 10 benches", "50 benches"),
        ("at most 30 benches", "20 benches"),
        ("after 1970", "in 1974"),
        ("in 1974", "after 1970"),
        ("more than 10 benches", "more than 20 benches"),
    ],
)
def test_numbers_that_may_both_hold_do_not_rival(claimed, said):
    assert not quantities_in(claimed)[0].rivals(quantities_in(said)[0])


@pytest.mark.parametrize(
    ("claim", "text", "verdict"),
    [
        ("Anna planted 12 oaks.", "Anna planted 40 oaks and 12 elms.", Verdict.CONTRADICTED),
        ("The park has more than 10 benches.", "The park has 50 benches.", Verdict.SUPPORTED),
        ("The school opened in May 1999.", "The school opened in June 1999.", Verdict.CONTRADICTED),
        ("The council built the bridge.", "The council failed to build the bridge.", Verdict.CONTRADICTED),
        ("The bridge cost $3 million.", "The bridge cost 3 million euros.", Verdict.NOT_FOUND),
        ("The council of Orm built the bridge.", "The council of Orm has built the bridge.", Verdict.SUPPORTED),
    ],
)
def test_a_count_is_of_what_it_counts_and_a_denial_need_not_say_not(claim, text, verdict):
    (found,) = Checker(FakeIndex(text), Settings()).check(claim).claims
    assert found.verdict is verdict


def test_a_bound_is_told_with_what_differs():
    (found,) = Checker(FakeIndex("The park has 30 benches."), Settings()).check("The park has over 40 benches.").claims
    assert [(d.written, d.found) for d in found.differences] == [("over 40 benches", "30 benches")]


def test_a_slip_keeps_the_size_or_the_digits_of_a_number():
    assert quantities_in("1.9 billion crowns")[0].rivals(quantities_in("1.9 million crowns")[0])
    assert not quantities_in("3 crowns")[0].rivals(quantities_in("1.9 million crowns")[0])


def test_names_and_their_slots():
    names = names_in("The Orm Trust met Ada Fowler in Brenn and Tarl. Wading began.")
    assert [(n.text, n.slot) for n in names] == [
        ("Orm Trust", ""), ("Ada Fowler", ""), ("Brenn", "in"), ("Tarl", "in"),
    ]  # fmt: skip
    assert [n.text for n in names_in("Tarl is cold.", proper_words(["A heron in Tarl."]))] == ["Tarl"]
    assert "USTC" in initials("the University of Science and Technology of China in Hefei")


def test_what_is_denied_and_what_only_looks_like_it():
    assert denials("The probe may not be washed") == {"wash"}
    assert denials("No more than six, and not only herons") == frozenset()
    assert denials("Steel may be washed; the probe may not be washed.", ["steel", "wash"]) == frozenset()
    assert read_claim("Herons never eat frogs (Fowler 1999).").denied == {"eat", "frog"}


@pytest.mark.parametrize(
    ("claim", "quote"),
    [
        ("Ada Fowler founded the colony of Lake Orm in 1974.", "founded in 1974"),
        ("The colony of Lake Orm counts over 1,400 nests.", "1,400"),
        ("Herons eat frogs.", "Herons eat"),
        ("The young do not leave the nest before the seventh week.", "seventh week"),
        ("The island of Brenn was bought for 2,500,000 crowns.", "2.5 million"),
        ("Lake Brenn had 12,000 nests in 2002.", "Lake Brenn"),
        ("Lake Tarl has the Moor Guild as its warden.", "Lake Tarl"),
    ],
)
def test_what_the_document_says_in_other_words_is_supported(claim, quote):
    found = check(claim)
    assert (found.verdict, found.differences) == (Verdict.SUPPORTED, ())
    assert quote in found.citations[0].quote


@pytest.mark.parametrize(
    ("claim", "difference"),
    [
        ("The colony of Lake Orm was founded in 1984 by Ada Fowler.", ("year", "1984", "1974")),
        ("Wading took 40 percent of the day in Orm.", ("percent", "40 percent", "30 percent")),
        ("The colony of Lake Orm was founded in 1974 by Ruth Castle.", ("name", "Ruth Castle", "Ada Fowler")),
        ("The young leave the nest before the seventh week.", ("denial", "no denial", "a denial")),
        ("Herons do not eat eels and frogs.", ("denial", "a denial", "no denial")),
        ("In Orm (41) and Brenn (53) eggs were counted.", ("swap", "Orm: 41", "Orm: 53")),
        ("The share of eels was highest in Tarl and lowest in Brenn.", ("swap", "Tarl … Brenn", "Brenn … Tarl")),
        ("The south shore of Orm holds 21 tonnes.", ("swap", "21", "34")),
        ("In March 2004 the ferry sank.", ("month", "March", "May")),
        ("Lake Brenn had 11,000 nests in 2002.", ("number", "11,000 nests", "12")),
        ("The warden of Lake Orm is the Castle Trust.", ("cell", "Castle Trust", "Fowler")),
    ],
)
def test_what_the_document_says_otherwise_is_pointed_out(claim, difference):
    found = check(claim)
    assert found.verdict is Verdict.CONTRADICTED
    kind, written, said = difference
    assert [(d.written, d.found) for d in found.differences] == [(written, said)]
    assert found.differences[0].kind == ("number" if kind == "percent" else kind)
    assert found.citations


@pytest.mark.parametrize(
    "claim",
    [
        "Lake Orm is 40 metres deep.",
        "Ada Fowler was born in Brenn in 1931.",
        "Herons have been shot on Lake Orm since 1999.",
        "The euro was introduced in 1999.",
        "Ruth Castle founded the colony of Tarl in 1974.",
        "Ada Fowler left the colony of Lake Orm in 1991.",
        "The ferry was built in Orm in 1931.",
        "A ticket to the island of Brenn costs 3 crowns.",
    ],
)
def test_what_the_document_does_not_say_is_not_contradicted(claim):
    found = check(claim)
    assert (found.verdict, found.citations, found.differences) == (Verdict.NOT_FOUND, (), ())


def test_two_sentences_of_a_passage_bear_out_a_claim_together():
    found = check("The share of eels was highest in Brenn, and that was measured in 2003.")
    assert found.verdict is Verdict.SUPPORTED
    assert [c.quote for c in found.citations] == [
        "The share of eels was highest in Brenn and lowest in Tarl.", "It was measured in 2003.",
    ]  # fmt: skip
