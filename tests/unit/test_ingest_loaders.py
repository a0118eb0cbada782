"""Files are read for what they are, whatever their name says, and boxes that unpack without end stay shut."""

import io
import zipfile

import pytest

from core.errors import InputError
from ingest.markup.archive import open_archive
from tests.unit.markup_samples import epub, para, read, word, zipped

PAGE = "<!DOCTYPE html><html><body><p>Some words.</p></body></html>"


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (PAGE, "a.txt"),
        (PAGE, "a.docx"),
        ("<!-- saved --> <HTML><p>Some words.", "a.md"),
        ("<?xml version='1.0'?>\n" + PAGE, "a.epub"),
        (word(para("Some words.")), "a.txt"),
        (word(para("Some words.")), "a.epub"),
        (epub({"a.xhtml": "<p>Some words.</p>"}), "a.docx"),
        ("Some words.", "a.html"),
        ("<p>Some <b>words.", "A.HTM"),
        ("Some words.", "a.markdown"),
    ],
)
def test_a_file_is_read_by_its_content_where_that_is_certain(data, name):
    assert read(data, name)[1].text == "Some words."


@pytest.mark.parametrize(
    ("data", "name", "said"),
    [
        (b"\n{\\rtf1 Some words.}"[1:], "a.txt", "type '.rtf'"),
        (zipped({"x.txt": "y"}), "a.txt", "type '.zip'"),
        (zipped({"ppt/presentation.xml": "y"}), "a.docx", "type '.pptx'"),
        (b"Some words.", "a.docx", "no zip file"),
        (b"Some words.", "a.epub", "no zip file"),
        (b"x", "a.odt", "got type '.odt'"),
    ],
)
def test_what_no_loader_reads_is_named_in_one_line(data, name, said):
    with pytest.raises(InputError, match=said) as raised:
        read(data, name)
    assert "\n" not in str(raised.value)


def test_a_box_that_lies_about_its_size_is_not_unpacked_to_the_end():
    data = bytearray(zipped({"word/document.xml": b"<a>" + b" " * 50_000_000}))
    archive = zipfile.ZipFile(io.BytesIO(bytes(data)))
    size = archive.infolist()[0].file_size.to_bytes(4, "little")
    lying = bytes(data).replace(size, (1000).to_bytes(4, "little"))
    with pytest.raises(InputError, match="unpack"):
        open_archive(lying, "a.docx").read("word/document.xml")


def test_too_many_members_and_locked_ones():
    with pytest.raises(InputError, match="far more than a document holds"):
        open_archive(zipped({str(i): "" for i in range(20_001)}), "a.epub")
    data = bytearray(zipped({"a": "b"}))
    data[6] |= 1
    data[data.index(b"PK\x01\x02") + 8] |= 1
    with pytest.raises(InputError, match="locked with a password"):
        open_archive(bytes(data), "a.docx")


def test_paths_that_lead_outside_are_only_names():
    assert open_archive(zipped({"../../etc/x": "y"}), "a.epub").read("../../etc/x") == b"y"
