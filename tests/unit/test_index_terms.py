import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.terms import analyze


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("The plants were built", ["plant", "built"]),
        ("14,300 employees", ["14300", "employe"]),
        ("US$1.6 trillion in 2021", ["1.6", "trillion", "2021"]),
        ("Ma’anshan's start-up", ["maanshan", "start"]),
        ("Große résumés", ["gross", "resum"]),
        ("智能 AI", ["智", "能", "ai"]),
        ("한국", ["한", "국"]),
        ("がか", ["が", "か"]),
        ("1,234,567 or 1,600m", ["1234567", "1600", "m"]),
        ("１６ 𝐁ig", ["16", "big"]),
        ("of the and", []),
    ],
)
def test_terms_are_folded_stemmed_and_freed_of_stop_words(text, terms):
    assert analyze(text) == terms


@given(st.text())
def test_any_text_has_terms_without_space_or_capitals(text):
    assert all(term == term.casefold() and not any(ch.isspace() for ch in term) for term in analyze(text))
