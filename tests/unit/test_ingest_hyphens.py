from hypothesis import given
from hypothesis import strategies as st

from ingest.hyphens import Vocabulary, join_lines

NOTHING = Vocabulary([])


def joined(*lines: str, vocabulary: Vocabulary = NOTHING) -> str:
    return join_lines(lines, vocabulary)[0]


def test_a_word_broken_at_a_line_end_is_whole_again():
    assert joined("facial recogni-", "tion works") == "facial recognition works"


def test_two_words_of_their_own_keep_their_hyphen():
    assert joined("owned by a state-", "owned firm") == "owned by a state-owned firm"


def test_the_document_itself_decides_where_it_has_the_word_elsewhere():
    assert joined("a spill-", "over", vocabulary=Vocabulary(["the spill-over zone"])) == "a spill-over"
    assert joined("a spill-", "over", vocabulary=Vocabulary(["the spillover zone"])) == "a spillover"


def test_a_capital_or_a_figure_after_the_hyphen_keeps_it():
    assert joined("the Next-", "Generation fund") == "the Next-Generation fund"
    assert joined("from 2016-", "2020") == "from 2016-2020"


def test_only_the_parts_next_to_the_break_decide_in_a_compound():
    assert joined("iron-based, mag-", "nesium-based") == "iron-based, magnesium-based"


def test_a_dash_or_slash_at_a_line_end_takes_no_space():
    assert joined("the civil–", "military zone") == "the civil–military zone"
    assert joined("near Deyang/", "Guang’han") == "near Deyang/Guang’han"


def test_a_dash_with_a_space_before_it_keeps_its_spaces():
    assert joined("one thing –", "another") == "one thing – another"


def test_offsets_say_where_each_line_begins():
    text, starts = join_lines(["one recogni-", "tion", "two"], NOTHING)
    assert [text[s : s + 3] for s in starts] == ["one", "tio", "two"]


@given(st.lists(st.text(alphabet="abcdeXYZ019 -–/", min_size=1).filter(str.strip), min_size=1))
def test_no_letter_or_figure_is_lost_or_added(lines):
    text, starts = join_lines(lines, NOTHING)
    assert [c for c in text if c.isalnum()] == [c for line in lines for c in line if c.isalnum()]
    assert list(starts) == sorted(starts)
