"""Sections that a word and a number name, however the number is written, and one inside another."""

import pytest

from answer.outline import find_section, section_mentioned
from answer.requests import summary_request
from ingest import Metadata, build_document, parse_text

BODY = (
    "The pond is fed by a spring that never dries, and the keepers say that it has been so since the mill was built.\n"
)
TEXT = (
    f"Rules of the Pond\n\nPreamble\n\n{BODY}\nArticle I\n\nSection 1\n\nIn the first place it is deep. {BODY}\n"
    f"Section 2\n\nIt is wide. {BODY}\nArticle II\n\nSection 1\n\nIt is cold. {BODY}\nSection 2\n\nIt is old. {BODY}\n"
    f"Amendment XIX\n\nNobody shall fish at night. {BODY}\nAnnex B\n\nThere are two boats. {BODY}"
)
DOC = build_document(parse_text(TEXT), document_id="d", source="d.txt", metadata=Metadata(), content_hash="0")


def found(question: str) -> str:
    mention = section_mentioned(question)
    assert mention
    section = find_section(mention, [DOC], lambda text, others: [0.0] * len(others))
    return DOC.text[slice(*section.span)].split(".")[0].split("\n")[-1] if section else ""


@pytest.mark.parametrize(
    ("question", "opens"),
    [
        ("What does Amendment XIX say?", "Nobody shall fish at night"),
        ("What does amendment 19 say?", "Nobody shall fish at night"),
        ("What does the Nineteenth Amendment say?", "Nobody shall fish at night"),
        ("What does the 19th amendment say?", "Nobody shall fish at night"),
        ("What does Annex B say?", "There are two boats"),
        ("What is section 2 of Article II about?", "It is old"),
        ("What does section 1 of the second article say?", "It is cold"),
        ("What does Article one say?", "In the first place it is deep"),
        ("What does Article V say?", ""),
        ("What does section 3 of Article I say?", ""),
    ],
)
def test_a_section_is_found_by_its_word_and_number(question, opens):
    assert found(question) == opens
    assert summary_request(question)


@pytest.mark.parametrize("question", ["Who wrote the second book?", "When was Article I adopted?"])
def test_what_asks_for_something_of_it_is_no_request_for_it(question):
    assert summary_request(question) is None
