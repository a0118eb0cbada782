"""A pasted text cut into claims; what is copied from a document is supported where it stands."""

import pytest
from answer_fakes import FakeIndex
from hypothesis import given
from hypothesis import strategies as st

from answer import LONGEST_TEXT, Checker, check_record
from answer.claims import split_claims
from answer.verbatim import Verbatim
from core.errors import InputError
from core.records import Verdict
from core.settings import Settings

TEXT = """Weirs

THE RIVER

The weir at Low Mill is 4 metres high.1 It was built in 1832 by the miller Amos Rudd (Hale 1999: 12), and no flood has
broken it. Barges do not pass. Salmon climb a ladder of nineteen steps, which was added in 1978 after a long quarrel.

THE MILL

The wheel turned until 1951; since then the house has been a school. Its roof is slate, and its doors are green. ‘We
never oiled it,’ the last miller said.

NOTES

1. Measured from the lower pool in a dry summer.
"""
INDEX = FakeIndex(TEXT)
SENTENCES = [
    (passage.document_id, (start, end))
    for passage in INDEX.passages
    for start, end in passage.sentences
    if all(sentence.claims for sentence in split_claims(passage.text[start - passage.start : end - passage.start]))
]


def checked(text: str):
    return Checker(INDEX, Settings()).check(text)


def test_headings_questions_greetings_and_scraps_claim_nothing():
    text = "# The Weir\n\nDear Ms Hale,\n\nBarges pass the weir. Is it high?\n\n- built in 1832\n- Yes.\n\nKind regards"
    assert [(s.text, s.claims) for s in split_claims(text)] == [
        ("The Weir", False), ("Dear Ms Hale,", False), ("Barges pass the weir.", True), ("Is it high?", False),
        ("built in 1832", True), ("Yes.", False), ("Kind regards", False),
    ]  # fmt: skip


def test_a_claim_may_run_over_lines_and_knows_its_place():
    text = "The weir was built by a miller\nwhose name was Amos Rudd. It\nis high above the pool."
    first, second = split_claims(text)
    assert first.text == "The weir was built by a miller whose name was Amos Rudd."
    assert text[second.start : second.end] == "It\nis high above the pool."


def test_lines_that_end_early_are_claims_of_their_own():
    text = "The weir is high\nThe wheel turned until the year 1951 when it was taken out"
    assert [s.text for s in split_claims(text)] == [
        "The weir is high", "The wheel turned until the year 1951 when it was taken out",
    ]  # fmt: skip


def test_words_are_found_whatever_the_spaces_marks_and_note_markers():
    document = INDEX.documents["d0"]
    found = Verbatim([document]).find("the weir at  LOW MILL is 4 metres high")
    assert found is not None
    assert document.text[slice(*found[1])] == "The weir at Low Mill is 4 metres high"
    both = Verbatim([document]).find("is 4 metres high. It was built in 1832")
    assert both is not None
    assert Verbatim([document]).find("e weir at Low Mill is 4 metres") is None
    assert Verbatim([document]).find("4 metres") is None


def test_a_part_copied_without_what_it_turns_on_is_not_supported_for_that():
    for part in ("flood has broken it", "flood has broken it, and the miller Amos Rudd"):
        (claim,) = checked(part).claims
        assert claim.verdict is not Verdict.SUPPORTED
    index = FakeIndex("No flood that came down the river in those years has broken the weir.")
    copied = "flood that came down the river in those years has broken the weir."
    (claim,) = Checker(index, Settings()).check(copied).claims
    assert claim.verdict is Verdict.CONTRADICTED


def test_it_is_looked_for_with_the_sentence_before():
    first, second = checked("The weir stands at Low Mill. It was built by Amos Rudd in 1823.").claims
    assert first.verdict is Verdict.SUPPORTED
    assert [(d.written, d.found) for d in second.differences] == [("1823", "1832")]


def test_counts_and_the_record_of_other_programs():
    found = checked("Barges do not pass. Salmon climb a ladder of ninety steps. Cows graze on the bank. Why?")
    record = check_record(found)
    assert record["counts"] == {"supported": 1, "contradicted": 1, "not found": 1}
    assert record["skipped"] == ["Why?"]
    assert list(record["claims"][1]) == ["claim", "start", "end", "verdict", "differences", "unsaid", "citations"]
    assert record["claims"][1]["differences"] == [
        {"kind": "number", "written": "ninety steps", "found": "nineteen steps"}
    ]
    assert record["claims"][1]["citations"][0]["quote"].startswith("Salmon climb")


def test_words_that_the_quote_does_not_have_are_told():
    (claim,) = checked("Salmon climb a broad ladder of nineteen steps.").claims
    assert (claim.verdict, claim.unsaid) == (Verdict.SUPPORTED, ("broad",))


def test_a_text_that_is_too_long_is_refused():
    with pytest.raises(InputError, match=r"has 100001 characters: check at most 100000"):
        checked("x" * (LONGEST_TEXT + 1))


@given(st.sampled_from(SENTENCES), st.sampled_from(["{}", "Dear all,\n\n{}", "{}  \n\nCows graze.", "- {}"]))
def test_a_copied_sentence_is_supported_at_its_own_place(place, frame):
    document, (start, end) = place
    copied = INDEX.documents[document].text[start:end]
    found = checked(frame.format(copied)).claims
    quoted = [(c.start, c.end) for claim in found if claim.text in copied for c in claim.citations]
    assert quoted
    assert set(quoted) == {(start, end)}
    assert all(claim.verdict is Verdict.SUPPORTED for claim in found if claim.text in copied)


@given(st.text(max_size=200) | st.lists(st.sampled_from(TEXT.split()), max_size=30).map(" ".join))
def test_no_text_raises_and_every_quote_is_literal(text):
    for claim in checked(text).claims:
        assert claim.text
        assert bool(claim.citations) == (claim.verdict is not Verdict.NOT_FOUND)
        assert bool(claim.differences) == (claim.verdict is Verdict.CONTRADICTED)
        for c in claim.citations:
            assert INDEX.documents[c.document].text[c.start : c.end] == c.quote
