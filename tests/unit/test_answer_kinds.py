"""Does a sentence give the kind of thing that a question asks for?"""

import pytest

from answer.kinds import gives_kind
from answer.question import AnswerType, read_question


@pytest.mark.parametrize(
    ("question", "gives", "lacks"),
    [
        ("How many mills did Bell own?", "Bell owned nine mills.", "Bell owned a mill."),
        ("How much did the bridge cost?", "It cost 9 million euros.", "The 9 arches of the bridge were rebuilt."),
        ("In what year did Bell wed?", "Bell wed in 1904.", "Bell wed Ann Rudd."),
        ("When was the mill sold?", "The mill was sold after the flood.", "The mill was sold to Bell."),
        ("Who sold the mill?", "The mill was sold by Ann Rudd.", "It was sold again in spring."),
        ("Where was the talk given?", "The talk was given in York.", "The talk was given twice."),
        ("What is the name of the boat?", "The boat is called ‘Heron’.", "The boat is old and slow."),
        ("Why did Bell leave?", "Bell left because of the flood.", "Bell left the town and the mill."),
    ],
)
def test_a_sentence_gives_the_kind_of_thing_or_lacks_it(question, gives, lacks):
    said = gives_kind(read_question(question), ())
    assert said is not None
    assert said(gives, False)
    assert not said(lacks, False)


@pytest.mark.parametrize(
    "question",
    [
        "Who had to resign in 1994?",
        "Who may have written it?",
        "Who was admitted to the guild?",
        "Who hired a man who must sign?",
    ],
)
def test_who_did_something_asks_for_a_name(question):
    said = gives_kind(read_question(question), ())
    assert said is not None
    assert said("It was Ann Rudd.", False)
    assert not said("It was raining.", False)


def test_a_row_gives_any_number_that_the_question_has_not():
    said = gives_kind(read_question("How many boats did Ash have in 1904?"), ())
    assert said is not None
    assert said("Ash\t1904\t17", True)
    assert not said("Ash\t1904", True)


@pytest.mark.parametrize(
    "question",
    [
        "What did Bell find?",
        "Who was older, Bell or Rudd?",
        "How does Bell find out how much to pay?",
        "Who must sign the book?",
        "Who is not permitted to fish?",
        "At night, who may fish?",
    ],
)
def test_what_may_be_answered_by_anything_is_left_alone(question):
    assert gives_kind(read_question(question), ()) is None


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("How did guests who had no coat keep warm?", AnswerType.OTHER),
        ("What happened when the mill burned?", AnswerType.OTHER),
        ("Was the hall where they met ever sold?", AnswerType.OTHER),
        ("From which town came the smith whose son drowned?", AnswerType.PLACE),
        ("Who ran the mill when it burned?", AnswerType.PERSON),
        ("What was sold, and by whom?", AnswerType.PERSON),
        ("Does it say who sold the mill?", AnswerType.PERSON),
        ("Can you tell me when the mill burned?", AnswerType.DATE),
        ("Does the text mention where it stood?", AnswerType.PLACE),
        ("What does it say about when it was sold?", AnswerType.DATE),
        ("In 1904, who ran the mill?", AnswerType.PERSON),
        ("When was it sold?", AnswerType.DATE),
    ],
)
def test_a_word_that_points_back_asks_nothing(question, kind):
    assert read_question(question).answer_type is kind
