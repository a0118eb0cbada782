import json
from pathlib import Path

import pytest

from benchmarks.plan import SIZES, Machine, PerPassage, make_plan, show_plans

EACH = PerPassage(disk_bytes=10_000, memory_bytes=2_000, embed_seconds=0.036, graph_seconds=0.0036, chapter=100)
MACHINE = Machine(cores=10, memory_gb=100, disk_gb=1000, price=3.0, use=0.5, copies=2)


def test_a_plan_worked_out_by_hand():
    plan = make_plan(100_000_000, EACH, MACHINE)
    assert (plan.disk_gb, plan.memory_gb) == (1000, 200)
    assert (plan.shards, plan.machines) == (4, 8)  # 50 GB of memory a machine
    assert plan.embed_core_hours == pytest.approx(1000)
    assert plan.embedders == 5  # 240 core-hours a day each
    assert plan.ingest_hours == pytest.approx(20)
    assert plan.ingest_price == pytest.approx(300)
    assert plan.write_hours == pytest.approx(25)
    assert plan.month_price == pytest.approx(8 * 730 * 3)


def test_disk_may_be_what_is_short():
    assert make_plan(1_000_000_000, EACH, Machine(memory_gb=10_000, disk_gb=1000)).shards == 10


def test_a_small_corpus_takes_one_machine_a_copy():
    plan = make_plan(1000, EACH, MACHINE)
    assert (plan.shards, plan.machines, plan.embedders) == (1, 2, 1)


def test_the_tables_say_what_they_come_from(tmp_path):
    path = tmp_path / "per_passage.json"
    found = {name: {"value": getattr(EACH, name), "from": "here"} for name in EACH.__slots__}
    path.write_text(json.dumps(found), encoding="utf-8")
    each = PerPassage.read(path)
    assert each == EACH
    shown = show_plans([make_plan(10_000_000, each, MACHINE)], each, MACHINE)
    assert "| passages | 10,000,000 |\n| --- | ---: |" in shown
    assert "| disk of one copy, GB | 100 |" in shown
    assert "10,000 bytes on disk, 2,000 in memory" in shown


def test_the_committed_numbers_can_be_read():
    assert PerPassage.read().disk_bytes > 0


def test_the_documentation_has_the_tables_of_the_committed_numbers():
    each, machine = PerPassage.read(), Machine()
    shown = show_plans([make_plan(size, each, machine) for size in SIZES], each, machine)
    assert shown in (Path(__file__).parents[2] / "docs" / "scale.md").read_text(encoding="utf-8")
