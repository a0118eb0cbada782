"""Word documents, made with python-docx and, for what it cannot make, by hand."""

import io

import docx
import pytest

from core.errors import InputError
from tests.unit.markup_samples import blocks, para, read, refs, texts, word, zipped

STYLES = (
    '<w:style w:type="paragraph" w:styleId="berschrift1"><w:name w:val="heading 1"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="Mine"><w:name w:val="Mine"/><w:basedOn w:val="berschrift1"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="Deep"><w:name w:val="Deep"/><w:pPr><w:outlineLvl w:val="2"/>'
    "</w:pPr></w:style>"
    '<w:style w:type="paragraph" w:styleId="Title"><w:name w:val="Title"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="Caption"><w:name w:val="caption"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="TOC1"><w:name w:val="toc 1"/></w:style>'
)
NOTE = '<w:r><w:footnoteReference w:id="{}"/></w:r>'


def saved(document) -> bytes:
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def made():
    document = docx.Document()
    document.core_properties.author = "Anna Bell; Carl Dorn"
    document.core_properties.title = "Old title"
    document.add_paragraph("On Ponds", style="Title")
    document.add_heading("Depth", 1)
    document.add_paragraph("First.").add_run(" And bold.").bold = True
    document.add_heading("Mud", 2)
    document.add_paragraph("An item", style="List Bullet")
    document.add_paragraph("Table 1: Fruit", style="Caption")
    table = document.add_table(rows=3, cols=3)
    for row, names in zip(table.rows, [("Name", "w", "h"), ("Apple", "1", "2"), ("", "3", "")], strict=True):
        for cell, name in zip(row.cells, names, strict=True):
            cell.text = name
    table.cell(1, 0).merge(table.cell(2, 0))
    table.cell(2, 1).merge(table.cell(2, 2))
    document.add_paragraph("Source: own count.")
    document.add_paragraph("Last.")
    return document


def test_styles_tables_and_properties_of_a_document():
    _, doc = read(saved(made()), "a.docx")
    assert blocks(doc) == [
        ("front", "On Ponds"),
        ("heading", "Depth"),
        ("paragraph", "First. And bold."),
        ("heading", "Mud"),
        ("paragraph", "An item"),
        ("table", "Table 1: Fruit\nName\tw\th\nApple\t1\t2\n\t3\t\nSource: own count."),
        ("paragraph", "Last."),
    ]
    assert (doc.title, doc.authors, doc.page_marks) == ("On Ponds", ("Anna Bell", "Carl Dorn"), ())
    assert doc.blocks[4].section == ("Depth", "Mud")
    assert doc.blocks[5].merged == {(2, 0)}


def test_the_properties_of_a_template_are_nobodys():
    document = docx.Document()
    document.add_paragraph("Some words.")
    _, doc = read(saved(document), "a.docx")
    assert (doc.title, doc.authors, doc.date) == ("a", (), "")
    core = (
        "<dc:title>Ponds</dc:title><dc:creator>Microsoft Office User</dc:creator><dcterms:created>"
        "2020-05-06T1Z</dcterms:created>"
    )
    _, doc = read(word(para("x"), core=core), "a.docx")
    assert (doc.title, doc.authors, doc.date) == ("Ponds", (), "2020-05-06")


def test_headings_by_the_name_of_a_style_by_what_it_is_based_on_and_by_its_outline():
    body = (
        para("One", style="berschrift1")
        + para("a")
        + para("Two", style="Mine")
        + para("Three", style="Deep")
        + para("b")
    )
    _, doc = read(word(body, styles=STYLES), "a.docx")
    assert [(b.kind.value, b.level) for b in doc.blocks] == [
        ("heading", 1),
        ("paragraph", 0),
        ("heading", 1),
        ("heading", 3),
        ("paragraph", 0),
    ]


def test_notes_are_linked_and_numbered_as_word_prints_them():
    body = para(
        "A word.", NOTE.format(2), " More,", NOTE.format(3), " end.", '<w:r><w:endnoteReference w:id="2"/></w:r>'
    )
    reading, doc = read(
        word(
            body,
            footnotes=f'<w:footnote w:type="separator" w:id="-1">{para("-")}</w:footnote>'
            f'<w:footnote w:id="2">{para("<w:r><w:footnoteRef/></w:r>", " First note.")}</w:footnote>'
            f'<w:footnote w:id="3">{para("Second.")}{para("It goes on.")}</w:footnote>',
            endnotes=f'<w:endnote w:id="2">{para("An endnote.")}</w:endnote>',
        ),
        "a.docx",
    )
    assert texts(doc) == ["A word.1 More,2 end.i", "First note.", "Second.", "It goes on.", "An endnote."]
    assert refs(doc) == [("1", "word.1"), ("2", "More,2"), ("i", " end.i")]
    assert [b.label for b in doc.blocks] == ["", "1", "2", "2", "i"]
    assert reading.dropped == ()


def test_a_note_whose_marker_was_deleted_is_out():
    deleted = f"<w:del>{NOTE.format(2)}</w:del>"
    data = word(para("Word.", deleted), footnotes=f'<w:footnote w:id="2">{para("Gone.")}</w:footnote>')
    reading, doc = read(data, "a.docx")
    assert (doc.text, [(d.text, d.why) for d in reading.dropped]) == ("Word.", [("Gone.", "note without a marker")])


def test_a_marker_of_the_authors_own():
    mark = '<w:r><w:footnoteReference w:customMarkFollows="1" w:id="2"/><w:t>*</w:t></w:r>'
    _, doc = read(word(para("Word.", mark), footnotes=f'<w:footnote w:id="2">{para("Note.")}</w:footnote>'), "a.docx")
    assert (doc.text, refs(doc)) == ("Word.*\n\nNote.", [("*", "Word.*")])


def test_pages_by_breaks_and_by_what_word_last_showed():
    rendered = "<w:r><w:lastRenderedPageBreak/><w:t>{}</w:t></w:r>"
    body = (
        para("A sentence that goes", rendered.format(" on over the page."))
        + para('<w:r><w:br w:type="page"/></w:r>')
        + para(rendered.format("Third, counted once."))
        + "<w:p><w:pPr><w:pageBreakBefore/></w:pPr><w:r><w:t>Fourth.</w:t></w:r></w:p>"
        + para("Noted.", NOTE.format(2))
        + para('<w:r><w:br w:type="page"/></w:r>', "Fifth.")
    )
    _, doc = read(word(body, footnotes=f'<w:footnote w:id="2">{para("Note.")}</w:footnote>'), "a.docx")
    assert texts(doc)[0] == "A sentence that goes on over the page."
    shown = {
        name: doc.page_at(doc.text.index(name)) for name in ("A sent", "over", "Third", "Fourth", "Fifth", "Note.")
    }
    assert shown == {"A sent": 1, "over": 2, "Third": 3, "Fourth": 4, "Fifth": 5, "Note.": 4}
    assert read(word(para("x")), "a.docx")[1].page_marks == ()


def test_a_section_begins_a_page_unless_it_is_continuous():
    section = '<w:p><w:pPr><w:sectPr><w:type w:val="{}"/></w:sectPr></w:pPr><w:r><w:t>{}</w:t></w:r></w:p>'
    body = section.format("nextPage", "One.") + section.format("nextPage", "Two.") + para("Also two.")
    body += '<w:sectPr><w:type w:val="continuous"/></w:sectPr>'
    _, doc = read(word(body), "a.docx")
    assert [b.page for b in doc.blocks] == [1, 2, 2]


def test_tracked_changes_hidden_text_and_text_boxes():
    body = (
        para(
            "Keep ",
            "<w:del><w:r><w:delText>old</w:delText></w:r></w:del>",
            "<w:ins><w:r><w:t>new</w:t></w:r></w:ins>",
            "<w:r><w:rPr><w:vanish/></w:rPr><w:t>unseen</w:t></w:r>",
            "<w:r><mc:AlternateContent><mc:Choice><w:drawing><w:txbxContent>"
            + para("boxed")
            + "</w:txbxContent></w:drawing>"
            "</mc:Choice><mc:Fallback><w:pict><w:txbxContent>"
            + para("boxed")
            + "</w:txbxContent></w:pict></mc:Fallback>"
            "</mc:AlternateContent></w:r>",
            "<m:oMath><m:r><m:t> E=mc</m:t></m:r></m:oMath>",
            "<w:hyperlink><w:r><w:t> link</w:t><w:tab/><w:t>tab</w:t><w:br/><w:t>line</w:t></w:r></w:hyperlink>",
            "<w:r><w:instrText> PAGE </w:instrText></w:r><w:r><w:noBreakHyphen/><w:sym w:char='2192'/></w:r>",
        )
        + "<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t>Joined</w:t></w:r></w:p>"
        + para(" up.")
    )
    reading, doc = read(word(body, header1=para("Running"), styles=STYLES), "a.docx")
    assert texts(doc) == ["Keep new E=mc link tab line-→", "Joined up."]
    assert [(d.text, d.why) for d in reading.dropped] == [
        ("old", "deleted"),
        ("unseen", "hidden"),
        ("boxed", "text box"),
        ("Running", "running header"),
    ]


def test_a_table_of_contents_is_navigation():
    toc = (
        '<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj>'
        "</w:sdtPr><w:sdtContent>"
    )
    body = toc + para("One 3") + "</w:sdtContent></w:sdt>" + para("Two 5", style="TOC1") + para("Text.")
    reading, doc = read(word(body, styles=STYLES), "a.docx")
    assert doc.text == "Text."
    assert [d.why for d in reading.dropped] == ["navigation", "navigation"]


def test_rows_that_name_columns_and_nested_tables():
    cell = "<w:tc>{}</w:tc>"
    head = "<w:trPr><w:tblHeader/></w:trPr>"
    row = "<w:tr>{}{}{}</w:tr>"
    body = "<w:tbl>" + row.format(head, "<w:tc><w:tcPr><w:gridSpan w:val='2'/></w:tcPr>" + para("Size") + "</w:tc>", "")
    body += row.format(head, cell.format(para("w")), cell.format(para("h")))
    body += row.format("", cell.format(para("1") + para("one")), cell.format(para("2"))) + "</w:tbl>"
    _, doc = read(word(para("Table 1: Parts") + body), "a.docx")
    assert doc.text == "Table 1: Parts\nSize – w\th\n1 one\t2"
    _, doc = read(word(para("x") + body), "a.docx")
    assert (doc.blocks[1].label, doc.blocks[1].columns) == ("Size", ("w", "h"))
    nested = "<w:tbl>" + row.format("", cell.format(para("In")), cell.format(body)) + "</w:tbl>"
    assert read(word(nested), "a.docx")[1].text == "In\n\nSize\nw\th\n1 one\t2"


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "old Word file"),
        (b"only text", "no zip file"),
        (zipped({"a.txt": "x"}), "no Word document"),
        (zipped({"word/document.xml": "<w:doc"}), "is no XML"),
        (zipped({"word/document.xml": "<doc/>"}), "has no body"),
        (zipped({"word/document.xml": b"x" * 60_000_000}), "unpacks to far more"),
        (zipped({"xl/workbook.xml": "<x/>"}), "'.xlsx'"),
        (word(para("x"))[:-40], "broken|no zip file"),
    ],
)
def test_what_is_no_word_document_is_refused_in_one_line(data, said):
    with pytest.raises(InputError, match=said) as raised:
        read(data, "a.docx")
    assert "\n" not in str(raised.value)


def test_entities_are_neither_expanded_nor_fetched():
    xml = (
        '<!DOCTYPE d [{}<!ENTITY f SYSTEM "file:///etc/passwd">]>'
        '<w:d xmlns:w="w"><w:body><w:p><w:r><w:t>Only this.&e9;&f;</w:t></w:r></w:p></w:body></w:d>'
    )
    plain = xml.format('<!ENTITY e9 "ha">')
    assert read(zipped({"word/document.xml": plain}), "a.docx")[1].text == "Only this."
    bomb = "".join(f'<!ENTITY e{i + 1} "{f"&e{i};" * 10}">' for i in range(9))
    with pytest.raises(InputError, match="is no XML"):
        read(zipped({"word/document.xml": xml.format(f'<!ENTITY e0 "ha">{bomb}')}), "a.docx")
