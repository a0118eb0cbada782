import json
import re
from importlib import import_module
from operator import attrgetter
from pathlib import Path
from subprocess import CalledProcessError
from types import SimpleNamespace
from xml.etree import ElementTree

import numpy as np
import pytest

from benchmarks import __main__ as command
from benchmarks.ablation.report import ablation_lines, ablation_plot, sign_test
from benchmarks.ablation.run import cut_at
from benchmarks.ablation.trial import Models
from benchmarks.ablation.variants import VARIANTS, Variant, switched
from benchmarks.against import against_lines, ratios
from benchmarks.chapter import chapter_lines
from benchmarks.embedding import embedding_lines
from benchmarks.frontier import frontier
from benchmarks.growth.measure import used_bytes
from benchmarks.growth.report import growth_lines, growth_plot
from benchmarks.growth.run import run_growth
from benchmarks.memory import memory_lines
from benchmarks.million import exact, million_lines, recall
from benchmarks.plot import Point
from benchmarks.products import batches, flops, padding
from benchmarks.record import number, percentile, run_as, spread, write_results
from core.errors import IbidError
from index.search import fuse

ABOUT = {
    "made_at": "2026-01-02T03:04:05+00:00",
    "command": "python -m benchmarks x",
    "commit": "abc1234",
    "machine": "x86_64, 2 cores",
    "versions": {"ibid": "0.1.0"},
    "load_before": 3.0,
}


def test_percentiles_are_values_that_were_measured():
    assert [percentile([4, 1, 3, 2], share) for share in (0.5, 0.75, 0.95, 0)] == [2, 3, 4, 1]
    assert percentile([7], 0.99) == 7
    assert spread([3, 1, 2]) == {"min": 1, "median": 2, "max": 3}


def test_numbers_have_three_figures():
    assert [number(v) for v in (0, 0.01234, 1.234, 12.34, 1234.5)] == ["0", "0.012", "1.23", "12.3", "1,234"]


def test_results_are_whole_or_so_far(tmp_path: Path):
    write_results("x", {"a": 1}, "one\n", "<svg/>", tmp_path)
    write_results("x", {"a": 2}, "two\n", folder=tmp_path, whole=False)
    assert (tmp_path / "x.md").read_text() == "one\n" and (tmp_path / "x-so-far.md").read_text() == "two\n"
    write_results("x", {"a": 3}, "three\n", folder=tmp_path)
    assert json.loads((tmp_path / "x.json").read_text()) == {"a": 3}
    assert sorted(path.name for path in tmp_path.iterdir()) == ["x.json", "x.md", "x.svg"]


def spreads(**values: float) -> dict[str, dict[str, float]]:
    return {name: {"min": value / 2, "median": value, "max": value * 2} for name, value in values.items()}


def size(chapters: int) -> dict[str, object]:
    stages = ("total", "retrieval", "embedding", "reading", "rest")
    step = spreads(took_s=2.0, embed_s=1.0, cpu_s=1.0, peak_mb=300.0)
    ingest = spreads(passages_per_s=50.0, took_s=5.0, read_s=1.0, embed_s=3.0, store_s=1.0, peak_mb=400.0, cpu_s=7.0)
    return {
        "chapters": chapters,
        "vectors_made": chapters > 10,
        "passages": 250 * chapters,
        "sentences": 550 * chapters,
        "ingest": ingest,
        "disk_mb": 4.0 * chapters,
        "disk_bytes_per_passage": 16000.0,
        **dict.fromkeys(("add", "change", "remove"), step),
        "open_s": 0.2,
        "questions": 150,
        "question_cpu_ms": 160.0,
        "warm_ms": {stage: {"p50": 80.0, "p95": 120.0, "p99": 150.0} for stage in stages},
        "ask_peak_mb": 500.0,
        "throughput_peak_mb": 520.0,
        "answers_per_s": {clients: {"per_s": 12.0, "cpu_ms": 160.0} for clients in ("1", "4", "16")},
        **spreads(cold_ask_s=3.0, cold_ask_cpu_s=2.5, app_page_s=4.0, app_answer_s=6.0, app_peak_mb=600.0),
    }


def test_growth_keeps_what_was_measured_before_of_other_sizes(tmp_path, monkeypatch):
    def measured(chapters, folder, pool):
        return size(chapters)

    monkeypatch.setattr("benchmarks.growth.run.measure", measured)
    run_growth(["--most", "10", "--out", str(tmp_path)])
    text = run_growth(["--least", "10", "--most", "100", "--keep", "--out", str(tmp_path)])
    sizes = json.loads((tmp_path / "growth.json").read_text())["sizes"]
    assert [one["chapters"] for one in sizes] == [1, 10, 100]
    assert ["about" in one for one in sizes] == [True, False, False]
    assert "- 1: `python -m benchmarks growth --most 10 --out" in text
    run_growth(["--least", "100", "--most", "100", "--keep", "--out", str(tmp_path)])
    kept = json.loads((tmp_path / "growth.json").read_text())["sizes"][0]["about"]
    assert kept == sizes[0]["about"], "not what was said of it later"


def test_growth_is_told_size_by_size():
    record = ABOUT | {"sizes": [size(1), size(100)], "failed": ["1000 chapters could not be measured: no space"]}
    text = "\n".join(growth_lines(record))
    assert "| | 1 | 100* |" in text and "| passages / sentences | 250 / 550 | 25,000 / 55,000 |" in text
    assert "| one file added, s | 1.00 / 2.00 / 4.00 | 1.00 / 2.00 / 4.00 |" in text
    assert "busy with other work" in text and "- 1000 chapters could not be measured: no space" in text
    assert ElementTree.fromstring(growth_plot(record["sizes"])).tag.endswith("svg")
    assert ElementTree.fromstring(growth_plot([size(1)])).tag.endswith("svg")


def test_bytes_under_a_folder(tmp_path: Path):
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "b").write_bytes(b"12345")
    (tmp_path / "c").write_bytes(b"12")
    (tmp_path / "d").symlink_to(tmp_path / "c")
    assert used_bytes(tmp_path) == 7


def row(name: str, right: float, cost: float, won: int = 0, lost: int = 0, **more: object) -> dict[str, object]:
    shares = dict.fromkeys(("right_answerable", "recall", "refused", "false_refusals"), 0.5)
    told = {"name": name, "kind": "k", "right": right, "cpu_ms": cost, "won": won, "lost": lost}
    return {**told, **shares, **more}


def test_a_default_that_nothing_beats_is_on_the_frontier():
    rows = [row("default", 0.7, 100, cpu_ms_runs=[99, 100]), row("less", 0.6, 50), row("more", 0.72, 130)]
    text = "\n".join(ablation_lines(ABOUT | {"rows": rows}))
    assert "**The default is on the frontier**" in text and "| less | 60.0 % |" in text
    assert ElementTree.fromstring(ablation_plot(rows)).tag.endswith("svg")


def test_costs_that_differ_by_chance_beat_nothing():
    rows = [row("default", 0.7, 100, cpu_ms_runs=[100]), row("alike", 0.7, 98), row("cheaper", 0.7, 90, 1, 1)]
    text = "\n".join(ablation_lines(ABOUT | {"rows": rows}))
    assert "**The default is not on the frontier** of this set: as often right or more for less are cheaper" in text
    assert "None of the variants is more often right beyond" in text


def test_a_split_of_pairs_by_chance():
    assert sign_test(0, 0) == 1 and sign_test(3, 3) == 1
    assert sign_test(0, 5) == pytest.approx(2 / 32) == sign_test(5, 0)
    assert sign_test(1, 4) == pytest.approx(2 * 6 / 32)


def test_the_threshold_leaves_as_many_below():
    assert cut_at([0.9, 0.2, 0.4, 0.6], 2) == 0.6
    assert cut_at([0.9], 0) == 0.9 and cut_at([0.9], 3) == 1.0


def test_what_no_other_beats():
    points = [Point("a", 1, 1, ""), Point("b", 2, 3, ""), Point("c", 3, 2, ""), Point("d", 3, 3, "")]
    assert [p.name for p in frontier(points)] == ["a", "b"]
    assert len(frontier([Point("a", 1, 1, ""), Point("b", 1, 1, "")])) == 2


@pytest.mark.parametrize("variant", VARIANTS, ids=lambda v: v.name)
def test_every_variant_finds_what_it_replaces_and_puts_it_back(variant: Variant):
    def parts() -> list[object]:
        return [attrgetter(path)(import_module(module)) for module, path in places]

    places = [tuple(place.split(":")) for place in variant.stand_ins]
    before = parts()
    with switched(variant):
        assert all(now is not old for now, old in zip(parts(), before, strict=True))
    assert all(now is old for now, old in zip(parts(), before, strict=True))


def test_a_ranking_that_is_left_out_does_not_count():
    from index import search

    rankings = {"dense": ["a"], "bm25": ["b", "a"]}
    with switched(Variant("no BM25", "retrieval", without="bm25")):
        assert search.fuse(rankings, 10) == fuse({"dense": ["a"]}, 10)
    assert search.fuse is fuse
    with switched(Variant("no X", "retrieval", without="x")), pytest.raises(AttributeError, match="no ranking 'x'"):
        search.fuse(rankings, 10)


class Counting:
    def __init__(self) -> None:
        self.calls = 0

    def embed(self, texts: list[str]) -> np.ndarray:
        self.calls += 1
        return np.array([[float(len(text))] for text in texts], dtype=np.float32)

    def scores(self, question: str, stretches: list[str]) -> list[tuple[float, ...]]:
        self.calls += 1
        return [(float(len(question) + len(stretch)),) for stretch in stretches]


def test_models_do_nothing_twice_but_owe_its_time():
    counting = Counting()
    models = Models(counting, counting)
    assert models.scores("who?", ["a", "bc"]) == [(5.0,), (6.0,)] and counting.calls == 2 and models.owed == 0
    assert models.scores("who?", ["bc", "a"]) == [(6.0,), (5.0,)] and counting.calls == 2 and models.owed > 0
    assert models.embed(["abc", "a"]).tolist() == [[3.0], [1.0]] and counting.calls == 4
    assert models.embed(["a"]).tolist() == [[1.0]] and counting.calls == 4
    anew = Models(counting, counting, anew=True)
    anew.embed(["a"]), anew.embed(["a"])
    assert counting.calls == 6


def test_operations_of_the_model_worked_by_hand():
    weights = 4 * 384 * 384 + 2 * 384 * 1536
    assert flops([10]) == 6 * (2 * 10 * weights + 4 * 10 * 10 * 384)
    assert flops([10, 20]) == flops([10]) + flops([20])


def test_padding_worked_by_hand():
    assert batches([3, 1, 2, 4], 2, by_length=True) == [[1, 2], [3, 4]]
    assert padding([3, 1, 2, 4], 2, by_length=True) == (4 + 8) / 10
    assert padding([3, 1, 2, 4], 2, by_length=False) == (6 + 8) / 10
    assert padding([3, 1, 2, 4], 1, by_length=False) == 1


def test_the_embedder_is_told_beside_the_limit():
    seconds = {"embedder": 2.0, "tokenizer": 0.1, "a text at a time": 1.6, "batches of 8": 1.8}
    record = ABOUT | {
        "texts": 100,
        "tokens": 5000,
        "threads": 2,
        "gflop": 80.0,
        "seconds": spreads(**seconds),
        "texts_per_s": spreads(**{name: 100 / value for name, value in seconds.items()}),
        "limit": "a text at a time",
        "cpu_seconds": spreads(**seconds),
        **spreads(of_limit=0.8, of_limit_cpu=0.9),
        "padding": {"8": {"as_they_come": 2.0, "by_length": 1.05}},
    }
    text = "\n".join(embedding_lines(record))
    assert "at 80% (40% to 160%) of the limit (products, a text at a time)" in text and "8: 2.00 / 1.05" in text


def test_the_chapter_is_told_in_a_row_a_system():
    found = {"ibid": {"build_s": [6.0, 5.0, 12.0], "help_s": [0.25]}, "plain": {"build_s": [4.0]}}
    text = "\n".join(chapter_lines(ABOUT | {"repeats": 3, "found": found}))
    assert "| ibid | 5.00 / 6.00 / 12 | 0.25 / 0.25 / 0.25 |" in text and "| plain | 4.00 / 4.00 / 4.00 | – |" in text


def test_memory_is_told_and_the_command_can_be_typed_again():
    found = {"ibid ask": {"peak_mb": 288.4, "cpu_s": 2.46}}
    assert list(memory_lines(ABOUT | {"found": found}))[-1] == "| ibid ask | 288 | 2.5 |"
    assert run_as("benchmarks growth", ["--most", "10"]) == "python -m benchmarks growth --most 10"


def test_exact_search_finds_the_nearest():
    vectors = np.array([[1, 0], [0, 1], [0.6, 0.8], [0.8, 0.6]], dtype=np.float32)
    questions = np.array([[1, 0], [0, 1]], dtype=np.float32)
    assert exact(vectors, questions, 3).tolist() == [[0, 3, 2], [1, 2, 3]]


def test_recall_counts_as_many_as_are_true():
    assert recall([[1, 2, 3], [4, 5, 6]], [[1, 2], [6, 9]]) == 0.5
    assert recall([[1, 2]], [[2, 1]]) == 1


def test_a_million_is_told():
    build = {"took_s": 100.0, "cpu_s": 190.0, "peak_mb": 3000.0}
    search = {"open_s": 1.0, "p50": 2.0, "p95": 3.0, "p99": 4.0, "cpu_ms": 2.0, "peak_mb": 2000.0}
    numbers = {"vectors": 1_000_000, "shards": 1, "questions": 400, "disk_bytes_per_vector": 2000.0, "exact_ms": 5.0}
    text = "\n".join(million_lines(ABOUT | numbers | {"build": build, "search": search, "recall": 0.991}))
    assert "# 1,000,000 passages' vectors" in text and "| recall@10 of exact search | 0.9910 |" in text
    assert "10,000 vectors a second" in text


def test_ratios_are_of_the_same_round():
    found = {"ibid": [{"p50_ms": 10.0}, {"p50_ms": 20.0}], "plain": [{"p50_ms": 30.0}, {"p50_ms": 40.0}]}
    assert ratios(found, "plain", "p50_ms") == [3.0, 2.0]


def test_others_are_told_as_ratios():
    own = {"ingest_s": 10.0, "cold_s": 2.0, "p50_ms": 80.0, "retrieval_p50_ms": 20.0, "peak_mb": 500.0}
    found = {"ibid": [own], "plain": [{"ingest_s": 5.0, "cold_s": 4.0, "p50_ms": 20.0, "peak_mb": 450.0}]}
    record = ABOUT | {"sizes": {"1": {"rounds": 1, "found": found}}, "left_out": ["txtai"]}
    text = "\n".join(against_lines(record))
    assert "| plain LlamaIndex | 5.00 (0.500 ×) | 4.00 (2.00 ×) | 20.0 (0.250 ×) | 450 (0.900 ×) |" in text
    assert "left out: txtai" in text


@pytest.mark.parametrize(
    ("error", "line"),
    [
        (IbidError("the disk is full"), "the disk is full"),
        (KeyError("p50_ms"), "KeyError: 'p50_ms'"),
        (CalledProcessError(1, "ibid", stderr="Traceback\n no such file\n"), "exit status 1.: no such file\n"),
    ],
)
def test_one_that_fails_is_told_and_harms_no_other(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], error: Exception, line: str
):
    def fail(options: object) -> str:
        raise error

    names = [*command.USUAL]
    for name in names:
        monkeypatch.setitem(command.BENCHMARKS, name, lambda options, name=name: name)
    monkeypatch.setitem(command.BENCHMARKS, "growth", fail)
    assert command.main([]) == 1
    said = capsys.readouterr()
    assert said.out.split() == [name for name in names if name != "growth"]
    assert re.search(f"benchmark growth failed: .*{line}", said.err)
    assert SimpleNamespace(**command.USUAL).growth == ("--most", "100", "--real", "1")
