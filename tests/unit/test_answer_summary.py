"""Summaries of whole texts, sections and topics, over an index whose vectors are the terms of each sentence."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from answer import Answerer
from answer.central import centrality, next_best
from answer.evidence import Evidence
from answer.outline import Mention, find_section, outline, section_mentioned
from answer.requests import Focus, Request, summary_request
from answer.summary import MOST_OF_SECTION, MOST_WORDS, requested_section, sum_up, sum_up_topic
from core.settings import Settings
from tests.unit.answer_fakes import FakeIndex, Indifferent, plain_model

FERRIES = """# Ferries of the Sound

This paper asks why ferries last. I argue that ferries last where villages own the ferries.

## Money and tickets

Tickets pay for half of the ferries. They were dear in winter. For example, Anna Bell paid nine crowns.

The county pays for the other half of the ferries. Tickets and the county pay for ferries together.

## Crews

Crews come from the villages. Old sailors train the crews of the villages. In sum, villages make the crews.

## Conclusion

Villages own the ferries and the ferries last. The paper showed that owning matters more than money.
"""


def quotes(question, *texts):
    return [c.quote for c in ask(question, *texts).citations]


def ask(question, *texts, bias=2.0):
    return Answerer(FakeIndex(*(texts or [FERRIES])), Settings(), plain_model(bias), Indifferent()).ask(question)


@pytest.mark.parametrize(
    ("question", "topic", "how", "value"),
    [
        ("What is the main argument?", "", None, None),
        ("What is the author's main thesis?", "", None, None),
        ("Give me an overview of the report.", "", None, None),
        ("What are the key findings?", "", None, None),
        ("What is this paper about?", "", None, None),
        ("Summarise the document in three sentences.", "", None, None),
        ("What does the paper conclude?", "", "closes", "conclusion"),
        ("What does section 3.1 say?", "", "number", "3.1"),
        ("Can you summarise the last section?", "", "place", "last"),
        ("What does the introduction say?", "", "opens", "introduction"),
        ("What is the gist of the section on crews?", "", "name", "crews"),
        ("What is on page 12?", "", "page", "12"),
        ("What does p. xii say about crews?", "crews", "page", "xii"),
        ("What is discussed in the Crews section?", "", "title", "Crews"),
        ("What does ‘Crews’ say?", "", "quoted", "Crews"),
        ("What does the section 'Crews' argue?", "", "quoted", "Crews"),
        ("What does the chapter 'The ferry's crews' conclude?", "", "quoted", "The ferry's crews"),
        ("What does the second section say about tickets?", "tickets", "place", "second"),
        ("In short, how did the ferry fare?", "how did the ferry fare", None, None),
        ("How did the ferry fare, in a nutshell?", "How did the ferry fare?", None, None),
        ("What does it say in sum about crews?", "What does it say about crews", None, None),
        ("Give me an overview of the crews.", "the crews", None, None),
        ("What does the paper conclude about crews?", "crews", None, None),
        ("Please summarise the history of the ferry", "the history of the ferry", None, None),
    ],
)
def test_a_request_says_what_is_to_be_summed_up(question, topic, how, value):
    request = summary_request(question)
    assert request.topic.rstrip("?") == topic.rstrip("?")
    assert (request.mention.how if request.mention else None) == how
    assert (request.mention.value if request.mention else None) == value


@pytest.mark.parametrize(
    "question",
    [
        "What is in short supply?",
        "What does the introduction of quotas mean for fishers?",
        "How many ferries are named in section 3?",
        "Who wrote the conclusion?",
        "What is the second part of the plan?",
        "What does the author argue about carp?",
        "What part of the crew paid?",
        "What does the text say about ponds?",
        "What is the main problem of the ferries?",
    ],
)
def test_what_asks_for_something_else_is_no_request(question):
    assert summary_request(question) is None


def test_the_focus_is_what_the_words_ask_for():
    assert summary_request("What is the main claim?").focus is Focus.ARGUMENT
    assert summary_request("What are the main results?").focus is Focus.FINDINGS
    assert summary_request("Give me a summary").focus is Focus.ALL


def test_an_outline_has_the_text_before_the_first_heading_and_a_section_with_all_beneath_it():
    text = "# T\n\nBefore all.\n\n## 1 One\n\nFirst.\n\n### 1.1 Deep\n\nDeeper.\n\n## 2 Two\n\nSecond.\n"
    (document,) = FakeIndex(text).documents.values()
    found = outline(document)
    assert [(s.heading, s.number) for s in found] == [("", ""), ("1 One", "1"), ("1.1 Deep", "1.1"), ("2 Two", "2")]
    assert document.text[slice(*found[1].span)].split() == ["First.", "1.1", "Deep", "Deeper."]


@pytest.mark.parametrize(
    ("question", "heading"),
    [
        ("What does the section on tickets say?", "Money and tickets"),
        ("What does the section on tikets say?", "Money and tickets"),
        ("What does the Crews section say?", "Crews"),
        ("What does section 2 say?", "Crews"),
        ("What does section two say?", "Crews"),
        ("What does the first section say?", "Money and tickets"),
        ("What does the last section say?", "Conclusion"),
        ("What does the conclusion say?", "Conclusion"),
        ("What does the introduction say?", ""),
        ("What does the section on owls say?", None),
        ("What does section 9 say?", None),
    ],
)
def test_a_section_is_found_by_its_heading_number_or_place(question, heading):
    index = FakeIndex(FERRIES)
    section = find_section(
        section_mentioned(question), index.documents.values(), lambda query, texts: [0.0] * len(texts)
    )
    assert (section.heading if section else None) == heading


def test_a_section_is_found_by_meaning_where_no_heading_has_the_words_and_one_is_far_nearer_than_the_others():
    documents = FakeIndex(FERRIES).documents
    mention = Mention("the section on fares", "name", "fares")
    near = {"Money and tickets": 0.6, "Crews": 0.2, "Conclusion": 0.1}
    assert (
        find_section(mention, documents.values(), lambda q, texts: [near[t] for t in texts]).heading
        == "Money and tickets"
    )
    near["Crews"] = 0.58
    assert find_section(mention, documents.values(), lambda q, texts: [near[t] for t in texts]) is None


def test_the_introduction_of_several_documents_is_none():
    index = FakeIndex(FERRIES, FERRIES)
    assert requested_section(Request(mention=Mention("the introduction", "opens", "introduction")), index) is None


def test_centrality_is_the_cosine_with_the_mean():
    # The mean of (1, 0), (1, 0) and (0, 1) is (2/3, 1/3), of length sqrt(5) / 3.
    vectors = np.array([[1, 0], [1, 0], [0, 1]], dtype=np.float32)
    assert centrality(vectors) == pytest.approx([2 / math.sqrt(5), 2 / math.sqrt(5), 1 / math.sqrt(5)], abs=1e-6)
    assert centrality(vectors[:0]) == []


def test_what_says_a_thing_again_gives_way_to_what_is_new():
    # Behind 0, sentence 1 says it again: 0.7 * 0.9 - 0.3 * 1 = 0.33; sentence 2 is new: 0.7 * 0.6 = 0.42.
    vectors = np.array([[1, 0], [1, 0], [0, 1]], dtype=np.float32)
    worth = [1.0, 0.9, 0.6]
    assert next_best(worth, vectors, [], [0, 1, 2]) == 0
    assert next_best(worth, vectors, [0], [1, 2]) == 2
    assert next_best([0.5, 0.5], vectors, [], [0, 1]) == 0


def test_a_section_is_summed_up_by_its_own_sentences_in_the_order_of_the_text():
    # Half of five sentences are two. With 0.08 for opening a paragraph, the first and the fourth are worth 0.88, the
    # last 0.77; of the heading's two words the first and the last have one: 0.3 / 2 more. So the first is chosen.
    # Beside it the last gains 0.7 * 0.92 - 0.3 * 3 / (2 * sqrt(5)) = 0.44, the fourth 0.7 * 0.88 - 0.3 * 3/4 = 0.39.
    assert quotes("What does the section on tickets say?") == [
        "Tickets pay for half of the ferries.",
        "Tickets and the county pay for ferries together.",
    ]


def test_the_end_of_a_section_answers_what_it_concludes():
    said = "Crews want coin. Coin feeds crews.\n\nCrews love coin. Crews save coin. Coin harms owls."
    assert "Coin harms owls." in quotes("What does the section on pay conclude?", f"# Sound\n\n## Pay\n\n{said}\n")


def test_what_sums_up_is_taken():
    assert "In sum, villages make the crews." in quotes("Summarise the Crews section.")


def test_the_argument_of_a_text_is_where_its_author_argues():
    found = quotes("What is the main argument?")
    assert "I argue that ferries last where villages own the ferries." in found
    assert "The paper showed that owning matters more than money." in found


def test_a_sentence_that_points_back_comes_with_what_it_points_to_or_not_at_all():
    text = "# Carp\n\n## Food\n\nCarp eat maize. They eat maize, worms and carp. Pikes do not.\n"
    for question in ("Summarise the Food section.", "Give me an overview of the maize."):
        found = quotes(question, text)
        if "They eat maize, worms and carp." in found:
            assert found[found.index("They eat maize, worms and carp.") - 1] == "Carp eat maize."


def test_what_a_text_concludes_stands_in_its_conclusion():
    assert all(c.section == ("Conclusion",) for c in ask("What does the paper conclude?").citations)


def test_a_year_is_no_number_of_a_section():
    (document,) = FakeIndex("# 2019 results\n\nCarp grew.\n\n# Outlook\n\nPike grew.\n").documents.values()
    assert [section.number for section in outline(document)] == ["", ""]


def test_a_section_that_is_not_there_is_refused_by_its_number():
    answer = ask("What does section 9 say?")
    assert answer.refused
    assert answer.citations == ()
    assert answer.text == "The document does not say. It has no section 9."


def test_a_page_is_summed_up_by_what_stands_on_it():
    pages = FERRIES.replace("\n## Crews", "\f\n## Crews").replace("\n## Conclusion", "\f\n## Conclusion")
    assert quotes("What is on page 2?", pages) == [
        "Crews come from the villages.",
        "In sum, villages make the crews.",
    ]
    assert ask("Summarise page 7.", pages).reason == "It has no page 7."


def test_a_topic_that_is_not_there_is_refused_as_any_question():
    answer = ask("Give me an overview of the owls.", bias=-9.0)
    assert answer.refused
    assert "‘owls’" in answer.reason


def test_a_topic_is_summed_up_from_where_it_is_spoken_of():
    found = quotes("Give me an overview of the crews.")
    assert "Crews come from the villages." in found
    assert len(found) >= 2


def test_how_a_thing_ended_is_told_by_what_comes_of_it_further_on():
    text = (
        "# Mills\n\nThe Orrin mill was bought by Anna Bell of Leeds. The Orrin mill of Anna Bell had nine wheels. "
        "The Orrin mill of Anna Bell had red doors. The Orrin mill of Anna Bell failed at last.\n"
    )
    found = quotes("In short, how did the Orrin mill bought by Bell of Leeds fare?", text)
    assert found[0].startswith("The Orrin mill was bought")
    assert "The Orrin mill of Anna Bell failed at last." in found


WORDS = st.lists(st.sampled_from("carp pond reed frog heron it mill".split()), min_size=1, max_size=60)
PARAGRAPHS = st.lists(st.lists(WORDS, min_size=1, max_size=6), min_size=1, max_size=4)


def _text(paragraphs):
    body = "\n\n".join(" ".join(" ".join(words).capitalize() + "." for words in p) for p in paragraphs)
    return f"# T\n\n## Pond\n\n{body}\n"


@given(PARAGRAPHS)
def test_every_summary_is_literal_in_order_and_within_its_limits(paragraphs):
    index = FakeIndex(_text(paragraphs))
    section, whole = summary_request("Summarise the Pond section."), summary_request("What is the main argument?")
    hits = index.search("carp", top=20)
    evidence = [
        Evidence(h, span, index.documents["d0"].text[slice(*span)], 1.0, ())
        for h in hits
        for span in h.passage.sentences
    ]
    for found in (
        sum_up(section, requested_section(section, index), index)[0],
        sum_up(whole, None, index)[0],
        sum_up_topic("carp", evidence, index),
    ):
        assert all(index.documents["d0"].text[slice(*e.span)] == e.text for e in found)
        assert [e.span for e in found] == sorted({e.span for e in found})
        assert len(found) <= MOST_OF_SECTION
        assert len(found) == 1 or sum(len(e.text.split()) for e in found) <= MOST_WORDS
