"""Every form of citation in sentences made by hand, what is none, and generated citations found exactly."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.records import Block, BlockKind, CitedSource, Reference
from ingest.cited.citations import find_citations

Found = tuple[str, tuple[str, ...], str, str]


def cite(text: str, *, kind: BlockKind = BlockKind.PARAGRAPH, references=()) -> tuple[CitedSource, ...]:
    found = find_citations(text, [Block(kind, 0, len(text), None, ())], references=references)
    for source in found:
        assert source.raw == text[source.start : source.end]
        assert source.sentence[0] <= source.start < source.end <= source.sentence[1]
    return found


def fields(text: str) -> list[Found]:
    return [(source.raw, source.authors, source.year, source.locator) for source in cite(text)]


PARENTHETICAL = [
    ("(Heron 2021)", [("Heron 2021", ("Heron",), "2021", "")]),
    ("(Heron 2021: 106)", [("Heron 2021: 106", ("Heron",), "2021", "106")]),
    ("(Heron 2021, 109)", [("Heron 2021, 109", ("Heron",), "2021", "109")]),
    ("(Heron, 2020)", [("Heron, 2020", ("Heron",), "2020", "")]),
    ("(Heron and O’Stork 1999)", [("Heron and O’Stork 1999", ("Heron", "O’Stork"), "1999", "")]),
    ("(Heron & Stork 2004)", [("Heron & Stork 2004", ("Heron", "Stork"), "2004", "")]),
    ("(Heron et al. 2021, 4)", [("Heron et al. 2021, 4", ("Heron",), "2021", "4")]),
    ("(Heron, Stork, and Ibis 2004)", [("Heron, Stork, and Ibis 2004", ("Heron", "Stork", "Ibis"), "2004", "")]),
    ("(Heron, J. A., & Ibis, P., 2004, p. 7)", [
        ("Heron, J. A., & Ibis, P., 2004, p. 7", ("Heron", "Ibis"), "2004", "p. 7")]),
    ("(Groß-Müller and Élan 2019, 32)", [("Groß-Müller and Élan 2019, 32", ("Groß-Müller", "Élan"), "2019", "32")]),
    ("(van der Berg 2012, 3f.; de Vries 2001, 12–14, 19)", [
        ("van der Berg 2012, 3f.", ("van der Berg",), "2012", "3f."),
        ("de Vries 2001, 12–14, 19", ("de Vries",), "2001", "12–14, 19")]),
    ("(counting birds in wet winters, Heron and Stork 2011; Ibis 2012)", [
        ("Heron and Stork 2011", ("Heron", "Stork"), "2011", ""), ("Ibis 2012", ("Ibis",), "2012", "")]),
    ("(Press, Stork, and Heron 1992)", [("Press, Stork, and Heron 1992", ("Press", "Stork", "Heron"), "1992", "")]),
    ("(Press et al. 1992)", [("Press et al. 1992", ("Press",), "1992", "")]),
    ("(Pond Press 1992)", [("Pond Press 1992", ("Pond Press",), "1992", "")]),
    ("(Cohen and March 1974)", [("Cohen and March 1974", ("Cohen", "March"), "1974", "")]),
    ("(国家统计局 2021)", [("国家统计局 2021", ("国家统计局",), "2021", "")]),
    ("（鸟类研究所，2021：5）", [("鸟类研究所，2021：5", ("鸟类研究所",), "2021", "5")]),
    ("[Heron 2001]", [("Heron 2001", ("Heron",), "2001", "")]),
    # organisations
    ("(NABU 2016)", [("NABU 2016", ("NABU",), "2016", "")]),
    ("(Birder’s Daily Online 2004)", [("Birder’s Daily Online 2004", ("Birder’s Daily Online",), "2004", "")]),
    ("(National Bureau of Birds of Utopia 2022)", [
        ("National Bureau of Birds of Utopia 2022", ("National Bureau of Birds of Utopia",), "2022", "")]),
    ("(Utopian Chamber of Commerce for the Wet Sector 2017)", [
        ("Utopian Chamber of Commerce for the Wet Sector 2017",
         ("Utopian Chamber of Commerce for the Wet Sector",), "2017", "")]),
    ("(Ministry of Fish and Fowl 2019)", [
        ("Ministry of Fish and Fowl 2019", ("Ministry of Fish and Fowl",), "2019", "")]),
    ("(Fish Safety Administration and Fowl Welfare Committee 2020)", [
        ("Fish Safety Administration and Fowl Welfare Committee 2020",
         ("Fish Safety Administration", "Fowl Welfare Committee"), "2020", "")]),
    ("(Pond HERON Co. Ltd 2022)", [("Pond HERON Co. Ltd 2022", ("Pond HERON Co. Ltd",), "2022", "")]),
    ("(Bird Web (bird.org) 2021)", [("Bird Web (bird.org) 2021", ("Bird Web",), "2021", "")]),
    # several works
    ("(Heron and Ibis 2006; Stork 2014)", [
        ("Heron and Ibis 2006", ("Heron", "Ibis"), "2006", ""), ("Stork 2014", ("Stork",), "2014", "")]),
    ("(Heron and Ibis 2006, Stork 2014)", [
        ("Heron and Ibis 2006", ("Heron", "Ibis"), "2006", ""), ("Stork 2014", ("Stork",), "2014", "")]),
    ("(Heron 2001, 2003)", [("Heron 2001", ("Heron",), "2001", ""), ("2003", ("Heron",), "2003", "")]),
    ("(Heron 2016a, b)", [("Heron 2016a", ("Heron",), "2016a", ""), ("b", ("Heron",), "2016b", "")]),
    ("(Heron 2019, tbl. 4; Ibis 1999, fol. 17v)", [
        ("Heron 2019, tbl. 4", ("Heron",), "2019", "tbl. 4"), ("Ibis 1999, fol. 17v", ("Ibis",), "1999", "fol. 17v")]),
    ("(Heron 2020a and 2020b)", [("Heron 2020a", ("Heron",), "2020a", ""), ("2020b", ("Heron",), "2020b", "")]),
    ("(Heron, 2008a: 3; 2009)", [("Heron, 2008a: 3", ("Heron",), "2008a", "3"), ("2009", ("Heron",), "2009", "")]),
    # what stands around them
    ("(see Heron 2001)", [("Heron 2001", ("Heron",), "2001", "")]),
    ("(see also Heron 2001, and Ibis 1999, ch. 2)", [
        ("Heron 2001", ("Heron",), "2001", ""), ("Ibis 1999, ch. 2", ("Ibis",), "1999", "ch. 2")]),
    ("(e.g. Heron 2001)", [("Heron 2001", ("Heron",), "2001", "")]),
    ("(cf. Heron 2001: 185)", [("Heron 2001: 185", ("Heron",), "2001", "185")]),
    ("(for a review, see Heron 2001)", [("Heron 2001", ("Heron",), "2001", "")]),
    ("(Weaver 1922, cited in Parrot 1937: 44)", [
        ("Weaver 1922", ("Weaver",), "1922", ""), ("Parrot 1937: 44", ("Parrot",), "1937", "44")]),
    ("(Heron 2001, emphasis added; Ibis 2002 for a review)", [
        ("Heron 2001", ("Heron",), "2001", ""), ("Ibis 2002", ("Ibis",), "2002", "")]),
    ("(as argued in Heron 2001)", [("Heron 2001", ("Heron",), "2001", "")]),
    ("(The Ornithologist, 2019)", [("The Ornithologist, 2019", ("The Ornithologist",), "2019", "")]),
    ("(“The chips of birds,” 2019)", [("“The chips of birds,” 2019", ("The chips of birds",), "2019", "")]),
    # locators and years
    ("(Heron 2001, vol. 2, p. 5)", [("Heron 2001, vol. 2, p. 5", ("Heron",), "2001", "vol. 2, p. 5")]),
    ("(Heron 2001, esp. 34–45)", [("Heron 2001, esp. 34–45", ("Heron",), "2001", "34–45")]),
    ("(Heron 2005, pp. 3–5)", [("Heron 2005, pp. 3–5", ("Heron",), "2005", "pp. 3–5")]),
    ("(Heron 2004, Fig. 3)", [("Heron 2004, Fig. 3", ("Heron",), "2004", "Fig. 3")]),
    ("(Heron 1999–2001, fn. 4)", [("Heron 1999–2001, fn. 4", ("Heron",), "1999–2001", "fn. 4")]),
    ("(Heron 2001, § 4)", [("Heron 2001, § 4", ("Heron",), "2001", "§ 4")]),
    ("(Heron 2001, p. iv)", [("Heron 2001, p. iv", ("Heron",), "2001", "p. iv")]),
    ("(Heron [1867] 1990: 12)", [("Heron [1867] 1990: 12", ("Heron",), "[1867] 1990", "12")]),
    ("(Heron n.d.; Ibis forthcoming; Stork, in press)", [
        ("Heron n.d.", ("Heron",), "n.d.", ""), ("Ibis forthcoming", ("Ibis",), "forthcoming", ""),
        ("Stork, in press", ("Stork",), "in press", "")]),
]  # fmt: skip


@pytest.mark.parametrize(("written", "found"), PARENTHETICAL)
def test_in_parentheses(written: str, found: list[Found]):
    text = f"Nothing is cited here. The birds went south in great numbers {written}. So they did."
    assert fields(text) == found
    assert {source.form for source in cite(text)} == {"parenthetical"}
    assert {text[slice(*source.sentence)][:9] for source in cite(text)} == {"The birds"}


NARRATIVE = [
    ("Heron and Ibis (2018) say so.", [("Heron and Ibis (2018)", ("Heron", "Ibis"), "2018", "")]),
    ("Heron et al. (1999: 185) say so.", [("Heron et al. (1999: 185)", ("Heron",), "1999", "185")]),
    ("Heron and colleagues (2010) say so.", [("Heron and colleagues (2010)", ("Heron",), "2010", "")]),
    ("In Heron’s (2021) view it is so.", [("Heron’s (2021)", ("Heron",), "2021", "")]),
    ("It was not Cross’ (2003: 5) idea.", [("Cross’ (2003: 5)", ("Cross",), "2003", "5")]),
    ("According to Heron (2021), it is so.", [("Heron (2021)", ("Heron",), "2021", "")]),
    ("However, Heron and Ibis (2004) disagree.", [("Heron and Ibis (2004)", ("Heron", "Ibis"), "2004", "")]),
    ("In Paris, Heron and Ibis (2004) met.", [("Heron and Ibis (2004)", ("Heron", "Ibis"), "2004", "")]),
    ("Heron, Stork, and Ibis (2004) met.", [("Heron, Stork, and Ibis (2004)", ("Heron", "Stork", "Ibis"), "2004", "")]),
    ("Building on Heron and Ibis’s (2004) work, we met.", [
        ("Heron and Ibis’s (2004)", ("Heron", "Ibis"), "2004", "")]),
    ("The work of Heron (2004) is known.", [("Heron (2004)", ("Heron",), "2004", "")]),
    ("Thanks to Heron (2004) it is known.", [("Heron (2004)", ("Heron",), "2004", "")]),
    ("Professor Heron (2004) says so.", [("Heron (2004)", ("Heron",), "2004", "")]),
    ("The Bird Bank (2010) says so.", [("Bird Bank (2010)", ("Bird Bank",), "2010", "")]),
    ("The National Bureau of Birds (2010, p. 4) says so.", [
        ("National Bureau of Birds (2010, p. 4)", ("National Bureau of Birds",), "2010", "p. 4")]),
    ("The RSPB (2019) says so.", [("RSPB (2019)", ("RSPB",), "2019", "")]),
    ("Marx ([1867] 1990) says so.", [("Marx ([1867] 1990)", ("Marx",), "[1867] 1990", "")]),
    ("This echoes de Tocqueville (1835).", [("de Tocqueville (1835)", ("de Tocqueville",), "1835", "")]),
    ("As Heron (2001) and Ibis (2003, 2005) show, it is so.", [
        ("Heron (2001)", ("Heron",), "2001", ""), ("Ibis (2003", ("Ibis",), "2003", ""),
        ("2005", ("Ibis",), "2005", "")]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "found"), NARRATIVE)
def test_in_the_sentence_itself(text: str, found: list[Found]):
    assert fields(text) == found
    assert {source.form for source in cite(text)} == {"narrative"}


def test_et_al_is_noted_and_no_author():
    assert [source.et_al for source in cite("So they say (Heron et al. 2001; Ibis and others 2002; Stork 2003).")] == [
        True,
        True,
        False,
    ]


def test_one_pair_of_parentheses_can_hold_both_forms():
    found = cite("Heron (2001; see also Ibis 2003) says so.")
    assert [(s.raw, s.form) for s in found] == [("Heron (2001", "narrative"), ("Ibis 2003", "parenthetical")]


def test_source_lines_name_their_sources_in_either_form():
    text = (
        "Sources: Heron et al. (1999: 185), Ibis and Stork (2009) and the Federation of Birds (FOB) (2010), "
        "Pond Co., Ltd. (2022)."
    )
    assert fields(text) == [
        ("Heron et al. (1999: 185)", ("Heron",), "1999", "185"),
        ("Ibis and Stork (2009)", ("Ibis", "Stork"), "2009", ""),
        ("Federation of Birds (FOB) (2010)", ("Federation of Birds",), "2010", ""),
        ("Pond Co., Ltd. (2022)", ("Pond Co., Ltd.",), "2022", ""),
    ]
    assert {source.form for source in cite(text)} == {"source line"}
    assert [s.raw for s in cite("Source: Heron 2021; Bird Web (bird.org) 2021")] == [
        "Heron 2021",
        "Bird Web (bird.org) 2021",
    ]
    assert [s.authors for s in cite("Source: Utopia Province 9th FYP (2021).")] == [("Utopia Province 9th FYP",)]
    assert [s.raw for s in cite("Source: Author’s own count based on Heron (2001).")] == ["Heron (2001)"]


def test_the_row_of_a_table_holds_its_citations():
    text = "Table 1: Birds (Heron 2001)\nBird\tFood\nIbis\tFish (Stork 2002)\nSource: Bird Bank (2003)."
    starts = [0, text.index("Bird\t"), text.index("Ibis"), text.index("Source")]
    spans = [(a, b - 1) for a, b in zip(starts, [*starts[1:], len(text) + 1], strict=True)]
    table = Block(BlockKind.TABLE, 0, len(text), 1, (), 0, text[: spans[0][1]], tuple(spans[1:]), ("Bird", "Food"))
    found = find_citations(text, [table])
    assert [(s.raw, s.sentence, s.form) for s in found] == [
        ("Heron 2001", spans[0], "parenthetical"),
        ("Stork 2002", spans[2], "parenthetical"),
        ("Bird Bank (2003)", spans[3], "source line"),
    ]


def test_a_document_named_without_a_year_is_cited():
    text = "It became a model for others (9th Five-Year Plan of Utopia). So it was."
    assert fields(text) == [("9th Five-Year Plan of Utopia", ("9th Five-Year Plan of Utopia",), "", "")]


def test_headings_and_entries_cite_nothing():
    assert cite("On Herons (Heron 2001)", kind=BlockKind.HEADING) == ()
    assert cite("Heron, J. (2001). On herons. Pond Press.", kind=BlockKind.REFERENCE) == ()


def test_numbers_are_citations_only_of_entries_that_have_them():
    entries = [Reference((name,), "2001", "", 0, 0, str(i)) for i, name in enumerate("ABCDEF", start=1)]
    found = cite("It is so [2], and so too [1, 4–6], but not [9].", references=entries)
    assert [(s.raw, s.reference, s.form) for s in found] == [
        ("2", 1, "numeric"),
        ("1", 0, "numeric"),
        ("4–6", 3, "numeric"),
        ("4–6", 4, "numeric"),
        ("4–6", 5, "numeric"),
    ]
    assert cite("It is so [2].") == ()


NONE = """
The Outline of Pond Development (2015) and the Plan on Birds (PB) (2017) are new.
The 13th FYP (2016–2020) is new.
The fair (held in the old town hall, Ibisville 2011) was wet.
Emerging birds (EBs) grow, and it has members (as of May 2021).
It has (28) and Ibisville (now Storkton).
In 2016, it grew.
Funds (ERC Starting Grant No: 852169) came.
It is (section 5) so (see Table 2).
It is so (May 2021).
It came (19 April 2019), or later (on Monday, 3 March 2003).
It was founded (in Boston 1999) here.
The Olympics (2008) came, and so did the Paris Agreement (2015).
The Long Revolution (1966) came.
The Chairman (1893–1976) ruled.
It cost a lot (US$2000 in 2001).
The film ‘Herons’ (2009) was seen.
Orwell’s Animal Farm (1945) is famous, and so is Phase II (Phase II, 2015).
The scheme (established in 1999) was closed.
It rose (from 2001 to 2003), and again (since 2001).
The Act of Union (1707) came.
Its price (2000 yuan) rose (Phase 2).
He won in 2001 (and again in 2003).
The Plan (Tenth Five-Year Plan of Utopia) was made.
The model (Version 2019) is out (Expo 2010).
The group (Civil Bird Flight University of Utopia) met.
It grew in the 1980s (mostly the late 1980s).
The index is made with ISOdate(2004, 1, 8) here.
""".strip().splitlines()


@pytest.mark.parametrize("text", NONE)
def test_what_is_no_citation(text: str):
    assert fields(text) == []


NAMES = st.sampled_from("Heron Ibis O’Stork Groß-Müller Élan Li Wu Xu Spoonbill McGull Ó’Tern".split())
YEARS = st.integers(1850, 2029).map(str)
LETTERS = st.sampled_from(["", "", "", "a", "b"])
LOCATORS = st.sampled_from(["", "", ": 106", ", 109", ", pp. 3–5", ", p. 12", ": 12–14", ", ch. 2"])
WORDS = st.lists(st.sampled_from("the birds went south over many wet fields and ponds".split()), min_size=3, max_size=9)


@st.composite
def citations(draw) -> tuple[str, tuple[str, ...], str, str, bool]:
    names = draw(st.lists(NAMES, min_size=1, max_size=3, unique=True))
    et_al = len(names) == 1 and draw(st.booleans())
    year, locator = draw(YEARS) + draw(LETTERS), draw(LOCATORS)
    comma = draw(st.sampled_from(["", ","]))
    shown = {1: names[0], 2: " and ".join(names), 3: f"{names[0]}, {', and '.join(names[1:])}"}[len(names)]
    written = f"{shown}{' et al.' if et_al else ''}{comma} {year}{locator}"
    return written, tuple(names), year, locator.lstrip(":, "), et_al


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(WORDS, st.lists(citations(), min_size=1, max_size=3), WORDS), min_size=1, max_size=4))
def test_generated_citations_are_found_exactly(sentences):
    text, expected = "", []
    for before, cited, after in sentences:
        text += f"{'' if not text else ' '}All {' '.join(before)} ("
        for i, (written, *rest) in enumerate(cited):
            text += "; " if i else ""
            expected.append((len(text), len(text) + len(written), *rest))
            text += written
        text += f") {' '.join(after)}."
    assert [(s.start, s.end, s.authors, s.year, s.locator, s.et_al) for s in cite(text)] == expected


@settings(max_examples=100, deadline=None)
@given(st.text(alphabet=st.sampled_from("Aab A.,;:([)] 2001’s&é\n智"), max_size=120))
def test_any_text_gives_offsets_into_itself(text):
    find = find_citations(text, [Block(BlockKind.PARAGRAPH, 0, len(text), None, ())])
    assert all(source.raw == text[source.start : source.end] for source in find)
