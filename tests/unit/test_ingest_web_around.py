"""What stands around the text of a web page: menus, tables of contents, boxes with notes."""

from ingest import split_document
from tests.unit.markup_samples import blocks, read

PROSE = "<p>The pond is fed by a spring that never dries, and it has been so since the mill was built.</p>"


def test_a_menu_by_its_name_that_is_all_links_is_no_text_and_a_list_of_links_is():
    menu = '<div class="menu mainmenu"><ul><li><a href="a.html">Home</a> <li><a href="b.html">Shop</a></ul></div>'
    links = '<ul class="menu"><li><a href="c.html">Trout</a>, served on Fridays when the mill is open</ul>'
    reading, doc = read(f"<body>{menu}<h1>Ponds</h1>{PROSE}{links}</body>", "a.html")
    assert doc.text.splitlines()[0] == "Ponds"
    assert "Trout, served" in doc.text
    assert [(d.text, d.why) for d in reading.dropped] == [("Home Shop", "navigation")]


def test_a_table_of_contents_under_the_title_is_no_front_matter_and_names_no_authors():
    toc = '<p>Table of Contents</p><dl><dt><a href="#a">Deep Water</a><dt><a href="#b">Fish</a></dl>'
    body = f'<h1>Ponds</h1>{toc}{PROSE}<h2 id="a">Deep Water</h2>{PROSE}<h2 id="b">Fish</h2>{PROSE}'
    _, doc = read(f"<body>{body}</body>", "a.html")
    assert doc.authors == ()
    assert [text for kind, text in blocks(doc) if kind == "front"] == ["Ponds"]
    assert not any("Contents" in passage.text for passage in split_document(doc, passage_words=100))


def test_a_box_with_a_note_in_it_is_text_and_a_table_of_one_column_is_a_table():
    box = "<table><tr><td rowspan=2><img></td><th>Note</th></tr><tr><td><p>Ice is thin.</p></td></tr></table>"
    column = "<table><tr><th>Fish</th></tr><tr><td>trout</td></tr><tr><td>carp</td></tr></table>"
    _, doc = read(f"<body>{PROSE}{box}{column}</body>", "a.html")
    assert [kind for kind, _ in blocks(doc)] == ["paragraph", "paragraph", "paragraph", "table"]


def test_the_bibliography_in_a_table_of_contents_is_no_heading_over_the_text():
    toc = '<ul><li><a href="#a">Deep Water</a><li><a href="#r">References</a></ul>'
    entry = "<p>Bell, A. (2004). On Ponds.</p>"
    body = f'<h1>Ponds</h1>{toc}<h2 id="a">Deep Water</h2>{PROSE}<h2 id="r">References</h2>{entry}'
    _, doc = read(f"<body>{body}</body>", "a.html")
    assert [b.section for b in doc.blocks if b.kind.value == "paragraph" and "spring" in doc.text[b.start : b.end]] == [
        ("Deep Water",)
    ]
    assert len(doc.references) == 1
