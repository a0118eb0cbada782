"""An answer as it is pasted elsewhere: without markers, with quotation marks and citations."""

from dataclasses import replace

import pytest
from ui_samples import answer, document, find

from core.citing.styles import Style
from core.records import Citation, CitedSource, Ruled, Voice
from ui.copying import cited_text, plain_text

DOCUMENTS = {"herons": replace(document(), date="2020")}


def test_plain_text_has_neither_markers_nor_the_markers_of_notes():
    assert plain_text(answer(), DOCUMENTS) == "Herons <b>wait</b>. They strike & eat."


@pytest.mark.parametrize(
    ("style", "text"),
    [
        (
            Style.APA,
            "“Herons <b>wait</b>.” (Fowler, 2020, p. 1) “They strike & eat.” (Fowler, 2020, p. 2)\n\n"
            "Fowler, A. (2020). On Herons.",
        ),
        (
            Style.CHICAGO,
            "“Herons <b>wait</b>.” (Fowler 2020, 1) “They strike & eat.” (Fowler 2020, 2)\n\n"
            "Fowler, Ada. 2020. On Herons.",
        ),
        (
            Style.MLA,
            "“Herons <b>wait</b>.” (Fowler 1) “They strike & eat.” (Fowler 2)\n\nFowler, Ada. On Herons. 2020.",
        ),
    ],
)
def test_each_quote_is_cited_with_its_page_and_the_work_stands_below(style, text):
    assert cited_text(answer(), DOCUMENTS, style) == text


def test_bibtex_has_its_command_in_the_text_and_one_entry():
    text = cited_text(answer(), DOCUMENTS, Style.BIBTEX)
    assert r"“They strike & eat.” \autocite[2]{fowler2020herons}" in text
    assert text.count("@") == 1


def test_what_leads_a_quote_stays_outside_its_quotation_marks():
    said = replace(answer(), text=f"Yes. {answer().text}", verdict=Ruled.YES)
    assert cited_text(said, DOCUMENTS, Style.MLA).startswith("Yes. “Herons <b>wait</b>.” (Fowler 1)")


def test_what_a_quote_reports_is_cited_as_found_in_the_document():
    start, end = find("They strike & eat.")
    cited = CitedSource(("Bell",), "1999", "", "Bell 1999", start, end, (start, end))
    reporting = replace(answer().citations[1], voice=Voice("reported", ("Bell 1999",)))
    said = replace(answer(), citations=(answer().citations[0], reporting))
    text = cited_text(said, {"herons": replace(DOCUMENTS["herons"], cited=(cited,))}, Style.APA)
    assert "“They strike & eat.” (Bell, 1999, as cited in Fowler, 2020, p. 2)" in text


def test_a_row_of_a_table_is_cited_as_it_is_shown():
    row = Citation(1, "herons", ("HABITS",), 2, "1\tfrog", 0, 6, "herons:0")
    said = replace(answer(), text="No.: 1 | Prey: frog [1]", citations=(row,))
    assert cited_text(said, DOCUMENTS, Style.MLA).startswith("No.: 1 | Prey: frog (Fowler 2)")


def test_a_quote_whose_document_is_gone_keeps_its_words():
    assert cited_text(answer(), {}, Style.APA) == "Herons <b>wait</b>.¹ They strike & eat."
