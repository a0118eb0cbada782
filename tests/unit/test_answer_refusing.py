"""Why a question is refused, in words; the vectors of words are made by hand."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from answer.evidence import Evidence
from answer.question import read_question
from answer.refusing import why_refused
from tests.unit.answer_fakes import FakeIndex, hit, passage

TEXT = "The curator set the kiln aside for Lowick. It burned for nine days."
NEITHER = "No passage was found that says it, in these words or in others."


class Likening(FakeIndex):
    """Words that are told to be alike have a cosine of 0.8, all others none."""

    def __init__(self, text: str, *alike: tuple[str, str]) -> None:
        super().__init__(text)
        self._alike = {*alike, *((b, a) for a, b in alike)}

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        vectors = np.eye(len(texts), dtype=np.float32)
        for row, text in enumerate(texts):
            for place, other in enumerate(texts[:row]):
                if (text, other) in self._alike:
                    vectors[row] = 0.6 * vectors[row] + 0.8 * vectors[place]
        return vectors


def why(question: str, *alike: tuple[str, str]) -> str:
    index = Likening(TEXT, *alike)
    nearest = tuple(Evidence(hit(passage(text)), (0, len(text)), text) for text in TEXT.split(". "))
    return why_refused(read_question(question), nearest, index)


def test_a_word_that_no_passage_has_is_named() -> None:
    assert why("Who mended the kiln with mortar?") == "It never uses the words ‘mended’, ‘mortar’."


def test_a_word_is_not_named_for_which_the_nearest_sentences_have_another() -> None:
    assert why("Who mended the furnace?", ("furnace", "kiln")) == "It never uses the word ‘mended’."


def test_a_word_of_no_matter_of_its_own_is_not_named() -> None:
    assert why("How long did the curator's mortar last?") == "It never uses the word ‘mortar’."
    assert why("Where did the curator get it?") == NEITHER


def test_a_name_and_a_figure_are_named_whatever_is_like_them() -> None:
    assert why("What did Paris get in 1731?", ("Paris", "lowick"), ("1731", "nine")) == (
        "It never uses the words ‘Paris’, ‘1731’."
    )


def test_where_all_that_it_lacks_is_said_in_other_words_no_word_is_named() -> None:
    assert why("Who earmarked the furnace?", ("earmarked", "aside"), ("furnace", "kiln")) == NEITHER


def test_a_document_with_all_words_of_the_question_lacks_none() -> None:
    assert why("Who burned the kiln?") == "It has the words of the question, but no passage that brings them together."


def test_without_a_passage_there_is_nothing_to_compare() -> None:
    index = FakeIndex(TEXT)
    assert why_refused(read_question("Who mended it?"), (), index) == (
        "No passage has anything to do with the question."
    )
