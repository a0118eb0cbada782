import re
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from benchmarks.growth.measure import questions_on
from benchmarks.library import LENGTH, make_chapter, write_library
from benchmarks.vectors import PooledEmbedder, pool_texts
from core.records import BlockKind
from ingest import read_document


def test_a_chapter_depends_on_its_number_and_the_seed_alone(tmp_path: Path):
    write_library(tmp_path, 2, 4)
    assert [path.name for path in sorted(tmp_path.iterdir())] == ["chapter-000002.txt", "chapter-000003.txt"]
    assert (tmp_path / "chapter-000003.txt").read_text(encoding="utf-8") == make_chapter(3).text
    assert make_chapter(3).text != make_chapter(4).text != make_chapter(4, seed=2).text


def test_a_chapter_is_as_long_as_a_chapter():
    assert all(0.9 * LENGTH < len(make_chapter(number).text) < 1.15 * LENGTH for number in range(8))


def test_a_chapter_has_sections_tables_notes_and_cited_works(tmp_path: Path):
    write_library(tmp_path, 0, 1)
    document = read_document(tmp_path / "chapter-000000.txt")
    kinds = [block.kind for block in document.blocks]
    assert kinds.count(BlockKind.HEADING) > 8 and kinds.count(BlockKind.TABLE) > 4
    assert kinds.count(BlockKind.NOTE) > 5 and len(document.note_refs) > 5
    assert len(document.cited) > 20 and len(document.references) > 10


def test_chapters_share_few_names_and_figures():
    one, other = ({*re.findall(r"\b[A-Z][a-z]{5,}\b", make_chapter(number).text)} for number in (0, 1))
    assert len(one & other) < 0.6 * min(len(one), len(other))


def test_the_vocabulary_grows_with_the_library():
    words: set[str] = set()
    sizes = []
    for number in range(6):
        words |= {*re.findall(r"\w+", make_chapter(number).text)}
        sizes.append(len(words))
    assert all(later > earlier + 200 for earlier, later in pairwise(sizes))


def test_questions_speak_of_their_chapter():
    chapter = make_chapter(0)
    names = {name for question in chapter.questions for name in re.findall(r"(?<!^)\b[A-Z][a-z]{6,}\b", question)}
    assert len(chapter.questions) > 150
    assert sum(name in chapter.text for name in names) > 0.8 * len(names)


@pytest.mark.parametrize(("chapters", "most"), [(1, 101), (10, 101), (100, 151)])
def test_questions_are_as_many_as_asked_and_different(chapters: int, most: int):
    questions = questions_on(chapters, most)
    assert len(questions) == len(set(questions)) and 0.9 * most < len(questions) <= most


def test_made_vectors_are_unit_and_those_of_their_texts():
    pool = np.random.default_rng(1).standard_normal((50, 8)).astype(np.float32)
    pool /= np.linalg.norm(pool, axis=1, keepdims=True)
    embedder = PooledEmbedder(pool)
    together = embedder.embed(["a tram", "a ferry", "a tram"])
    assert together.dtype == np.float32 and np.allclose(np.linalg.norm(together, axis=1), 1, atol=1e-6)
    assert np.array_equal(together[0], together[2]) and not np.allclose(together[0], together[1])
    assert np.array_equal(together[1:2], embedder.embed(["a ferry"]))


def test_a_made_vector_lies_near_one_of_the_pool():
    pool = np.eye(64, dtype=np.float32)
    cosines = PooledEmbedder(pool).embed([str(n) for n in range(40)]) @ pool.T
    assert (cosines.max(axis=1) > 0.7).all()


def test_texts_of_a_pool_are_different_sentences():
    texts = pool_texts(60)
    assert len(set(texts)) == 60 and all(len(text) > 40 and text.endswith(".") for text in texts)
