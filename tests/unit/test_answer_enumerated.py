"""Lists told over several sentences: what belongs to the sentence that announces them."""

import pytest
from answer_fakes import FakeIndex

from answer.enumerated import announced
from answer.evidence import Evidence
from answer.features import FEATURES
from answer.nearby import behind
from answer.select import MOST_ITEMS, select_quotes


def evidence(text: str) -> list[Evidence]:
    """The sentences of a document, the first best."""
    index = FakeIndex(text)
    return [
        Evidence(hit, span, index.documents["d0"].text[slice(*span)], -5.0 * n, (0.0,) * len(FEATURES))
        for hit in index.hits_in("d0", (0, 10_000))
        for n, span in enumerate(hit.passage.sentences)
    ]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("At risk are:\n\n- the old;\n\n- the young;\n\n- the ill.\n\nBread is dear.", [1, 2, 3]),
        ("To bake:\n\n1. Mix it.\n\n2. Wait.\n\nBread is dear.", [1, 2]),
        ("We took three steps.\n\nDig the pond.\n\nSow the field.\n\nReap it.\n\nBread is dear. It is.", [1, 2, 3]),
        ("There are two flags. A red flag is for fire. A blue flag is for flood. A red flag flies at noon.", [1, 2]),
        ("It had three boats. The Anna sank. The Berta burned. She was old. The Cora was sold.\n\nBread.", [1, 2, 4]),
        ("Guests first sign the book. They then get a key. Finally they pay. Bread is dear.", [1, 2]),
        ("In three days we want two things. We will dig. And we will sow. We will see.", [1, 2]),
        ("The day has an order. Tools are first counted. Each man then digs. Bread is dear.", [1, 2]),
        ("Three rules hold. First, dig. Secondly, sow. It is dear. Lastly, reap. Bread is dear.", [1, 2, 4]),
        ("First, mix it. Salt keeps it. Then bake it. Bread is dear.", [1, 2]),
    ],
)
def test_what_is_announced_is_found(text, told):
    found = evidence(text)
    assert announced(found[0], behind(found[0], found)) == [found[n] for n in told]


@pytest.mark.parametrize(
    "text",
    [
        "There are two flags. A red flag is for fire. Bread is dear. It is.",
        "It had three boats. The Anna sank. Bread was dear.",
        "It was the first mill. Then it burned.",
        "We took three steps.\n\nDig the pond. It is deep.\n\nSow it.\n\nReap it.",
        f"Then run this:\n\nponds = [{'pond(deep = 3), ' * 20}]",
    ],
)
def test_in_doubt_nothing_is_announced(text):
    first, *rest = evidence(text)
    assert not announced(first, behind(first, rest))


def test_of_a_list_more_may_be_quoted_than_else_and_not_too_many():
    items = "\n\n".join(f"- item {n};" for n in range(14))
    found = evidence(f"These are:\n\n{items}")
    assert len(select_quotes(found)) == 4
    assert len(select_quotes(found, whole_lists=True)) == MOST_ITEMS
