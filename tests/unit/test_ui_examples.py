"""Example questions come from a document's own headings and captions."""

from dataclasses import replace

from ui_samples import document

from core.records import Block, BlockKind
from ui.examples import example_questions


def test_headings_and_captions_make_questions():
    assert example_questions([document()]) == ("What is said about habits?", "What are the prey?")


def test_headings_without_text_of_their_own_and_long_captions_are_passed_over():
    plain = document()
    lonely = Block(BlockKind.HEADING, 0, 9, 1, ("On Herons",), level=1)
    long_table = replace(plain.blocks[3], label="Table 2: " + "word " * 12)
    assert example_questions([replace(plain, blocks=(lonely, long_table))]) == ()


def test_a_question_that_two_documents_share_is_offered_once():
    found = example_questions([document(), document("b")], most=3)
    assert found == ("What is said about habits?", "What are the prey?")
