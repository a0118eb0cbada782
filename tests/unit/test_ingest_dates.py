"""The date of a document: what its title page prints, before what the file says, and never what a program made up."""

import docx
import pytest

from ingest.dates import imprint_year, printed_date
from ingest.pdf.metadata import sensible_metadata
from tests.unit.markup_samples import para, read, word
from tests.unit.test_ingest_layout import document, paragraph


@pytest.mark.parametrize(
    ("line", "date"),
    [
        ("2019", "2019"),
        ("(2019)", "2019"),
        ("Published in 2019.", "2019"),
        ("30 April 2024", "2024-04-30"),
        ("April 30th, 2024", "2024-04-30"),
        ("1st of Sept. 2024", "2024-09-01"),
        ("30. 4. 2024", "2024-04-30"),
        ("2024-04-30", "2024-04-30"),
        ("March 2022", "2022-03"),
        ("Edition 4, March 2022", "2022-03"),
        ("Leeds, 3 May 2022", "2022-05-03"),
        ("Last updated: May 3, 2022", "2022-05-03"),
        ("31 February 2020", "2020"),
        ("Annual Report 2023", ""),
        ("Report on the Ponds, 2023", ""),
        ("Leeds, 3–5 May 2021", ""),
        ("1850–1900", ""),
        ("Received: 3 March 2019", ""),
        ("Room 2019 is shut", ""),
    ],
)
def test_a_line_is_a_date_where_it_says_little_else(line, date):
    assert printed_date(line) == date


@pytest.mark.parametrize(
    ("line", "year"),
    [
        ("© 2009 The Pond Society", "2009"),
        ("Copyright © 2011 by Anna Bell", "2011"),
        ("Pond Studies, Vol. 12, No. 3 (2009)", "2009"),
        ("A. Bell / Pond Studies 38 (2009) 1–12", "2009"),
        ("Pond Studies, 197, March 2009, pp. 1–20", "2009"),
        ("Ponds of the North, 1850–1900", ""),
        ("The flood of 2009", ""),
        ("12 Pond Studies", ""),
    ],
)
def test_a_running_line_gives_the_year_of_an_imprint(line, year):
    assert imprint_year(line) == year


def test_the_printed_date_is_the_documents_whatever_the_title_or_the_file_says():
    doc = document(f"Annual Report 2023\n\nAnna Bell\n\n30 April 2024\n\nINTRODUCTION\n\n{paragraph('The opening')}\n")
    assert (doc.title, doc.date) == ("Annual Report 2023", "2024-04-30")
    core = "<dcterms:created>2020-05-06T10:00:00Z</dcterms:created>"
    body = para("On Ponds", style="Title") + "{}" + para("They are deep and full of fish, as one can see.")
    _, doc = read(word(body.format(para("Edition 4, March 2022", style="Subtitle")), core=core), "a.docx")
    assert (doc.title, doc.date) == ("On Ponds", "2022-03")
    _, doc = read(word(body.format(""), core=core), "a.docx")
    assert doc.date == "2020-05-06"


def test_a_title_that_is_a_year_is_no_date():
    _, doc = read("<h1>1984</h1><p class='date'>8 June 1949</p><p>It was a bright cold day.</p>", "a.html")
    assert (doc.title, doc.date) == ("1984", "1949-06-08")


def test_the_dates_of_templates_are_nobodys(tmp_path):
    made = docx.Document()
    made.core_properties.author = "Anna Bell"
    made.add_paragraph("Some words.")
    made.save(tmp_path / "a.docx")
    _, doc = read((tmp_path / "a.docx").read_bytes(), "a.docx")
    assert (doc.authors, doc.date) == (("Anna Bell",), "")
    assert sensible_metadata({"CreationDate": "D:20000101000000+00'00'"}).date == ""
    assert sensible_metadata({"CreationDate": "D:20000102000000+00'00'"}).date == "2000-01-02"
