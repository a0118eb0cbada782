"""An index answers by what is in it, not by how it came about: built at once, or in any order of steps."""

import tempfile
from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.settings import Settings
from index import Index, add_documents, open_index, remove_documents, rename_document
from index.generation import Generation
from index.store import corpus_folder, current_generation
from index.terms import analyze
from ingest import Metadata, Source, read_file
from tests.conftest import CountingEmbedder

NAMES = ("ponds", "trees", "birds", "boats", "mills")
TOPICS = ("carp", "oaks", "herons", "skiffs", "herrons")
QUERIES = ("carp of the pond", "herons 3", "How many oaks 2?", "table 2", "the last table", "nothing of it", "herrons")

names = st.sampled_from(NAMES)
additions = st.tuples(st.just("add"), st.dictionaries(names, st.integers(0, 9), min_size=1))
removals = st.tuples(st.just("remove"), st.sets(names, min_size=1))
renamings = st.tuples(st.just("rename"), st.tuples(names, st.sampled_from(("A pond", "Herons"))))


class Here:
    """Reads files in this process."""

    def __init__(self, *args: object) -> None: ...

    def __enter__(self) -> "Here":
        return self

    def __exit__(self, *args: object) -> None: ...

    def read(self, source: Source, *, document_id: str):
        return read_file(source.path, document_id=document_id, metadata=source.said)


@pytest.fixture(autouse=True)
def _in_process(monkeypatch):
    monkeypatch.setattr("index.build.ReaderProcess", Here)
    monkeypatch.setattr("index.build._BATCH", 6)  # so that a build writes several segments


def text(name: str, variant: int) -> str:
    topic = TOPICS[(NAMES.index(name) + variant) % len(TOPICS)]
    rows = "".join(f"| {topic} {n} | {n * 7} |\n" for n in range(variant % 4))
    table = f"Table {1 + variant % 3}: The {topic}\n\n| Name | Count |\n|---|---|\n{rows}\n" if rows else ""
    more = f"The {topic} of {name} were counted in {1800 + variant}. Herons look at {topic}.\n\n" * (1 + variant % 2)
    return f"# On {name}\n\n{more}{table}## More\n\nNobody counted the {TOPICS[variant % 5]}.\n"


def add(corpus: Settings, wanted: Mapping[str, int], embedder) -> None:
    folder = corpus.home / "docs"
    folder.mkdir(parents=True, exist_ok=True)
    for name, variant in wanted.items():
        (folder / f"{name}.md").write_text(text(name, variant), encoding="utf-8")
    sources = [Source(folder / f"{name}.md", name, Metadata()) for name in wanted]
    add_documents(corpus, sources, embedder=embedder)


def told(index: Index) -> list[object]:
    """All that an index says."""
    found = [index.search(query, top=9) for query in QUERIES]
    terms = [term for query in QUERIES for term in analyze(query)]
    return [
        [(d.id, d.title, d.text) for d in index.documents.values()],
        found,
        [index.sentence_similarities(q, f) for q, f in zip(QUERIES, found, strict=True)],
        [[v.tolist() for v in index.sentence_vectors(f)] for f in found],
        [index.hits_in(i, (0, 80)) for i in NAMES],
        [index.tables_named(q) for q in QUERIES],
        [(index.idf(t), index.knows(t), index.variants(t), index.documents_with([t])) for t in terms],
    ]


def opened(corpus: Settings, embedder, ids=None) -> list[object]:
    index = open_index(corpus, embedder=embedder)
    try:
        return told(index if ids is None else index.only(ids))
    finally:
        index.close()


@settings(max_examples=12)
@given(st.lists(st.one_of(additions, additions, removals, renamings), min_size=1, max_size=9), st.sets(names))
def test_any_steps_give_the_index_that_is_built_at_once(steps, chosen):
    embedder = CountingEmbedder()
    with tempfile.TemporaryDirectory() as folder:
        stepwise, once, few = (Settings(home=Path(folder) / name, corpus="test") for name in ("steps", "once", "few"))
        there: dict[str, int] = {}
        titles: dict[str, str] = {}
        for step, what in steps:
            if step == "add":
                add(stepwise, what, embedder)
                there |= what
            elif step == "remove" and what & there.keys():
                remove_documents(stepwise, what & there.keys(), embedder=embedder)
                there = {name: variant for name, variant in there.items() if name not in what}
                titles = {name: title for name, title in titles.items() if name not in what}
            elif step == "rename" and what[0] in there:
                rename_document(stepwise, *what, embedder=embedder)
                titles[what[0]] = what[1]
        if not there:
            return
        chosen &= there.keys()
        for corpus, ids in ((once, there.keys()), (few, chosen)):
            if ids:
                add(corpus, {i: there[i] for i in ids}, embedder)
            for i in titles.keys() & ids:
                rename_document(corpus, i, titles[i], embedder=embedder)
        assert opened(stepwise, embedder) == opened(once, embedder)
        if chosen:
            assert opened(stepwise, embedder, chosen) == opened(few, embedder)


def test_steps_with_the_real_model_give_the_index_that_is_built_at_once(tmp_path):
    stepwise, once = (Settings(home=tmp_path / name, corpus="test") for name in ("steps", "once"))
    for name in (*NAMES, "ponds"):
        add(stepwise, {name: 5}, None)
    remove_documents(stepwise, ["mills"])
    add(stepwise, {"trees": 2}, None)
    add(once, {"ponds": 5, "trees": 2, "birds": 5, "boats": 5}, None)
    assert opened(stepwise, None) == opened(once, None)


def test_documents_one_by_one_are_kept_in_few_segments_and_swept_with_the_last_that_names_them(home, embedder):
    for n in range(9):
        add(home, {NAMES[n % 5]: n}, embedder)
    manifest = current_generation(home).manifest()
    assert len(manifest.segments) <= 4
    index = open_index(home, embedder=embedder)
    kept = set(manifest.segments)
    add(home, dict.fromkeys(NAMES, 9), embedder)
    add(home, dict.fromkeys(NAMES, 8), embedder)
    segments = {path.name for path in corpus_folder(home).glob("seg-*")}
    assert kept <= segments  # leased
    index.close()
    add(home, dict.fromkeys(NAMES, 7), embedder)
    generations = [Generation(path) for path in corpus_folder(home).glob("gen-*")]
    assert len(generations) == 2
    named = {name for generation in generations for name in generation.manifest().segments}
    assert {path.name for path in corpus_folder(home).glob("seg-*")} == named
    assert kept.isdisjoint(named)
    assert not list(corpus_folder(home).glob("made-*")) + list(corpus_folder(home).glob("making"))


def test_removing_a_document_writes_no_segment_and_embeds_nothing(home, embedder, monkeypatch):
    monkeypatch.setattr("index.build._BATCH", 99)
    add(home, dict.fromkeys(NAMES, 4), embedder)
    before = current_generation(home).manifest().segments
    embedder.texts.clear()
    remove_documents(home, ["birds"], embedder=embedder)
    assert current_generation(home).manifest().segments == dict.fromkeys(before, ("birds",))
    assert embedder.texts == []


def test_a_changed_document_is_embedded_only_where_it_changed(home, embedder):
    add(home, {"ponds": 4, "trees": 1}, embedder)
    path = home.home / "docs" / "ponds.md"
    path.write_text(path.read_text(encoding="utf-8") + "\n## New\n\nThe mill burned down.\n", encoding="utf-8")
    embedder.texts.clear()
    add_documents(home, [Source(path, "ponds", Metadata())], embedder=embedder)
    assert {line for text in embedder.texts for line in text.split("\n")} == {"New", "The mill burned down."}
