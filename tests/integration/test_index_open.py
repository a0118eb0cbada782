"""An index that is open while others build: its files stay until it is closed, however often."""

from pathlib import Path

from index_samples import add

from answer import open_corpus
from core.settings import Settings
from index import add_documents, current_name, lease_generation, open_index, read_documents
from index.generation import MANIFEST
from index.locks import is_leased
from index.store import corpus_folder, current_generation
from index.terms import analyze
from ingest import find_documents


def write(folder: Path, year: int) -> None:
    folder.mkdir(exist_ok=True)
    (folder / "trees.md").write_text(f"# Trees\n\nThe oak was planted in {year}. It is tall.\n", encoding="utf-8")


def generations(settings: Settings) -> list[str]:
    return sorted(path.name for path in corpus_folder(settings).glob("gen-*"))


def test_an_open_index_outlives_any_number_of_builds_and_is_swept_when_it_is_closed(home, embedder, tmp_path):
    write(tmp_path / "docs", 1820)
    add(home, tmp_path / "docs", embedder)
    index = open_index(home, embedder=embedder)
    try:
        for year in (1821, 1822, 1823):
            write(tmp_path / "docs", year)
            add(home, tmp_path / "docs", embedder)
        assert generations(home) == ["gen-000001", "gen-000003", "gen-000004"]
        (hit,) = (h for h in index.search("when was the oak planted", top=3) if "oak" in h.passage.text)
        assert "1820" in hit.passage.text
        assert index.sentence_similarities("the oak", [hit])
    finally:
        index.close()
    write(tmp_path / "docs", 1824)
    add(home, tmp_path / "docs", embedder)
    assert generations(home) == ["gen-000004", "gen-000005"]


def test_what_is_leased_is_what_is_returned_though_others_build_between(home, embedder, tmp_path, monkeypatch):
    for year in (1820, 1821):
        write(tmp_path / "docs", year)
        add(home, tmp_path / "docs", embedder)
    pointer = corpus_folder(home) / "CURRENT"
    pointer.write_text("gen-000001", encoding="utf-8")

    def look_then_swap(settings: Settings) -> str:
        name = current_name(settings)
        pointer.write_text("gen-000002", encoding="utf-8")
        return name

    monkeypatch.setattr("index.store.current_name", look_then_swap)
    generation, _, lease = lease_generation(home)
    assert generation.folder.name == "gen-000001"
    assert is_leased(generation.folder / "manifest.json")
    lease.close()


def test_an_index_of_some_documents_answers_as_one_built_of_just_these(home, embedder, tmp_path):
    names = ("trees", "ponds", "birds")
    folder = tmp_path / "docs"
    folder.mkdir()
    for name in names:
        table = "".join(f"| {name} {n} | {n * 7} |\n" for n in range(6))
        text = f"# On {name}\n\nThe {name} of the park were counted in 1820. Herons look at {name}.\n\n"
        (folder / f"{name}.md").write_text(f"{text}| Name | Count |\n|---|---|\n{table}", encoding="utf-8")
    add(home, folder, embedder)
    alone = Settings(home=tmp_path / "alone", corpus="test")
    add_documents(alone, find_documents([folder / "trees.md", folder / "birds.md"]), embedder=embedder)
    whole, few = open_index(home, embedder=embedder), open_index(alone, embedder=embedder)
    try:
        view = whole.only({"trees", "birds"})
        assert list(view.documents) == list(few.documents) == ["birds", "trees"]
        for query in ("Who looks at the ponds?", "How many trees 3?", "herons counted in 1820", "nothing of it"):
            expected = few.search(query, top=8)
            assert view.search(query, top=8) == expected
            assert view.sentence_similarities(query, expected) == few.sentence_similarities(query, expected)
        assert (view.knows("pond"), whole.knows("pond")) == (False, True)
        assert view.idf("tree") == few.idf("tree")
        view.close()  # the files are those of the whole, which goes on
        assert whole.search("ponds", top=1)
        assert view.only({"birds"}).search("birds", top=1)[0].passage.document_id == "birds"
    finally:
        whole.close()
        few.close()


def test_documents_are_told_by_the_terms_of_their_passages(home, embedder, tmp_path):
    write(tmp_path / "docs", 1820)
    (tmp_path / "docs" / "mills.md").write_text("# Mills\n\n## Old wheels\n\nThey turned in 1821.\n", encoding="utf-8")
    add(home, tmp_path / "docs", embedder)
    index = open_index(home, embedder=embedder)
    try:
        assert index.documents_with(analyze("oaks")) == {"trees"}
        assert index.documents_with(["1820", "1821"]) == {"trees", "mills"}
        assert index.documents_with(analyze("wheel")) == {"mills"}, "headings count"
        assert index.documents_with(["zebra"]) == index.documents_with([]) == frozenset()
        assert index.only({"mills"}).documents_with(["1820", "1821"]) == {"mills"}
    finally:
        index.close()


def test_documents_can_be_read_when_others_have_swept_their_files(home, embedder, tmp_path):
    write(tmp_path / "docs", 1820)
    add(home, tmp_path / "docs", embedder)
    documents = read_documents(home)
    for year in (1821, 1822, 1823):
        write(tmp_path / "docs", year)
        add(home, tmp_path / "docs", embedder)
    assert "gen-000001" not in generations(home)
    assert "1820" in documents["trees"].text


def test_a_corpus_opened_from_python_lets_go_of_its_files(home, embedder, tmp_path):
    write(tmp_path / "docs", 1820)
    add(home, tmp_path / "docs", embedder)
    manifest = current_generation(home).folder / MANIFEST
    with open_corpus(settings=home) as corpus:
        assert list(corpus.documents)
        assert is_leased(manifest)
    assert not is_leased(manifest)
