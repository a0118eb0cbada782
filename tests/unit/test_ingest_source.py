import json

import pytest

from core.errors import InputError
from ingest import Metadata, find_documents, read_document


def test_a_manifest_names_the_documents_of_its_folder(tmp_path):
    (tmp_path / "a.txt").write_text("Text a.", encoding="utf-8")
    (tmp_path / "other.txt").write_text("Not named.", encoding="utf-8")
    entry = {"id": "first", "file": "a.txt", "title": "A", "authors": ["B. C."]}
    (tmp_path / "manifest.json").write_text(json.dumps({"documents": [entry]}), encoding="utf-8")
    (source,) = find_documents([tmp_path])
    assert (source.id, source.path.name, source.metadata) == ("first", "a.txt", Metadata("A", ("B. C.",)))
    assert find_documents([tmp_path / "a.txt"]) == (source,)


def test_a_folder_is_walked_and_ids_are_unique(tmp_path):
    for name in ("x/notes.txt", "y/notes.md", "y/picture.png"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("Some words.", encoding="utf-8")
    assert [s.id for s in find_documents([tmp_path])] == ["notes", "notes-2"]


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("missing.txt", None, "no such file"),
        ("empty.txt", b"", "is empty"),
        ("spaces.txt", b" \n\t ", "is empty"),
        ("binary.txt", bytes(range(256)) * 20, "not text"),
        ("marks.txt", b"... --- !!!", "holds no words"),
        ("picture.png", b"x", "got type '.png'"),
    ],
)
def test_what_cannot_be_read_is_refused_in_one_line(tmp_path, name, data, said):
    path = tmp_path / name
    if data is not None:
        path.write_bytes(data)
    with pytest.raises(InputError, match=said) as raised:
        read_document(find_documents([path])[0].path)
    assert "\n" not in str(raised.value)


def test_a_broken_manifest_is_named(tmp_path):
    (tmp_path / "manifest.json").write_text("{", encoding="utf-8")
    with pytest.raises(InputError, match="is broken"):
        find_documents([tmp_path])


@pytest.mark.parametrize(("encoding", "text"), [("utf-8-sig", "é 智"), ("utf-16", "é 智"), ("cp1252", "caf\u00e9 “x”")])
def test_common_encodings_are_read(tmp_path, encoding, text):
    path = tmp_path / "a.txt"
    path.write_text(text + " words here", encoding=encoding)
    assert text in read_document(path).text
