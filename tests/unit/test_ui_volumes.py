"""Lists of documents, made of what an index notes of them; a document is read only where it is shown."""

import pytest
from answer_fakes import Read
from ui_samples import document, find

from core.errors import IbidError
from core.settings import Settings
from index import Entry
from ui.check_example import example_text
from ui.engine import Engine
from ui.examples import example_questions
from ui.library import A_LEAF, Library
from ui.suggesting import Suggestions
from ui.volumes import Among, Entries, Volume, volumes_of

MANY = 3 * A_LEAF + 1


def entry(number: int) -> Entry:
    kind = "Ponds" if number % 2 else "Mills"
    return Entry(
        f"d{number}", f"{kind} {number}", f"/in/File{number}.md", f"{number:064d}", "1", 12, added=f"{number:04d}"
    )


@pytest.fixture
def read(monkeypatch) -> Read:
    documents = Read({f"d{n}": document(f"d{n}") for n in range(MANY)})
    monkeypatch.setattr(Entries, "now", lambda self: tuple(map(entry, range(MANY))))
    monkeypatch.setattr("ui.library.read_documents", lambda settings: documents)
    return documents


def test_a_leaf_of_the_list_reads_the_documents_on_it_and_only_once(read):
    library = Library(Settings())
    leaf = library.listed()
    assert [row.id for row in leaf.rows] == [f"d{n}" for n in range(MANY - 1, MANY - 1 - A_LEAF, -1)]
    assert (leaf.leaves, leaf.matching, leaf.total) == (4, MANY, MANY)
    assert read.names == {row.id for row in leaf.rows}
    first = leaf.rows[0]
    assert (first.title, first.authors, first.pages, first.file) == ("Mills 150", ("Ada Fowler",), 2, "File150.md")
    read.names.clear()
    assert library.listed().rows == leaf.rows
    assert read.names == set()


def test_a_leaf_behind_the_last_is_the_last(read):
    leaf = Library(Settings()).listed(number=99)
    assert ([row.id for row in leaf.rows], leaf.number) == (["d0"], 3)


def test_a_list_is_sifted_by_words_of_titles_and_file_names(read):
    leaf = Library(Settings()).listed("PONDS 14")
    assert [row.id for row in leaf.rows] == ["d149", "d147", "d145", "d143", "d141"]
    assert (leaf.matching, leaf.total) == (5, MANY)
    assert [row.id for row in Library(Settings()).listed("file77.md").rows] == ["d77"]
    assert Library(Settings()).listed("zebra").rows == ()


def test_a_document_that_has_gone_since_is_listed_by_what_is_noted_of_it(read, monkeypatch):
    monkeypatch.setattr("ui.library.read_documents", lambda settings: {})
    row = Library(Settings()).listed().rows[0]
    assert (row.title, row.passages, row.authors, row.version) == ("Mills 150", 12, (), "")


def test_volumes_are_told_without_reading_a_document(read):
    volumes = Entries(Settings()).volumes()
    assert volumes[7] == Volume("d7", "Ponds 7", "0" * 12)
    assert read.names == set()
    assert volumes_of({"d7": document("d7")}) == (Volume("d7", document().title, "0" * 12),)


def test_entries_are_read_once_a_change_and_none_where_there_is_no_index(monkeypatch, tmp_path):
    opened: list[str] = []
    names = iter(["gen-1", "gen-1", "gen-2"])

    def opens(settings):
        opened.append("once")
        return None, type("Manifest", (), {"documents": (entry(1),)})

    monkeypatch.setattr("ui.volumes.current_name", lambda settings: next(names))
    monkeypatch.setattr("ui.volumes.open_generation", opens)
    entries = Entries(Settings())
    assert [entries.now() for _ in range(3)] == [(entry(1),)] * 3
    assert len(opened) == 2
    monkeypatch.undo()
    assert Entries(Settings(home=tmp_path)).now() == ()


def test_entries_of_a_broken_index_are_an_error_and_no_volumes(monkeypatch):
    def breaks(settings):
        raise IbidError("it is broken")

    monkeypatch.setattr("ui.volumes.current_name", lambda settings: "gen-1")
    monkeypatch.setattr("ui.volumes.has_index", lambda settings: True)
    monkeypatch.setattr("ui.volumes.open_generation", breaks)
    with pytest.raises(IbidError):
        Entries(Settings()).now()
    assert Entries(Settings()).volumes() == ()


def test_examples_are_made_of_the_first_documents(read):
    assert example_questions(read.values())
    assert example_text(read.values())
    assert len(read.names) <= 8


def test_questions_to_ask_next_read_the_document_that_was_quoted(read):
    unused = None
    cited = [["d7", *find("Herons <b>wait</b>.1")], ["gone", 0, 1]]
    engine = Engine(read, lambda q, h: None, lambda: None, unused, unused, unused, unused, quiet=lambda s: False)
    Suggestions(engine).after({"asked": ["What do owls do?"], "cited": cited})
    assert read.names == {"d7"}


def test_some_of_the_documents_are_a_mapping_in_their_order(read):
    some = Among(read, frozenset({"d9", "d2", "gone"}))
    assert (list(some), len(some), read.names) == (["d2", "d9"], 2, set())
    assert some["d9"].id == "d9"
    with pytest.raises(KeyError):
        some["d3"]
