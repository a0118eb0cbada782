"""What a corpus of a given size takes: machines, memory, disk, time and money, computed from what one passage took.

    python -m benchmarks.plan [PASSAGES...]

The measured numbers are in results/per_passage.json, each with where it comes from; the assumptions are in `Machine`.
"""

import json
import math
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, Self

__all__ = ["Machine", "PerPassage", "Plan", "make_plan", "show_plans"]

MEASURED = Path(__file__).parent / "results" / "per_passage.json"
SIZES = (1_000_000, 10_000_000, 1_000_000_000)
GB = 1e9
HOURS_A_MONTH = 730


@dataclass(frozen=True, slots=True)
class PerPassage:
    """What one passage takes, its sentences counted in: bytes on disk and in memory, seconds of one core.

    `graph_seconds` are those of whoever writes the index, which are not spread. `chapter` is how many passages the
    bundled chapter has, to tell sizes by.
    """

    disk_bytes: float
    memory_bytes: float
    embed_seconds: float
    graph_seconds: float
    chapter: int

    @classmethod
    def read(cls, path: Path = MEASURED) -> Self:
        """Return the measured numbers of a file of {"NAME": {"value", "from"}}."""
        found: Mapping[str, Mapping[str, Any]] = json.loads(path.read_text(encoding="utf-8"))
        return cls(**{field.name: found[field.name]["value"] for field in fields(cls)})


@dataclass(frozen=True, slots=True)
class Machine:
    """What a machine is assumed to have and to cost; `use` is the part of its memory that indexes may take."""

    cores: int = 32
    memory_gb: int = 256
    disk_gb: int = 2000
    price: float = 2.0
    use: float = 0.7
    copies: int = 2


@dataclass(frozen=True, slots=True)
class Plan:
    """What a corpus takes: gigabytes of one copy, machines to hold all copies, hours to ingest, and money.

    `ingest_hours` are those of `embedders` machines that embed; `write_hours` those of one core that writes all,
    `shards` are the machines of one copy, which write at the same time.
    """

    passages: int
    disk_gb: float
    memory_gb: float
    shards: int
    machines: int
    embed_core_hours: float
    embedders: int
    ingest_hours: float
    ingest_price: float
    write_hours: float
    month_price: float


def make_plan(passages: int, each: PerPassage, machine: Machine, days: float = 1.0) -> Plan:
    """Return what so many passages take.

    Args:
        passages: how many.
        each: what one takes.
        machine: of which there are as many as needed, those that hold the index and those that embed.
        days: how long embedding may take.
    """
    disk, memory = passages * each.disk_bytes / GB, passages * each.memory_bytes / GB
    shards = max(math.ceil(memory / (machine.memory_gb * machine.use)), math.ceil(disk / machine.disk_gb), 1)
    core_hours = passages * each.embed_seconds / 3600
    embedders = max(math.ceil(core_hours / (machine.cores * days * 24)), 1)
    hours = core_hours / (embedders * machine.cores)
    return Plan(
        passages=passages,
        disk_gb=disk,
        memory_gb=memory,
        shards=shards,
        machines=shards * machine.copies,
        embed_core_hours=core_hours,
        embedders=embedders,
        ingest_hours=hours,
        ingest_price=hours * embedders * machine.price,
        write_hours=passages * each.graph_seconds / 3600 / shards,
        month_price=shards * machine.copies * HOURS_A_MONTH * machine.price,
    )


def show_plans(plans: Sequence[Plan], each: PerPassage, machine: Machine) -> str:
    """Return plans as Markdown, with what they are computed from."""
    rows: list[tuple[str, Sequence[str]]] = [
        ("passages", [f"{p.passages:,}" for p in plans]),
        ("chapters like the bundled one", [f"{p.passages / each.chapter:,.0f}" for p in plans]),
        ("disk of one copy, GB", [f"{p.disk_gb:,.0f}" for p in plans]),
        ("memory of one copy, GB", [f"{p.memory_gb:,.0f}" for p in plans]),
        (f"machines that hold it, {machine.copies} copies", [f"{p.machines:,}" for p in plans]),
        ("core-hours to embed", [f"{p.embed_core_hours:,.0f}" for p in plans]),
        ("machines to embed in a day", [f"{p.embedders:,}" for p in plans]),
        ("hours that takes", [f"{p.ingest_hours:,.1f}" for p in plans]),
        ("price of embedding", [f"{p.ingest_price:,.0f}" for p in plans]),
        ("hours to write the index, one writer a shard", [f"{p.write_hours:,.1f}" for p in plans]),
        ("price a month of holding it", [f"{p.month_price:,.0f}" for p in plans]),
    ]
    lines = [
        f"| {name} | {' | '.join(cells)} |" for name, cells in [rows[0], ("---", ["---:"] * len(plans)), *rows[1:]]
    ]
    return "\n".join(
        [
            f"One passage with its sentences: {each.disk_bytes:,.0f} bytes on disk, {each.memory_bytes:,.0f} in "
            f"memory, {each.embed_seconds * 1000:,.1f} ms of a core to embed, "
            f"{each.graph_seconds * 1000:,.1f} ms to write.",
            f"A machine: {machine.cores} cores, {machine.memory_gb} GB of memory of which {machine.use:.0%} may be "
            f"index, {machine.disk_gb} GB of disk, {machine.price:g} an hour (assumed; put your own in).",
            "",
            *lines,
        ]
    )


if __name__ == "__main__":
    each, machine = PerPassage.read(), Machine()
    wanted = [int(size.replace("_", "")) for size in sys.argv[1:]] or SIZES
    print(show_plans([make_plan(size, each, machine) for size in wanted], each, machine))  # noqa: T201
