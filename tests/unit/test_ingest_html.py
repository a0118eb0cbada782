"""Web pages: the clean text to the letter, what each block is, and what was left out and why."""

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.errors import InputError
from ingest import labelled_row, split_document
from ingest.markup.tree import parse_html
from tests.unit.markup_samples import blocks, read, refs, texts


def page(body: str, head: str = "") -> str:
    return f"<!doctype html><html><head>{head}</head><body>{body}</body></html>"


def test_inline_markup_adds_and_loses_no_space():
    _, doc = read(
        page("<p>Wor<b>ld</b>wi<wbr>de <i>and</i>\n more<br>or<span> less</span>, H<sub>2</sub>O&nbsp;too.</p>"),
        "a.html",
    )
    assert doc.text == "Worldwide and more or less, H2O too."


def test_each_block_is_a_paragraph_and_bare_text_beside_blocks_is_none_of_theirs():
    body = (
        "bare<div>one<div>two</div>three</div><ul><li>a<ol><li>b</li></ol>c</li></ul><dl><dt>term<dd>sense</dl>"
        "<blockquote>quote</blockquote><pre>x  =\n  1</pre><figure><img alt=no><figcaption>"
        "caption</figcaption></figure>"
    )
    _, doc = read(page(body), "a.html")
    assert texts(doc) == [*"bare one two three a b c term sense quote".split(), "x = 1", "caption"]
    assert {kind for kind, _ in blocks(doc)} == {"paragraph"}


def test_headings_nest_and_the_only_h1_is_the_title_with_its_byline():
    body = (
        "<h1>On <em>Ponds</em></h1><p>By Anna Bell and Carl Dorn</p><p>Text.</p>"
        '<h2>Depth<a href="#depth">¶</a></h2><p>Deep.</p><h3>Mud</h3><p>Dark.</p>'
    )
    reading, doc = read(page(body, "<title>On Ponds - The Pond Site</title>"), "a.html")
    kinds = [kind for kind, _ in blocks(doc)]
    assert kinds == ["front", "front", "paragraph", "heading", "paragraph", "heading", "paragraph"]
    assert (doc.title, doc.authors) == ("On Ponds", ("Anna Bell", "Carl Dorn"))
    assert doc.blocks[-1].section == ("Depth", "Mud")
    assert [(d.text, d.why) for d in reading.dropped] == [("¶", "link to this heading")]


def test_several_h1_are_chapters():
    _, doc = read(page("<h1>One</h1><p>A.</p><h1>Two</h1><p>B.</p>"), "a.html")
    assert [b.section for b in doc.blocks if b.kind == "paragraph"] == [("One",), ("Two",)]


def test_what_stands_about_the_main_text_is_left_out_and_listed():
    body = (
        "<header>Site</header><nav>Home</nav><main><header><h1>T</h1></header><p>The main text of this page.</p>"
        "<p hidden>secret</p><p style='color:red; display: none'>unseen</p><button>Go</button>"
        "<aside>An aside in the text.</aside></main><aside>Ads</aside><footer>Imprint</footer><script>var a</script>"
    )
    reading, doc = read(page(body), "a.html")
    assert texts(doc) == ["T", "The main text of this page.", "An aside in the text."]
    assert [(d.text, d.why) for d in reading.dropped] == [
        ("Site", "site header"),
        ("Home", "navigation"),
        ("secret", "hidden"),
        ("unseen", "hidden"),
        ("Go", "form control"),
        ("Ads", "sidebar"),
        ("Imprint", "site footer"),
        ("var a", "script"),
    ]
    for dropped in reading.dropped:
        assert reading.lines[dropped.number - 1] == dropped.text


def test_a_page_without_main_keeps_its_header_and_one_that_hides_all_is_read():
    _, doc = read(page("<header><h1>T</h1></header><p>x</p><footer>f</footer>"), "a.html")
    assert texts(doc) == ["T", "x", "f"]
    _, doc = read(page("<div style='display:none'><p>Shown by a script.</p></div>"), "a.html")
    assert texts(doc) == ["Shown by a script."]


NOTES = [
    '<p>A word.<sup><a href="#n1" id="r1">1</a></sup> On.</p><ol><li id="n1">The note. <a href="#r1">↩</a></li></ol>',
    '<p>A word.<sup id="r1"><a href="#n1">[1]</a></sup> On.</p><p id="n1">The note. <a href="#r1">back to text</a></p>',
    '<p>A word.<a id="r1" href="#n1"><sup>1</sup></a> On.</p><div id="n1"><p>The note. <a href="#r1">^</a></p></div>',
    '<p>A word.<a href="#n1" role="doc-noteref">1</a> On.</p><aside id="n1" role="doc-footnote" hidden>'
    "The note.</aside>",
    '<p>A word.[<a name="r1" href="#n1">1</a>] On.</p><p><a name="n1" href="#r1"></a>The note. <a href="#r1">↑</a></p>',
]


@pytest.mark.parametrize("body", NOTES)
def test_notes_are_linked_to_their_markers_and_links_back_are_dropped(body):
    _, doc = read(page(body), "a.html")
    (ref,) = doc.note_refs
    assert (ref.number, doc.text[: ref.start]) == ("1", "A word.")
    assert doc.text[ref.start : ref.end] in ("1", "[1]")
    assert [(b.kind.value, b.label) for b in doc.blocks] == [("paragraph", ""), ("note", "1")]
    assert texts(doc)[1] == "The note."


def test_a_reference_list_with_several_links_back():
    body = (
        '<p>One.<sup id="c1-0"><a href="#n1">[1]</a></sup> Two.<sup id="c1-1"><a href="#n1">[1]</a></sup>'
        '</p><ol><li id="n1">'
        '<span class="mw-cite-backlink">^ <sup><a href="#c1-0">a</a></sup> <sup><a href="#c1-1">b</a></sup></span> '
        "<span>Bell (2001).</span></li></ol>"
    )
    _, doc = read(page(body), "a.html")
    assert texts(doc) == ["One.[1] Two.[1]", "Bell (2001)."]
    assert refs(doc, 4) == [("1", "One.[1]"), ("1", "Two.[1]")]


def test_a_marker_behind_a_space_finds_its_sentence():
    body = '<p>A word. <sup><a href="#n1">1</a></sup></p><ol><li id="n1">The note.</li></ol>'
    _, doc = read(page(body), "a.html")
    assert [p.context for p in split_document(doc, passage_words=50)] == ["", "A word."]


def test_links_that_are_no_notes_stay_text():
    _, doc = read(
        page('<ul><li><a href="#s2">2</a> <a href="#s2">On</a></li></ul><h2 id="s2">On</h2><p>x</p>'), "a.html"
    )
    assert [kind for kind, _ in blocks(doc)] == ["paragraph", "heading", "paragraph"]


def test_a_table_has_its_rows_its_caption_and_what_its_cells_span():
    body = (
        "<p>Before.</p><p>Table 3: Fruit</p><table><thead><tr><th rowspan=2>Name<th colspan=2>Size<tr>"
        "<th>w<th>h</thead>"
        "<tr><td rowspan=2>Apple<td>1<td>2<tr><td>3<td>4<tr><td>Pear<td colspan=2>5</table><p>"
        "Source: own count.</p><p>On.</p>"
    )
    _, doc = read(page(body), "a.html")
    table = doc.blocks[1]
    assert [kind for kind, _ in blocks(doc)] == ["paragraph", "table", "paragraph"]
    assert table.label == "Table 3: Fruit"
    assert table.columns == ("Name", "Size – w", "h")
    assert [doc.text[a:b] for a, b in table.lines[1:]] == ["Apple\t1\t2", "\t3\t4", "Pear\t5\t", "Source: own count."]
    assert table.merged == {(2, 0), (0, 2)}
    assert labelled_row(doc, table.lines[2]) == "Name: Apple | Size – w: 3 | Size – h: 4"


def test_a_caption_below_its_table_and_a_source_in_its_foot():
    body = (
        "<p>Before.</p><table><tr><td>Name<td>Size<tr><td>Apple<td>3<tfoot><tr><td colspan=2>Source: me.</table>"
        "<p>Table 1. Fruit</p><p>On.</p>"
    )
    _, doc = read(page(body), "a.html")
    assert texts(doc) == ["Before.", "Table 1. Fruit\nName\tSize\nApple\t3\nSource: me.", "On."]
    _, doc = read(page("<table><caption>Fruit</caption><tr><th>A<th>B<tr><td>1<td>2</table>"), "a.html")
    assert doc.blocks[0].label == "Fruit"


@pytest.mark.parametrize("span", [" colspan=2", ""])
def test_the_lines_of_a_foot_are_no_rows_whatever_they_say_but_a_row_of_cells_is(span):
    foot = f"<tr><td>Total<td>7<tr><td{span}>Own count.<tr><td{span}>Measured in May 2020<sup>2</sup>."
    rows = f"<table><tfoot>{foot}</tfoot><tr><th>Name<th>Size<tr><td>Apple<td>3<tr><td>Pear<td>4</table>"
    _, doc = read(page(f"<p>Before.</p>{rows}<p>Note that it goes on.</p>{rows}"), "a.html")
    shown = "Name\tSize\nApple\t3\nPear\t4\nTotal\t7\nOwn count.\nMeasured in May 20202."
    assert texts(doc) == ["Before.", shown, "Note that it goes on.", shown]
    source = rows.replace("Own count.", "Source: own count.")
    _, doc = read(page(f"{source}<p>On.</p>{source}"), "a.html")
    shown = shown.replace("Own count.", "Source: own count.")
    assert texts(doc) == [shown, "On.", shown]
    assert doc.blocks[0].columns == ("Name", "Size")


@pytest.mark.parametrize(
    "table",
    [
        "<table role=presentation><tr><td>One</td><td>Two</td></tr><tr><td>Three</td></tr></table>",
        "<table><tr><td><h2>One</h2><p>Two</p></td><td>Three</td></tr><tr><td></td></tr></table>",
        "<table><tr><td>One<table><tr><td>Two</td></tr></table></td></tr><tr><td>Three</td></tr></table>",
        "<table><tr><td>One</td><td>Two</td><td>Three</td></tr></table>",
    ],
)
def test_a_table_that_lays_out_a_page_is_running_text(table):
    _, doc = read(page(table), "a.html")
    assert texts(doc) == ["One", "Two", "Three"]
    assert all(kind != "table" for kind, _ in blocks(doc))


def test_a_box_of_facts_is_read_row_by_row():
    body = "<table><tr><th colspan=2>Pond<tr><th>Area<td>5 ha<tr><th>Depth<td>2&nbsp;m</table><p>x</p>"
    assert texts(read(page(body), "a.html")[1]) == ["Pond", "Area 5 ha", "Depth 2 m", "x"]


def test_metadata_of_papers_libraries_and_sites():
    head = (
        '<title>x | y</title><meta name="citation_title" content="On Ponds">'
        '<meta name="citation_author" content="Bell, Anna">'
        '<meta name="citation_author" content="Carl Dorn"><meta name="citation_publication_date" content="2020/3/7">'
        '<meta name="citation_journal_title" content="Ponds"><meta name="citation_doi" content="doi:10.1234/ab.5">'
        '<meta name="citation_firstpage" content="3"><meta name="citation_lastpage" content="9">'
    )
    _, doc = read(page("<p>Text.</p>", head), "a.html")
    assert (doc.title, doc.authors, doc.date) == ("On Ponds", ("Anna Bell", "Carl Dorn"), "2020-03-07")
    said = doc.publication
    assert (said.type, said.container, said.doi, said.pages) == ("article", "Ponds", "10.1234/ab.5", "3–9")
    linked = (
        '<script type="application/ld+json">{"@graph": [{"@type": "NewsArticle", "headline": "Mud",'
        '"author": [{"name": "E. Fox"}], "datePublished": "2021-04-05T10:00", "publisher": {"name": '
        '"Paper"}}]}</script>'
    )
    _, doc = read(page("<p>Text.</p>", linked), "a.html")
    assert (doc.title, doc.authors, doc.date, doc.publication.publisher) == ("Mud", ("E. Fox",), "2021-04-05", "Paper")


@pytest.mark.parametrize(
    ("data", "text"),
    [
        ("<p>é 智</p>".encode("utf-8-sig"), "é 智"),
        ("<p>é 智</p>".encode("utf-16"), "é 智"),
        ('<meta charset="gb2312"><p>智能</p>'.encode("gb2312"), "智能"),
        (
            '<meta http-equiv=Content-Type content="text/html; charset=iso-8859-1"><p>é “x”</p>'.encode("cp1252"),
            "é “x”",
        ),
        ('<meta charset="latin-1"><p>é</p>'.encode("latin-1"), "é"),
        ("<p>é 智</p>".encode(), "é 智"),
        ('<meta charset="no-such"><p>é</p>'.encode(), "é"),
        ("<p>مرحبا שלום</p>".encode(), "مرحبا שלום"),
        (b"<p>a\x00b and so on, for long enough</p>", "ab and so on, for long enough"),
        (b"<p>caf\xe9 and so on, said they, for a while</p>", "café and so on, said they, for a while"),
    ],
)
def test_encodings(data, text):
    assert read(data, "a.html")[1].text == text


@pytest.mark.parametrize("tag", ["div", "b", "blockquote", "ul><li", "table><tr><td", "span", "section"])
def test_ten_thousand_nested_elements_lose_no_word(tag):
    _, doc = read(page(f"<p>before</p>{f'<{tag}>' * 10_000}deep down<p>after"), "a.html")
    assert doc.text.split() == ["before", "deep", "down", "after"]


@pytest.mark.parametrize(
    "body",
    [
        "",
        "<p>",
        "</p></div><<>",
        "<table><tr>",
        "<table><thead><th><td><tr>",
        "<table><td rowspan=0 colspan=9999999>x",
        "<a href=#>",
    ],
)
def test_broken_pages_are_read_as_far_as_they_go(body):
    assert read(page(body), "a.html")[1].text in ("", "x", "<<>", "<>")


def test_spans_of_a_table_cannot_fill_the_memory():
    row = "<tr><td colspan=1000 rowspan=65534>x</td></tr>"
    _, doc = read(page(f"<table><tr><th>a<th>b</tr>{row * 20_000}</table>"), "a.html")
    assert doc.text.count("x") == 20_000


def test_what_is_no_text_is_refused():
    with pytest.raises(InputError, match="not text") as raised:
        read(b"<p>" + bytes(range(256)) * 9, "a.html")
    assert "\n" not in str(raised.value)


WORD = st.text(st.sampled_from("abcdeé智ש019.,-’"), min_size=1, max_size=9)
TAG = st.sampled_from(["b", "i", "em", "span", "a href='#x'", "code", "u", "small", "custom-tag"])


@st.composite
def marked_up(draw):
    """A paragraph, and its HTML with inline elements put at random places, inside words too."""
    text = " ".join(draw(st.lists(WORD, min_size=1, max_size=12)))
    html, open_tags = "", []
    for ch in text:
        action = draw(st.integers(0, 9))
        if action == 0:
            tag = draw(TAG)
            html += f"<{tag}>" if tag[0] != "a" or "a" not in open_tags else ""
            open_tags += [tag.split()[0]] if tag[0] != "a" or "a" not in open_tags else []
        elif action == 1 and open_tags:
            html += f"</{open_tags.pop()}>"
        elif action == 2:
            html += draw(st.sampled_from(["<wbr>", "<!-- no -->", "&shy;"]))
        html += {" ": draw(st.sampled_from([" ", "\n", "  ", "&nbsp;", "\t"]))}.get(ch, ch)
    return text, html + "".join(f"</{tag}>" for tag in reversed(open_tags))


@settings(max_examples=80, deadline=None)
@given(st.lists(marked_up(), min_size=1, max_size=5), st.sampled_from(["p", "li", "div", "blockquote", "dd", "pre"]))
def test_paragraphs_come_back_word_for_word_once_and_in_order(paragraphs, tag):
    _, doc = read(page("".join(f"<{tag}>{html}</{tag}>" for _, html in paragraphs)), "a.html")
    assert doc.text == "\n\n".join(text for text, _ in paragraphs)


def test_a_title_block_with_subtitle_and_authors():
    body = (
        '<header><h1>On Ponds</h1><p class="subtitle">A history</p><p class="author">Anna Bell</p></header>'
        '<p>Text.</p><p class="author">Not here.</p>'
    )
    _, doc = read(page(body), "a.html")
    assert [kind for kind, _ in blocks(doc)] == ["front", "front", "front", "paragraph", "paragraph"]
    assert (doc.title, doc.authors) == ("On Ponds", ("Anna Bell",))


def test_the_title_is_without_the_name_of_the_site():
    for title in ("Mud - Ponds", "Mud | Ponds", "Ponds » Mud"):
        head = f"<title>{title}</title>"
        assert read(page("<div><h1>Ponds</h1></div><h2>Pond</h2><h1>Mud</h1><p>x</p>", head), "a.html")[1].title == (
            "Ponds" if title.startswith("Ponds") else "Mud"
        )
    assert read(page("<h2>Mud</h2><p>x</p>", "<title>Mud bath</title>"), "a.html")[1].title == "Mud bath"
    two_lines = page("<h1>Mud<br><small>A history</small></h1><p>x</p>", "<title>Mud A history | Ponds</title>")
    assert read(two_lines, "a.html")[1].title == "Mud A history"


@pytest.mark.parametrize("between", [" ", ", ", " · "])
def test_a_byline_has_the_names_and_the_date(between):
    byline = f'<p class="byline">By <a>Anna Bell</a> and Carl Dunne{between}<time>19 August 2022</time></p>'
    _, doc = read(page(f"<h1>Mud</h1>{byline}<p>Text.</p>"), "a.html")
    assert (doc.authors, doc.date) == (("Anna Bell", "Carl Dunne"), "2022-08-19")


def test_two_line_ends_part_paragraphs_as_on_old_pages():
    _, doc = read(page("One<br>more.<br><br>Two.<br>\n<br />Three."), "a.html")
    assert texts(doc) == ["One more.", "Two.", "Three."]


def test_notes_of_a_saved_page_lead_to_its_address():
    url = "https://ponds.example/mud"
    body = f'<p>A word.<sup><a href="{url}#n1">1</a></sup></p><ol><li id="n1">Note. <a href="{url}#r">↩</a></li></ol>'
    assert refs(read(page(body), "a.html")[1]) == [("1", "word.1")]


def test_a_formula_is_read_once_and_without_its_source():
    body = (
        '<p>So <span style="display: none"><math><semantics><mi>E</mi><annotation>\\LaTeX</annotation>'
        "</semantics></math>"
        '</span><img alt="E"> and <span class="katex"><math><mi>x</mi></math><span aria-hidden="true">'
        "x</span></span>.</p>"
    )
    reading, doc = read(page(body), "a.html")
    assert doc.text == "So E and x."
    assert [dropped.why for dropped in reading.dropped] == ["source of a formula", "hidden"]


SOUP = st.sampled_from(
    "p div span b li ul table tr td th thead caption h1 h2 aside nav main article header footer sup br section figure "
    "figcaption dl dt dd blockquote hr tfoot button label details summary".split()
)
PIECE = st.one_of(
    st.tuples(SOUP, st.sampled_from(["", "/"])).map(lambda pair: f"<{pair[1]}{pair[0]}>"),
    st.sampled_from(
        ["<td rowspan=2 colspan=2>", "<p hidden>", "<p id=n1>", "<a href='#n1'>", "<a id=r1 href='#n1'>[1]</a>"]
    ),
    st.text(st.sampled_from("abc 12\n.:"), max_size=6),
)


@settings(max_examples=150, deadline=None)
@given(st.lists(PIECE, max_size=40).map("".join))
def test_of_any_page_each_letter_is_in_the_text_or_listed_as_left_out(soup):
    reading, doc = read(page(soup), "a.html")
    kept = doc.text + "".join(dropped.text for dropped in reading.dropped)
    body = parse_html(page(soup), "a.html").find("body")
    shown = "" if body is None else "".join(body.itertext())
    assert Counter(filter(str.isalnum, kept)) == Counter(filter(str.isalnum, shown))
    assert all(a.kind == "table" or doc.text[a.start : a.end] == doc.text[a.start : a.end].strip() for a in doc.blocks)
