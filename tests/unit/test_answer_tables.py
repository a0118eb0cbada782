import dataclasses

from answer.compose import cite, write_quotes
from answer.evidence import Evidence
from answer.features import FEATURES
from answer.question import read_question
from answer.tables.answering import whole_table
from answer.tables.whole import MOST_WORDS
from core.records import Block, BlockKind, Document, Passage, PassageKind
from tests.unit.answer_fakes import hit

CAPTION = "Table 1: Fish"
ASKED = read_question("What do fish eat?")


def table(rows: int) -> Document:
    lines = ["Fish\tPrey", *(f"Pike{i}\tsmall carp" for i in range(rows)), "Source: own."]
    text = "\n".join([CAPTION, *lines])
    spans = []
    for line in lines:
        start = text.index(line, spans[-1][1] if spans else len(CAPTION))
        spans.append((start, start + len(line)))
    block = Block(BlockKind.TABLE, 0, len(text), 3, (), 0, CAPTION, tuple(spans), ("Fish", "Prey"))
    return Document("d", "D", (), "d", text, ((0, 3),), (block,), (), "0")


def caption(document: Document, end: int = len(CAPTION)) -> Evidence:
    text = document.text[:end]
    passage = Passage("d#0", "d", text, 0, end, 3, (), PassageKind.TABLE, ((0, end),))
    return Evidence(hit(passage), (0, end), text, 1.0, (0.0,) * len(FEATURES))


def test_a_caption_is_widened_to_the_rows_and_still_a_literal_quote():
    document = table(2)
    found = whole_table([caption(document)], ASKED, {"d": document})
    (citation,) = cite([found], {"d": document})
    assert citation.quote == "Table 1: Fish\nFish\tPrey\nPike0\tsmall carp\nPike1\tsmall carp"
    assert write_quotes([citation], {"d": document}).split("\n\n")[1:3] == ["Fish | Prey", "Pike0 | small carp"]


def test_a_long_table_is_cut_after_a_row():
    document = table(200)
    found = whole_table([caption(document)], ASKED, {"d": document})
    assert MOST_WORDS - 3 <= len(found.text.split()) <= MOST_WORDS
    assert found.text.endswith("small carp")
    (citation,) = cite([found], {"d": document})
    shown = len(found.text.split("\n")) - 2
    assert write_quotes([citation], {"d": document}).endswith(f"… and {200 - shown} more in the source [1]")


def test_what_is_no_caption_stays_as_it_is():
    document = table(2)
    assert whole_table([caption(document, len(CAPTION) - 1)], ASKED, {"d": document}) is None


def test_a_caption_beside_another_quote_stays_a_caption():
    document = table(2)
    start = document.text.index("Pike0")
    row = dataclasses.replace(caption(document), span=(start, start + 5), text="Pike0")
    assert whole_table([caption(document), row], ASKED, {"d": document}) is None
    asked = read_question("Show the whole table of fish.")
    assert whole_table([caption(document), row], asked, {"d": document}).text.count("\n") == 3
