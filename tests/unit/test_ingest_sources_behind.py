"""A source in brackets behind a sentence is that sentence's, and one without a space before its year is a source."""

import pytest

from core.records import Block, BlockKind
from ingest.cited.citations import find_citations
from ingest.sentences import sentence_spans


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        (
            'It "dried up." [Of Ponds, p. 181] The late Ann Bell said so. [Bell, Op. Cit., p. 3 and p. 4] It froze.',
            [
                'It "dried up." [Of Ponds, p. 181]',
                "The late Ann Bell said so. [Bell, Op. Cit., p. 3 and p. 4]",
                "It froze.",
            ],
        ),
        ("It dried. (Bell, 2004: 12) Then it rained.", ["It dried. (Bell, 2004: 12)", "Then it rained."]),
        ("“It is deep.” (Ann Bell 1999)", ["“It is deep.” (Ann Bell 1999)"]),
        ("It rained (Dorn 1999) for days. (All say so.)", ["It rained (Dorn 1999) for days.", "(All say so.)"]),
        ("[Of Ice, p. 9] It froze.", ["[Of Ice, p. 9] It froze."]),
        ("It froze. [Laughter] It thawed.", ["It froze.", "[Laughter] It thawed."]),
    ],
)
def test_a_source_stands_behind_what_it_is_of(text, sentences):
    assert [text[a:b] for a, b in sentence_spans(text, 0, len(text))] == sentences


@pytest.mark.parametrize(
    ("text", "raw"),
    [
        ("Heron(2004) says that ponds are deep.", "Heron(2004)"),
        ("As Heron and Stork(2004: 12) say, it is.", "Heron and Stork(2004: 12)"),
        ("See Heron et al.(2004) for more.", "Heron et al.(2004)"),
    ],
)
def test_a_year_right_behind_a_name_cites(text, raw):
    assert [source.raw for source in find_citations(text, [Block(BlockKind.PARAGRAPH, 0, len(text), None, ())])] == [
        raw
    ]


@pytest.mark.parametrize(
    "text", ["It calls Date(2004, 3) first.", "Use DATE(2004).", "So f(2004) is 3.", "Its log2(1999)"]
)
def test_code_cites_nothing(text):
    assert not find_citations(text, [Block(BlockKind.PARAGRAPH, 0, len(text), None, ())])
