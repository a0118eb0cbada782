"""Secondary citations, worked out by hand from the manuals."""

import pytest

from core.citing.secondary import write_secondary
from core.citing.styles import Style
from core.records import CitedSource, Document, Publication, Reference

KOSTKA = Document(
    "k", "A Rising Power", ("Genia Kostka",), "k.txt", "", (), (), (), "ab12", "2023", Publication(type="chapter")
)


def cited(*authors: str, year: str = "2021", et_al: bool = False, reference: int | None = None) -> CitedSource:
    return CitedSource(authors, year, "109", "raw", 0, 1, (0, 1), et_al=et_al, reference=reference)


@pytest.mark.parametrize(
    ("style", "text"),
    [
        (Style.APA, "(Naughton, 2021, as cited in Kostka, 2023, p. 3)"),
        (Style.CHICAGO, "(Naughton 2021, cited in Kostka 2023, 3)"),
        (Style.CHICAGO_17, "(Naughton 2021, cited in Kostka 2023, 3)"),
        (Style.MLA, "(Naughton qtd. in Kostka 3)"),
    ],
)
def test_one_work(style, text):
    assert write_secondary(KOSTKA, 3, style, works=[cited("Naughton")]) == text


def test_the_example_of_the_apa_manual():
    lyon = Document("l", "T", ("Ann Lyon", "Bo Ash", "Cy Elm"), "l", "", (), (), (), "ab", "2014")
    text = write_secondary(lyon, None, Style.APA, works=[cited("Rabbitt", year="1982")])
    assert text == "(Rabbitt, 1982, as cited in Lyon et al., 2014)"


def test_chicago_says_quoted_in_of_words_that_are_taken_over():
    assert write_secondary(KOSTKA, 3, Style.CHICAGO, works=[cited("Feng")], quoted=True) == (
        "(Feng 2021, quoted in Kostka 2023, 3)"
    )


@pytest.mark.parametrize(
    ("names", "apa", "chicago", "chicago_17"),
    [
        (("Li", "O’Brien"), "Li & O’Brien, 2021", "Li and O’Brien 2021", "Li and O’Brien 2021"),
        (("Li", "Ash", "Elm"), "Li et al., 2021", "Li et al. 2021", "Li, Ash, and Elm 2021"),
    ],
)
def test_several_authors(names, apa, chicago, chicago_17):
    for style, name in ((Style.APA, apa), (Style.CHICAGO, chicago), (Style.CHICAGO_17, chicago_17)):
        assert write_secondary(KOSTKA, None, style, works=[cited(*names)]).startswith(f"({name}, ")


def test_several_works_an_unknown_year_and_the_number_of_an_entry():
    document = Document(
        "d", "On Dams: A View", (), "d", "", (), (), (), "ab", references=(Reference(("Elm",), "1999", "T", 0, 1, "7"),)
    )
    works = [cited("Li", et_al=True), cited("Ash", year=""), cited(year="", reference=0), cited("Ash", year="")]
    assert write_secondary(document, "104, 106", Style.APA, works=works) == (
        "(Li et al., 2021; Ash; Elm, 1999, as cited in On Dams, n.d., pp. 104, 106)"
    )


def test_a_speaker_without_a_work_and_nobody():
    assert write_secondary(KOSTKA, 3, Style.APA, speakers=["Xi Lan"]) == "(Xi Lan, as cited in Kostka, 2023, p. 3)"
    assert write_secondary(KOSTKA, 3, Style.APA) == ""


@pytest.mark.parametrize(
    ("page", "note"),
    [(3, "cited on p. 3"), ("3, 7", "cited on pp. 3, 7"), ("3-7", "cited on pp. 3--7"), (None, "cited there")],
)
def test_bibtex_is_the_entry_of_the_work_that_was_read_with_a_note(page, note):
    assert write_secondary(KOSTKA, page, Style.BIBTEX, works=[cited("Naughton & Co")]).splitlines() == [
        "@incollection{kostka2023rising,",
        "  author = {Kostka, Genia},",
        "  title = {{A Rising Power}},",
        "  date = {2023},",
        f"  note = {{Naughton \\& Co 2021, {note}}},",
        "}",
    ]


@pytest.mark.parametrize("style", list(Style))
def test_an_entry_without_author_and_title_is_named_as_it_is_cited(style):
    document = Document(
        "d",
        "On Dams",
        ("Bo Ash",),
        "d",
        "",
        (),
        (),
        (),
        "ab",
        "2020",
        references=(Reference((), "1999", "", 0, 1, "7"),),
    )
    assert "raw" in write_secondary(document, 3, style, works=[cited(year="", reference=0)])
