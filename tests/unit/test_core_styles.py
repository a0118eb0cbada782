"""Expected strings are worked out by hand from the manuals; where one gives the very example, it is named."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.citing.names import Name, initials, read_name
from core.citing.styles import write_in_text, write_reference
from tests.unit.citing_samples import (
    APA,
    ARTICLE,
    BIBTEX,
    BOOK,
    CHAPTER,
    CHICAGO,
    CHICAGO_17,
    MLA,
    NAMELESS,
    PAGE,
    REPORT,
    THESIS,
    UNKNOWN,
    work,
)

REFERENCES = [
    (
        CHAPTER,
        APA,
        "Kostka, G. (2023). China—A Rising Tech Power? National Ambitions and Local Realities. In A. Fulda & J. Smith "
        "(Eds.), The Oxford Handbook (pp. 104–125). Routledge. https://doi.org/10.4324/97",
    ),
    (
        CHAPTER,
        CHICAGO,
        "Kostka, Genia. 2023. “China—A Rising Tech Power? National Ambitions and Local Realities.” In The Oxford "
        "Handbook, edited by Andreas Fulda and Jo Smith, 104–125. Routledge. https://doi.org/10.4324/97.",
    ),
    (
        CHAPTER,
        CHICAGO_17,
        "Kostka, Genia. 2023. “China—A Rising Tech Power? National Ambitions and Local Realities.” In The Oxford "
        "Handbook, edited by Andreas Fulda and Jo Smith, 104–125. London: Routledge. https://doi.org/10.4324/97.",
    ),
    (
        CHAPTER,
        MLA,
        "Kostka, Genia. “China—A Rising Tech Power? National Ambitions and Local Realities.” The Oxford Handbook, "
        "edited by Andreas Fulda and Jo Smith, Routledge, 2023, pp. 104–25, https://doi.org/10.4324/97.",
    ),
    (
        ARTICLE,
        APA,
        "LeCun, Y., Bengio, Y., & Hinton, G. (2015). Deep Learning. Nature, 521(7553), 436–444. "
        "https://doi.org/10.1038/nature14539",
    ),
    (
        ARTICLE,
        CHICAGO,
        "LeCun, Yann, Yoshua Bengio, and Geoffrey Hinton. 2015. “Deep Learning.” Nature 521 (7553): 436–444. "
        "https://doi.org/10.1038/nature14539.",
    ),
    (
        ARTICLE,
        MLA,
        "LeCun, Yann, et al. “Deep Learning.” Nature, vol. 521, no. 7553, 2015, pp. 436–44, "
        "https://doi.org/10.1038/nature14539.",
    ),
    (BOOK, APA, "Carson, R. (1962). Silent Spring. Houghton Mifflin."),
    (BOOK, CHICAGO, "Carson, Rachel. 1962. Silent Spring. Houghton Mifflin."),
    (BOOK, CHICAGO_17, "Carson, Rachel. 1962. Silent Spring. Boston: Houghton Mifflin."),
    (BOOK, MLA, "Carson, Rachel. Silent Spring. Houghton Mifflin, 1962."),
    # APA names no publisher that is the author; MLA then names the publisher and no author.
    (REPORT, APA, "World Health Organization. (2020). World Health Report. https://who.int/whr"),
    (
        REPORT,
        CHICAGO,
        "World Health Organization. 2020. World Health Report. World Health Organization. https://who.int/whr.",
    ),
    (REPORT, MLA, "World Health Report. World Health Organization, 2020, https://who.int/whr."),
    (THESIS, APA, "Doe, J. (2019). On Things [Thesis, University of Oxford]."),
    (THESIS, CHICAGO, "Doe, Jane. 2019. “On Things.” Thesis, University of Oxford."),
    (THESIS, MLA, "Doe, Jane. On Things. 2019. University of Oxford, thesis."),
    (PAGE, APA, "Doe, J. (2021, May 3). What Is AI? AI Site. https://example.org/ai"),
    (PAGE, CHICAGO, "Doe, Jane. 2021. “What Is AI?” AI Site, May 3, 2021. https://example.org/ai."),
    (PAGE, MLA, "Doe, Jane. “What Is AI?” AI Site, 3 May 2021, https://example.org/ai."),
    (UNKNOWN, APA, "Doe, J. (n.d.). A Lost Paper: Found."),
    (UNKNOWN, CHICAGO, "Doe, Jane. n.d. A Lost Paper: Found."),
    (UNKNOWN, MLA, "Doe, Jane. A Lost Paper: Found."),
    (NAMELESS, APA, "Who Knows? (1999)."),
    (NAMELESS, CHICAGO, "Who Knows? 1999."),
    (NAMELESS, MLA, "Who Knows? 1999."),
]


@pytest.mark.parametrize(("document", "style", "expected"), REFERENCES)
def test_reference(document, style, expected):
    assert write_reference(document, style) == expected


@pytest.mark.parametrize(
    ("document", "page", "expected"),
    [
        (CHAPTER, 104, ["(Kostka, 2023, p. 104)", "(Kostka 2023, 104)", "(Kostka 2023, 104)", "(Kostka 104)"]),
        (CHAPTER, None, ["(Kostka, 2023)", "(Kostka 2023)", "(Kostka 2023)", "(Kostka)"]),
        (CHAPTER, "xii", ["(Kostka, 2023, p. xii)", "(Kostka 2023, xii)", "(Kostka 2023, xii)", "(Kostka xii)"]),
        (BOOK, "4-6", ["(Carson, 1962, pp. 4–6)", "(Carson 1962, 4–6)", "(Carson 1962, 4–6)", "(Carson 4–6)"]),
        (
            ARTICLE,
            436,
            [
                "(LeCun et al., 2015, p. 436)",
                "(LeCun et al. 2015, 436)",
                "(LeCun, Bengio, and Hinton 2015, 436)",
                "(LeCun et al. 436)",
            ],
        ),
        (UNKNOWN, 2, ["(Doe, n.d., p. 2)", "(Doe, n.d., 2)", "(Doe, n.d., 2)", "(Doe 2)"]),
        (NAMELESS, 2, ["(Who Knows?, 1999, p. 2)", "(Who Knows? 1999, 2)", "(Who Knows? 1999, 2)", "(Who Knows? 2)"]),
        (
            REPORT,
            7,
            [
                "(World Health Organization, 2020, p. 7)",
                "(World Health Organization 2020, 7)",
                "(World Health Organization 2020, 7)",
                "(World Health Report 7)",
            ],
        ),
    ],
)
def test_in_text(document, page, expected):
    assert [write_in_text(document, page, style) for style in (APA, CHICAGO, CHICAGO_17, MLA)] == expected


def test_a_piece_without_author_is_cited_by_its_short_title_in_quotation_marks():
    article = work("Rivers of Gold: A History", (), "2001", type="article", container="Past", pages="5")
    assert write_in_text(article, 5, APA) == "(“Rivers of Gold,” 2001, p. 5)"
    assert write_in_text(article, 5, MLA) == "(“Rivers of Gold” 5)"
    assert write_reference(article, APA) == "Rivers of Gold: A History. (2001). Past, 5."
    assert write_reference(article, CHICAGO) == "“Rivers of Gold: A History.” 2001. Past, 5."


def test_twenty_authors_are_all_named_in_apa_and_of_more_the_first_nineteen_and_the_last():
    names = [f"Name{letter}, Ann" for letter in "abcdefghijklmnopqrstu"]
    twenty = write_reference(work("T", names[:20], "2020"), APA)
    assert twenty.startswith("Namea, A., Nameb, A., ") and "Names, A., & Namet, A. (2020). T." in twenty
    more = write_reference(work("T", names, "2020"), APA)
    assert more.endswith("Namer, A., Names, A., . . . Nameu, A. (2020). T.") and "Namet" not in more


@pytest.mark.parametrize(
    ("count", "style", "expected"),
    [
        (2, APA, "Na, A., & Nb, A. (2020). T."),
        (2, CHICAGO, "Na, Ann, and Ann Nb. 2020. T."),
        (2, MLA, "Na, Ann, and Ann Nb. T. 2020."),
        (6, CHICAGO, "Na, Ann, Ann Nb, Ann Nc, Ann Nd, Ann Ne, and Ann Nf. 2020. T."),
        (7, CHICAGO, "Na, Ann, Ann Nb, Ann Nc, et al. 2020. T."),
        (10, CHICAGO_17, "Na, Ann, " + "".join(f"Ann N{x}, " for x in "bcdefghi") + "and Ann Nj. 2020. T."),
        (11, CHICAGO_17, "Na, Ann, " + "".join(f"Ann N{x}, " for x in "bcdefg") + "et al. 2020. T."),
        (3, MLA, "Na, Ann, et al. T. 2020."),
    ],
)
def test_number_of_authors(count, style, expected):
    assert write_reference(work("T", [f"N{x}, Ann" for x in "abcdefghijk"[:count]], "2020"), style) == expected


def test_two_authors_in_the_text():
    document = work("T", ["Jan van der Berg", "Martin Luther King, Jr."], "2020")
    assert write_in_text(document, 3, APA) == "(van der Berg & King, 2020, p. 3)"
    assert write_in_text(document, 3, CHICAGO) == "(van der Berg and King 2020, 3)"
    assert write_in_text(document, 3, MLA) == "(van der Berg and King 3)"
    assert write_reference(document, APA) == "van der Berg, J., & King, M. L., Jr. (2020). T."
    assert write_reference(document, CHICAGO) == "van der Berg, Jan, and Martin Luther King Jr. 2020. T."
    assert write_reference(document, MLA) == "van der Berg, Jan, and Martin Luther King, Jr. T. 2020."


def test_two_bodies_are_joined_without_a_comma():  # after an example of APA, chapter 10
    document = work("T", ["Australian Productivity Commission", "New Zealand Productivity Commission"], "2012")
    assert write_reference(document, APA).startswith(
        "Australian Productivity Commission & New Zealand Productivity Commission. (2012)."
    )
    assert write_reference(document, MLA).startswith(
        "Australian Productivity Commission and New Zealand Productivity Commission. T."
    )


def test_editors_stand_in_for_the_authors_of_a_book():
    book = work("Edited", (), "2001", type="book", editors=("Ann Lee", "Bob Ray"), publisher="Sage")
    assert write_reference(book, APA) == "Lee, A., & Ray, B. (Eds.). (2001). Edited. Sage."
    assert write_reference(book, CHICAGO) == "Lee, Ann, and Bob Ray, eds. 2001. Edited. Sage."
    assert write_reference(book, MLA) == "Lee, Ann, and Bob Ray, editors. Edited. Sage, 2001."
    assert "  editor = {Lee, Ann and Ray, Bob}," in write_reference(book, BIBTEX)


def test_marks_at_the_end_of_a_title():
    smart = work("Being “Smart”", ["Ann Lee"], "2001", type="article", container="Cities")
    assert write_reference(smart, CHICAGO) == "Lee, Ann. 2001. “Being ‘Smart.’” Cities."
    assert write_reference(smart, APA) == "Lee, A. (2001). Being “Smart.” Cities."
    assert write_reference(work("Why?", ["Ann Lee"], type="book"), CHICAGO) == "Lee, Ann. n.d. Why?"
    assert write_reference(work("The End.", ["Ann Lee"], "2001"), APA) == "Lee, A. (2001). The End."


@pytest.mark.parametrize(
    ("pages", "expected"),  # the second of each is the handbook's own
    [
        ("5-9", "5–9"),
        ("98-112", "98–112"),
        ("103-104", "103–04"),
        ("395-401", "395–401"),
        ("923-1003", "923–1003"),
        ("1608-1774", "1608–774"),
        ("xii-xv", "xii–xv"),
    ],
)
def test_page_ranges_in_mla_are_shortened(pages, expected):
    article = work("T", (), type="article", container="Past", pages=pages)
    assert write_reference(article, MLA) == f"“T.” Past, pp. {expected}."


def test_volumes_numbers_and_places():
    book = work("T", ["Ann Lee"], "2001", type="book", publisher="Sage", place="Bonn", volume="2", editors=("Bo Ray",))
    assert write_reference(book, APA) == "Lee, A. (2001). T (B. Ray, Ed.; Vol. 2). Sage."
    assert write_reference(book, CHICAGO_17) == "Lee, Ann. 2001. T. Edited by Bo Ray. Vol. 2. Bonn: Sage."
    assert write_reference(book, MLA) == "Lee, Ann. T. Edited by Bo Ray, vol. 2, Sage, 2001."
    article = work("T", ["Ann Lee"], "2001", type="article", container="Past", issue="5", pages="7")
    assert write_reference(article, APA) == "Lee, A. (2001). T. Past, (5), 7."
    assert write_reference(article, CHICAGO) == "Lee, Ann. 2001. “T.” Past, no. 5: 7."
    assert write_reference(article, MLA) == "Lee, Ann. “T.” Past, no. 5, 2001, p. 7."
    chapter = work("T", ["Ann Lee"], "2001", type="chapter", container="All", volume="3", pages="7-9", publisher="Sage")
    assert write_reference(chapter, APA) == "Lee, A. (2001). T. In All (Vol. 3, pp. 7–9). Sage."
    assert write_reference(chapter, CHICAGO) == "Lee, Ann. 2001. “T.” In All, vol. 3, 7–9. Sage."


def test_a_date_that_is_none_is_kept_as_it_stands():
    book = work("T", ["Ann Lee"], "in press", type="book")
    assert write_reference(book, APA) == "Lee, A. (in press). T."
    assert "  year = {in press}," in write_reference(book, BIBTEX)


def test_markdown_has_italics_and_escapes_what_would_be_markup():
    assert write_reference(ARTICLE, APA, markup="markdown").endswith(
        "Deep Learning. *Nature*, *521*(7553), 436–444. https://doi.org/10.1038/nature14539"
    )
    starred = work("A*_b", ["Ann Lee"], "2001", url="https://a.org/x_y")
    assert write_reference(starred, APA, markup="markdown") == r"Lee, A. (2001). *A\*\_b*. https://a.org/x_y"
    assert write_in_text(NAMELESS, 2, MLA, markup="markdown") == "(*Who Knows?* 2)"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Genia Kostka", Name("Kostka", "Genia")),
        ("Kostka, Genia", Name("Kostka", "Genia")),
        ("Jan van der Berg", Name("van der Berg", "Jan")),
        ("van der Berg, Jan", Name("van der Berg", "Jan")),
        ("Juana de la Cruz", Name("de la Cruz", "Juana")),
        ("Charles De Gaulle", Name("De Gaulle", "Charles")),
        ("Martin Luther King Jr.", Name("King", "Martin Luther", "Jr.")),
        ("Martin Luther King, Jr.", Name("King", "Martin Luther", "Jr.")),
        ("King, Jr., Martin Luther", Name("King", "Martin Luther", "Jr.")),
        ("King, Martin Luther, Jr.", Name("King", "Martin Luther", "Jr.")),
        ("John D. Rockefeller III", Name("Rockefeller", "John D.", "III")),
        ("J.R.R. Tolkien", Name("Tolkien", "J. R. R.")),
        ("World Health Organization", Name("World Health Organization")),
        ("Ministry of Science, Technology and Innovation", Name("Ministry of Science, Technology and Innovation")),
        ("Alphabet Inc.", Name("Alphabet Inc.")),
        ("Bank, Aaron", Name("Bank", "Aaron")),
        ("{Wang Wei}", Name("Wang Wei")),
        ("UNESCO", Name("UNESCO")),
        ("The New York Times", Name("The New York Times")),
        ("Human Rights Watch", Name("Human Rights Watch")),
        ("Prof. Dr. Genia Kostka", Name("Kostka", "Genia")),
        ("Genia Kostka, PhD", Name("Kostka", "Genia")),
        ("Drew Profumo", Name("Profumo", "Drew")),
        ("Nguyễn Văn-An", Name("Văn-An", "Nguyễn")),
        ("李明", Name("李明")),
        ("", Name("")),
    ],
)
def test_names(text, expected):
    assert read_name(text) == expected


@pytest.mark.parametrize(
    ("given_names", "expected"),
    [
        ("Jean-Paul", "J.-P."),
        ("J.R.R.", "J. R. R."),
        ("B.-H.", "B.-H."),
        ("JP", "J. P."),
        ("Mary Ann", "M. A."),
        ("Ai-jun", "A."),
        ("Élise", "É."),
        ("Jo", "J."),
    ],
)
def test_initials(given_names, expected):
    assert initials(given_names) == expected


@given(st.text(alphabet="aB ?!.:“”‘’", min_size=1, max_size=12))
def test_no_stop_follows_a_mark_that_ends_a_title(title):
    ended = work(f"{title}zz?", ["Ann Lee"], "2001", container="Cities", type="article")
    for style in (APA, CHICAGO, CHICAGO_17, MLA):
        assert not re.search(r"zz\?[”’]*\.", write_reference(ended, style))
