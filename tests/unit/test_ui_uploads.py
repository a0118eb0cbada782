"""Names and titles from outside are cleaned, and only what may be kept is kept."""

import pytest

from core.errors import InputError
from core.settings import Settings
from ui.uploads import clean_name, clean_title, discard, keep, settle, uploading


@pytest.mark.parametrize(
    ("name", "cleaned"),
    [
        ("Notes of May.TXT", "Notes of May.txt"),
        ("The %22old%22 mill.txt", "The old mill.txt"),
        ("../../etc/passwd.txt", "etcpasswd.txt"),
        ("C:\\boot\\ini.md", "Cbootini.md"),
        ("<script>alert(1)</script>.txt", "scriptalert(1)script.txt"),
        ("gnp.\u202efdp.exe", "gnp.fdp.exe"),
        ("a\x00b\nc\u200b.pdf", "ab c.pdf"),
        (". . .txt", "txt"),
        (".hidden.md", "hidden.md"),
        ("…", "…"),
        ("", "document"),
        ("水" * 90 + ".epub", "水" * 31 + ".epub"),
    ],
)
def test_a_name_keeps_its_letters_and_its_type_alone(name, cleaned):
    assert clean_name(name) == cleaned


def test_a_title_is_one_line_of_visible_characters():
    assert clean_title("  The\t herons\n\u202e of <b>Kent</b> ") == "The herons of <b>Kent</b>"
    with pytest.raises(InputError, match="the name is empty"):
        clean_title(" \u200b\n")
    with pytest.raises(InputError, match="has 301 characters: expected at most 300"):
        clean_title("x" * 301)


def test_an_upload_is_copied_under_the_corpus_and_discarded_from_there_alone(tmp_path):
    settings = Settings(home=tmp_path / "home", corpus="mine")
    upload = tmp_path / "temp" / "a.md"
    upload.parent.mkdir()
    upload.write_text("Herons.", encoding="utf-8")
    first, second = keep(settings, upload), keep(settings, upload)
    assert first != second
    assert first.parent.parent == second.parent.parent == (tmp_path / "home/mine/uploads").resolve()
    assert first.read_text(encoding="utf-8") == "Herons."
    discard(settings, [first, upload])
    assert (first.exists(), second.exists(), upload.exists()) == (False, True, True)


def test_types_that_are_not_read_and_files_too_large_are_refused_in_a_line(tmp_path):
    settings = Settings(home=tmp_path / "home", corpus="mine", read_megabytes=1)
    program = tmp_path / "run.exe"
    program.write_bytes(b"MZ")
    with pytest.raises(InputError, match=r"run\.exe has the type '\.exe': expected one of \.txt"):
        keep(settings, program)
    large = tmp_path / "large.txt"
    large.write_bytes(b"x" * 2_000_000)
    with pytest.raises(InputError, match=r"large\.txt has 2 MB: expected at most 1 MB"):
        keep(settings, large)
    with pytest.raises(InputError, match=r"gone\.txt cannot be kept"):
        keep(settings, tmp_path / "gone.txt")
    (tmp_path / "folder.txt").mkdir()
    with pytest.raises(InputError, match=r"folder\.txt cannot be kept"):
        keep(settings, tmp_path / "folder.txt")
    assert not list((tmp_path / "home").rglob("*.txt"))
    assert not list((tmp_path / "home/mine/uploads").glob("*"))


def test_what_the_killed_left_is_swept_when_nobody_adds_and_no_index_may_have_it(tmp_path):
    settings = Settings(home=tmp_path, corpus="mine")
    upload = tmp_path / "a.md"
    upload.write_text("Herons.", encoding="utf-8")
    with uploading(settings):
        left, indexed = keep(settings, upload), keep(settings, upload)
        settle([indexed])
        with uploading(settings):
            assert left.exists()
    current = tmp_path / "mine" / "CURRENT"
    current.write_text("gen-000001", encoding="utf-8")
    with uploading(settings):
        assert left.exists()
    current.unlink()
    with uploading(settings):
        assert (left.parent.exists(), indexed.exists()) == (False, True)


def test_a_folder_that_cannot_be_written_to_is_a_line(tmp_path):
    (tmp_path / "mine").write_text("a file", encoding="utf-8")
    with pytest.raises(InputError, match="cannot write to"), uploading(Settings(home=tmp_path, corpus="mine")):
        pass
