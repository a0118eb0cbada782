"""What stands before a marker is its quote and nothing else, and its page is that of the quote."""

from dataclasses import replace

import pytest

from answer.compose import cite, write_quotes
from answer.evidence import Evidence
from answer.sources.finding import SourceIndex
from answer.sources.works import list_works
from core.records import Answer, Citation, Document, NoteRef
from eval.metrics import attribution
from tests.unit.answer_fakes import FakeIndex

TEXT = "Carp live in the pond.3 They eat maize [1]. Pike eat carp."
DOCUMENTS = {"d": Document("d", "D", (), "d.txt", TEXT, ((0, 4), (40, 5)), (), (NoteRef("3", 22, 23),), "0")}
CARP, MAIZE, PIKE = "Carp live in the pond.3", "They eat maize [1].", "Pike eat carp."


def cited(quote: str, marker: int) -> Citation:
    start = TEXT.index(quote)
    return Citation(marker, "d", (), DOCUMENTS["d"].page_at(start), quote, start, start + len(quote), "p")


def score(text: str, *citations: Citation) -> float | None:
    return attribution(Answer("?", text, citations, False, "", 0.5, ()), DOCUMENTS)


def test_what_the_program_writes_is_attributed_and_raised_markers_are_plain_figures():
    citations = (cited(CARP, 1), cited(MAIZE, 2), cited(PIKE, 3))
    text = write_quotes(citations, DOCUMENTS)
    assert text == "Carp live in the pond.³ [1] They eat maize [1]. [2] Pike eat carp. [3]"
    assert score(text, *citations) == 1.0
    assert score(f"{MAIZE} [2] {CARP} [1]", *citations[:2]) == 1.0  # in any order


def test_a_refusal_cites_nothing_and_any_other_answer_must():
    assert attribution(Answer("?", "It does not say.", (), True, "", 0.5, ()), DOCUMENTS) is None
    assert score("") == score(CARP) == 0.0


def test_citations_that_are_swapped_are_not_attributed():
    assert score(f"{CARP} [1] {PIKE} [2]", cited(PIKE, 1), cited(CARP, 2)) == 0.0
    assert score(f"{CARP} [1] {MAIZE} [2] {PIKE} [3]", cited(CARP, 1), cited(PIKE, 2), cited(MAIZE, 3)) == 1 / 3


def test_a_wrong_page_is_not_attributed():
    text = f"{CARP} [1] {PIKE} [2]"
    assert [cited(CARP, 1).page, cited(PIKE, 2).page] == [4, 5]
    assert score(text, replace(cited(CARP, 1), page=5), cited(PIKE, 2)) == 0.5
    assert score(text, cited(CARP, 1), replace(cited(PIKE, 2), page=None)) == 0.5


@pytest.mark.parametrize(
    ("text", "share"),
    [
        (f"As all agree, {CARP} [1] {PIKE} [2]", 1 / 2),
        ("Carp live, unhappily, in the pond.3 [1] Pike eat carp. [2]", 1 / 2),
        ("Carp live in the pond.3 So they swim. [1] Pike eat carp. [2]", 1 / 2),
        (f"{CARP} [1] But {PIKE} [2]", 1 / 2),
        (f"{CARP} [1] {PIKE} [2] They are cruel.", 2 / 3),
        (f"{CARP} [1] {PIKE}", 1 / 3),
        ("Carp live in the. [1] Pike eat carp. [2]", 1 / 2),
        ("pond.3 Carp live in the [1] Pike eat carp. [2]", 1 / 2),
        ("", 0),
    ],
)
def test_words_that_are_not_of_the_quote_are_not_attributed(text, share):
    assert score(text, cited(CARP, 1), cited(PIKE, 2)) == pytest.approx(share)


def test_a_document_that_is_not_known_proves_nothing():
    assert score(f"{CARP} [1]", replace(cited(CARP, 1), document="x")) == 0.0


TABLE = FakeIndex(
    "# Funds\n\n| Name | City | Scale |\n|---|---|---|\n| Kunlun | Bath |  |\n| Elm | Ross | 7 |\n| Oak | Ely | 9 |\n"
)
LINES = next(block.lines for block in TABLE.documents["d0"].blocks if block.lines)


def rows(first: int, last: int) -> tuple[Answer, str]:
    """An answer that quotes some lines of the table, as the program writes it."""
    start, end = LINES[first][0], LINES[last][1]
    quote = TABLE.documents["d0"].text[start:end]
    (hit, *_) = TABLE.hits_in("d0", (start, end))
    citations = cite([Evidence(hit, (start, end), quote)], TABLE.documents)
    text = write_quotes(citations, TABLE.documents)
    return Answer("?", text, citations, False, "", 0.5, ()), text


def test_rows_and_tables_are_attributed_as_the_program_words_them():
    row, text = rows(1, 1)
    assert text == "Name: Kunlun | City: Bath [1]"
    assert attribution(row, TABLE.documents) == 1.0
    assert attribution(replace(row, text=text.replace("City", "Mayor")), TABLE.documents) == 0.0
    table, text = rows(0, 2)
    assert text.endswith("Elm | Ross | 7\n\n… and 1 more in the source [1]")
    assert attribution(table, TABLE.documents) == 1.0
    assert attribution(replace(table, text=text.replace("1 more", "8 more")), TABLE.documents) == 0.0
    whole, text = rows(0, 3)
    assert "more in the source" not in text
    assert attribution(whole, TABLE.documents) == 1.0


WORKS = FakeIndex(
    "# Ponds\n\n## Carp\n\nCarp eat maize (Dorn 1999). Pike eat carp (Bell 2004). Carp are old (Dorn 1999).\n"
)


def works() -> Answer:
    documents = WORKS.documents
    listed = list_works(SourceIndex(WORKS), WORKS)
    return Answer("?", listed.text, cite(listed.quotes, documents), False, "", 0.9, ())


def test_a_list_of_works_is_attributed_where_its_names_and_counts_are_those_of_the_text():
    answer = works()
    assert answer.text.startswith(
        "It cites 2 works in 3 places:\n\nDorn 1999 (2 places, first in Carp) [1]\n\nBell 2004 "
    )
    assert attribution(answer, WORKS.documents) == 1.0


def test_a_work_is_listed_with_the_page_of_its_name_and_cited_with_that_of_its_sentence():
    (document,) = WORKS.documents.values()
    (first, *_) = document.cited
    paged = FakeIndex.of(replace(document, page_marks=((0, 4), (first.start, 5))))
    listed = list_works(SourceIndex(paged), paged)
    citations = cite(listed.quotes, paged.documents)
    assert (citations[0].page, "first on p. 5" in listed.text) == (4, True)
    answer = Answer("?", listed.text, citations, False, "", 0.9, ())
    assert attribution(answer, paged.documents) == 1.0
    assert attribution(replace(answer, text=answer.text.replace("p. 5", "p. 6", 1)), paged.documents) == 0.5


def test_a_list_of_works_is_attributed_where_there_are_thousands_of_places():
    index = FakeIndex("# Ponds\n\n## Carp\n\n" + "Carp eat maize (Dorn 1999). " * 1200 + "\n")
    listed = list_works(SourceIndex(index), index)
    assert listed.text.startswith("It cites 1 work in 1,200 places:\n\nDorn 1999 (1,200 places, first in Carp) [1]")
    answer = Answer("?", listed.text, cite(listed.quotes, index.documents), False, "", 0.9, ())
    assert attribution(answer, index.documents) == 1.0


@pytest.mark.parametrize(
    ("said", "instead", "share"),
    [
        ("(2 places", "(4 places", 1 / 2),
        ("Dorn 1999", "Dorn 2001", 1 / 2),
        ("first in Carp", "first in Pike", 1 / 2),
        ("2 works", "3 works", 0),
        ("It cites", "It admires and cites", 0),
        ("every place.", "every place. Dorn is best.", 2 / 3),
    ],
)
def test_a_list_of_works_that_says_more_than_the_text_is_not(said, instead, share):
    answer = works()
    assert said in answer.text
    spoilt = replace(answer, text=answer.text.replace(said, instead, 1))
    assert attribution(spoilt, WORKS.documents) == pytest.approx(share)
