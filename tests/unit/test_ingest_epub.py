"""E-books: one text from many files, with chapters, notes across files and printed pages."""

import pytest

from core.errors import InputError
from tests.unit.markup_samples import blocks, epub, read, refs, texts, zipped

PEOPLE = (
    '<dc:title id="t">On Ponds</dc:title><dc:creator id="c">Anna Bell</dc:creator>'
    '<dc:creator opf:role="edt">E. Ditor</dc:creator>'
    "<dc:publisher>Pond Press</dc:publisher><dc:date>2019-05-01T00:00:00Z</dc:date>"
)
NAV = '<item id="nav" href="nav.xhtml" properties="nav" media-type="application/xhtml+xml"/>'


def test_chapters_titles_and_metadata():
    book = epub(
        {
            "title.xhtml": "<h1>On Ponds</h1>",
            "a%20b.xhtml": "<h2>Depth</h2><p>Deep.</p><h3>Mud</h3><p>Dark&#160;&amp; cold.</p>",
            "c.xhtml": "<h2>Width</h2><p>Wide.</p>",
        },
        PEOPLE,
        OPS__x="",
        **{"OPS__a b.xhtml": "<html><body><h2>Depth</h2><p>Deep.</p><h3>Mud</h3><p>Dark &amp; cold.</p></body></html>"},
    )
    _, doc = read(book, "a.epub")
    assert blocks(doc)[0] == ("front", "On Ponds")
    assert [b.section for b in doc.blocks if b.kind == "paragraph"] == [("Depth",), ("Depth", "Mud"), ("Width",)]
    assert (doc.title, doc.authors, doc.date) == ("On Ponds", ("Anna Bell",), "2019-05-01")
    assert (doc.publication.type, doc.publication.publisher, doc.publication.editors) == (
        "book",
        "Pond Press",
        ("E. Ditor",),
    )


def test_the_only_h1_of_a_book_is_a_chapter_unless_it_is_the_title():
    _, doc = read(epub({"a.xhtml": "<h1>Preface</h1><p>x</p>", "b.xhtml": "<h2>One</h2><p>y</p>"}, PEOPLE), "a.epub")
    assert [b.kind.value for b in doc.blocks] == ["heading", "paragraph", "heading", "paragraph"]
    assert doc.title == "On Ponds"


def test_notes_in_a_file_of_their_own_and_ids_that_repeat():
    book = epub(
        {
            "a.xhtml": '<h1>A</h1><p>One.<a epub:type="noteref" href="notes.xhtml#n1" id="r1">1</a> On.</p>',
            "b.xhtml": '<h1>B</h1><p id="n1">Two.<sup><a href="notes.xhtml#m1" id="r1">1</a></sup></p>',
            "notes.xhtml": (
                '<h1>Notes</h1><p id="n1"><a href="a.xhtml#r1">1</a>. First.</p><p id="m1">'
                'Other. <a href="b.xhtml#r1">↩</a></p>'
            ),
        }
    )
    reading, doc = read(book, "a.epub")
    assert texts(doc) == ["A", "One.1 On.", "B", "Two.1", "Notes", "1. First.", "Other."]
    assert [(b.kind.value, b.label) for b in doc.blocks[-2:]] == [("note", "1"), ("note", "1")]
    assert refs(doc, 4) == [("1", "One.1"), ("1", "Two.1")]
    assert [(d.text, d.why) for d in reading.dropped] == [("↩", "back link")]


def test_printed_pages_by_type_and_by_list():
    page_list = (
        '<html><body><nav epub:type="toc"><a href="a.xhtml">A</a></nav><nav epub:type="page-list"><ol>'
        '<li><a href="b.xhtml#p3">3</a></li></ol></nav></body></html>'
    )
    book = epub(
        {
            "a.xhtml": (
                '<div epub:type="pagebreak" title="xii"/><p>Twelfth.</p><p>'
                'It go<span epub:type="pagebreak" id="p1">1</span>es on.</p>'
            ),
            "b.xhtml": (
                '<p><span role="doc-pagebreak" aria-label="Page 2"></span>Second.</p><p><a id="p3"></a>Third.</p>'
            ),
        },
        manifest=NAV,
        **{"OPS__nav.xhtml": page_list},
    )
    reading, doc = read(book, "a.epub")
    assert texts(doc) == ["Twelfth.", "It goes on.", "Second.", "Third."]
    assert [b.page for b in doc.blocks] == ["xii", "xii", 2, 3]
    assert doc.page_at(doc.text.index("on.")) == 1
    assert [(d.text, d.why) for d in reading.dropped] == [("1", "page number")]


def test_pages_and_titles_of_epub_2():
    ncx = (
        '<ncx xmlns="http://www.daisy.org/z3986/2005/ncx/"><navMap><navPoint><navLabel><text>'
        "The  Start</text></navLabel>"
        '<content src="a.xhtml"/></navPoint></navMap><pageList><pageTarget><navLabel><text>7</text></navLabel>'
        '<content src="a.xhtml#p7"/></pageTarget></pageList></ncx>'
    )
    book = epub(
        {"a.xhtml": '<p class="chapter">The Start</p><p>Six.</p><p id="p7">Seven.</p>'},
        manifest='<item id="ncx" href="toc.ncx" media-type="application/x-dtbncx+xml"/>',
        **{"OPS__toc.ncx": ncx},
    )
    _, doc = read(book, "a.epub")
    assert blocks(doc) == [("heading", "The Start"), ("paragraph", "Six."), ("paragraph", "Seven.")]
    assert [b.page for b in doc.blocks] == [None, None, 7]


def test_documents_of_links_alone_are_left_out():
    links = "".join(f'<p><a href="c{i}.xhtml">Chapter number {i}</a></p>' for i in range(6))
    reading, doc = read(epub({"toc.xhtml": f"<h1>Contents</h1>{links}", "c0.xhtml": "<h1>C</h1><p>x</p>"}), "a.epub")
    assert texts(doc) == ["C", "x"]
    assert [d.why for d in reading.dropped] == ["table of contents"]


LOCK = '<encryption xmlns="urn:x"><EncryptedData><EncryptionMethod Algorithm="{}"/></EncryptedData></encryption>'


def test_fonts_may_be_obfuscated_but_a_locked_book_is_refused():
    fonts = LOCK.format("http://www.idpf.org/2008/embedding")
    assert read(epub({"a.xhtml": "<p>x</p>"}, **{"META-INF__encryption.xml": fonts}), "a.epub")[1].text == "x"
    locked = LOCK.format("http://www.w3.org/2001/04/xmlenc#aes128-cbc")
    with pytest.raises(InputError, match="DRM"):
        read(epub({"a.xhtml": "<p>x</p>"}, **{"META-INF__encryption.xml": locked}), "a.epub")


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"text", "no zip file"),
        (zipped({"a.txt": "x"}), "no e-book"),
        (epub({}), "none of the documents"),
        (zipped({"META-INF/container.xml": "<container"}), "is no XML"),
    ],
)
def test_what_is_no_book_is_refused_in_one_line(data, said):
    with pytest.raises(InputError, match=said) as raised:
        read(data, "a.epub")
    assert "\n" not in str(raised.value)
