"""What a manifest and a user may say, and the ids of files of one name."""

import json
import os
from dataclasses import replace
from pathlib import Path

import pytest

from core.errors import InputError
from core.records import Publication
from ingest import Metadata, Said, Source, describe, find_documents


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("authors", "Jane Doe"),
        ("authors", [1]),
        ("authors", None),
        ("date", None),
        ("date", True),
        ("date", ["2020"]),
        ("title", 5),
        ("title", None),
        ("id", 5),
        ("file", None),
    ],
)
def test_a_manifest_whose_values_are_of_another_type_is_refused_in_one_line(tmp_path, field, value):
    (tmp_path / "a.txt").write_text("Text a.", encoding="utf-8")
    entry = {"id": "first", "file": "a.txt"} | {field: value}
    (tmp_path / "manifest.json").write_text(json.dumps({"documents": [entry]}), encoding="utf-8")
    with pytest.raises(InputError, match="is broken") as raised:
        find_documents([tmp_path])
    assert "\n" not in str(raised.value)
    assert f"'{field}' is {value!r}" in str(raised.value)


def test_a_year_in_figures_is_a_date(tmp_path):
    (tmp_path / "a.txt").write_text("Text a.", encoding="utf-8")
    entry = {"id": "first", "file": "a.txt", "date": 2020}
    (tmp_path / "manifest.json").write_text(json.dumps({"documents": [entry]}), encoding="utf-8")
    (source,) = find_documents([tmp_path])
    assert source.metadata is not None
    assert source.metadata.date == "2020"


def test_an_id_made_up_for_a_second_file_is_no_other_files_own(tmp_path):
    for name in ("x/a.txt", "y/a.txt", "z/a-2.txt", "zz/a.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("Some words.", encoding="utf-8")
    assert [source.id for source in find_documents([tmp_path])] == ["a", "a-3", "a-2", "a-4"]


LISTED = Metadata("Listed", ("Ann Bell",), "1999", Publication(publisher="Reed Press", place="Leeds"))


@pytest.mark.parametrize(
    ("said", "before", "now"),
    [
        (Said(title="New"), Metadata(), Metadata(title="New")),
        (Said(authors=["Carl Dorn"]), Metadata(title="New"), Metadata("New", ("Carl Dorn",))),
        (Said(title=""), Metadata(title="New", date="2001"), Metadata(date="2001")),
        (
            Said(publication=["place=", "publisher=Lake Press", "editors=E. Ek; F. Fay"]),
            Metadata(publication=Publication(place="Hull")),
            Metadata(publication=Publication(editors=("E. Ek", "F. Fay"), publisher="Lake Press")),
        ),
    ],
)
def test_what_is_said_again_is_added_an_empty_value_takes_back_and_what_is_listed_stays_apart(said, before, now):
    source = Source(Path("/a.txt"), "a", LISTED)
    assert describe([source], said, {source.path: before}) == (replace(source, said=now),)


def test_where_nothing_is_said_sources_are_as_they_were():
    source = Source(Path("/a.txt"), "a", LISTED)
    assert describe([source], Said(), {source.path: Metadata("Old")}) == (source,)


def test_what_is_said_wins_over_what_is_listed_and_only_that():
    source = Source(Path("/a.txt"), "a", LISTED, Metadata(title="New", publication=Publication(place="Hull")))
    published = Publication(publisher="Reed Press", place="Hull")
    assert source.known == Metadata("New", ("Ann Bell",), "1999", published)
    assert Source(Path("/a.txt"), "a", LISTED).known == LISTED


def test_a_field_said_empty_is_empty_where_no_manifest_fills_it():
    source = Source(Path("/a.txt"), "a")
    before = {source.path: Metadata("Ponds", ("Ann Bell",), "1999", Publication(type="book"))}
    (described,) = describe([source], Said("", ["", ""], "", ["type="]), before)
    assert described.known == Metadata()


@pytest.mark.parametrize("pair", ["type=poem", "colour=red", "publisher"])
def test_a_field_that_is_not_known_is_refused(pair):
    with pytest.raises(InputError, match="expected"):
        describe([Source(Path("/a.txt"), "a")], Said(publication=[pair]), {})


def test_a_pipe_is_refused_and_not_waited_for(tmp_path):
    os.mkfifo(tmp_path / "a.txt")
    with pytest.raises(InputError, match="no file, but a pipe"):
        find_documents([tmp_path / "a.txt"])
