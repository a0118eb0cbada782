"""Program text is told from sentences, and answers only what asks for it."""

import pytest
from answer_fakes import FakeIndex, Indifferent, plain_model

from answer.evidence import candidates, score_sentences
from answer.question import read_question
from ingest import is_code


@pytest.mark.parametrize(
    "text",
    [
        "fit <- pond_model( depth ~ rain + (1 | mill), data = ponds )",
        "plot(ponds)",
        ">>> ponds.sort(key=depth) [1, 2]",
        "if [ -e /etc/pond ]; then rm -f $POND; fi",
        "{ 'pond': { 'deep': 3 } }",
        "for (i = 0; i < n; i++) { total += counts[i]; }",
        "A = (river_matrix *) read_matrix (stdin, 1, &type) ;",
    ],
)
def test_code_is_told(text):
    assert is_code(text)


@pytest.mark.parametrize(
    "text",
    [
        "The sort() method of a list sorts it in place, and returns nothing.",
        "It is deep (Bell 2004).",
        "[Bell, Of Ponds, p. 3]",
        "Carp",
        "If x < 3, the pond is shallow, and the gate is shut.",
        "10 % of ponds, or 3/4 of mills",
        "Salinity rose significantly (t = 3.2, p < 0.01).",
        "Mean age of the wardens was 34 years (SD = 4.2; range 21–60).",
        "Adults pay $12; children pay $6; families pay $30.",
        "Die Mühle (1820) steht; sie dreht (noch).",
    ],
)
def test_a_sentence_is_none(text):
    assert not is_code(text)


def test_code_is_worth_little_where_nothing_asks_for_it():
    text = "Of ponds\n\nThe pond model takes rain.\n\npond_model(rain = heavy, model = deep);\n\nCarp like it cold.\n"
    index = FakeIndex(text)

    def worth(asked: str) -> float:
        question = read_question(asked)
        hits = index.search(asked, top=9)
        found = candidates(question, hits, index.sentence_similarities(asked, hits), index)
        scored = score_sentences(question, found, plain_model(bias=9.0), Indifferent())
        return next(e.score for e in scored if e.text.startswith("pond_model"))

    assert worth("What does the pond model take?") < worth("What is the code of the pond model?") - 5
