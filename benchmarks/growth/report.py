"""What growth was measured, as Markdown and as a plot."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from benchmarks.plot import Panel, panels
from benchmarks.record import heading, number

__all__ = ["growth_lines", "growth_plot"]

Sizes = Sequence[Mapping[str, Any]]
_X = "chapters"


def growth_lines(record: Mapping[str, Any]) -> Iterator[str]:
    """Yield the lines of the report."""
    sizes: Sizes = record["sizes"]
    yield from ("# Growth", "", heading(record), "")
    yield from (
        "Chapters of 54 KB are made (`benchmarks/library.py`, seed 1), different in names, figures, years and words.",
        "Each number is of a cold process of its own; three numbers are min / median / max of three runs, one number",
        "is of one. `*`: the vectors of the library are made from a pool of 3,000 truly embedded sentences",
        "(`benchmarks/vectors.py`); questions are always embedded for real. One file is 54 KB, too, of some 250",
        "passages.",
        "",
        "| | " + " | ".join(f"{s['chapters']:,}{'*' * s['vectors_made']}" for s in sizes) + " |",
        "|---" * (len(sizes) + 1) + "|",
    )
    for name, told in _rows():
        yield f"| {name} | " + " | ".join(told(size) for size in sizes) + " |"
    if kept := [size for size in sizes if "about" in size]:
        yield from ("", *map(_earlier, kept))
    if record.get("failed"):
        yield from ("", *(f"- {line}" for line in record["failed"]))
    yield from ("", "![growth](growth.svg)")


def _earlier(size: Mapping[str, Any]) -> str:
    about = size["about"]
    return (
        f"- {size['chapters']:,}: `{about['command']}`, {about['made_at']}, commit {about['commit']}; "
        f"load before {about['load_before']:.1f}"
    )


def growth_plot(sizes: Sizes) -> str:
    """Return the plot."""
    speed = {"passages a second": _over(sizes, "ingest", "passages_per_s", "median")}
    files = {name: _over(sizes, key, "took_s", "median") for name, key in _FILES.items()}
    warm = {f"{stage} {share}": _over(sizes, "warm_ms", stage, share) for stage, share in _SHOWN}
    memory = {
        "ingest": _over(sizes, "ingest", "peak_mb", "median"),
        "asking": _over(sizes, "ask_peak_mb"),
        "app": _over(sizes, "app_peak_mb", "median"),
    }
    start = {
        "ibid ask": _over(sizes, "cold_ask_s", "median"),
        "app's page": _over(sizes, "app_page_s", "median"),
        "app's answer": _over(sizes, "app_answer_s", "median"),
        "open": _over(sizes, "open_s"),
    }
    served = {f"{clients} ask": _over(sizes, "answers_per_s", clients, "per_s") for clients in ("1", "4", "16")}
    size = {"KB a passage": {x: y / 1000 for x, y in _over(sizes, "disk_bytes_per_passage").items()}}
    return panels(
        [
            Panel("Ingest, passages a second", _X, speed),
            Panel("One file, seconds", _X, files),
            Panel("Start, cold, seconds", _X, start),
            Panel("A warm question, ms", _X, warm),
            Panel("Peak memory, MB", _X, memory),
            Panel("Answers a second", _X, served),
            Panel("Index on disk", _X, size),
        ],
        "Growth",
    )


_FILES = {"added": "add", "changed": "change", "removed": "remove"}
_SHOWN = (("total", "p50"), ("total", "p95"), ("retrieval", "p50"), ("reading", "p50"))


def _over(sizes: Sizes, *keys: str) -> dict[float, float]:
    found: dict[float, float] = {}
    for size in sizes:
        value: Any = size
        for key in keys:
            value = value[key]
        found[size["chapters"]] = value
    return found


def _rows() -> "Iterator[tuple[str, Any]]":
    """The rows of the table: what each is called, and what it says of a size."""
    yield "passages / sentences", lambda s: f"{s['passages']:,} / {s['sentences']:,}"
    yield "ingest, passages a second", lambda s: _spread(s["ingest"]["passages_per_s"])
    yield "ingest, s", lambda s: _spread(s["ingest"]["took_s"])
    yield (
        "of it reading / embedding / storing, s",
        lambda s: " / ".join(number(s["ingest"][key]["median"]) for key in ("read_s", "embed_s", "store_s")),
    )
    yield "ingest, processor s", lambda s: _spread(s["ingest"]["cpu_s"])
    yield "ingest, peak MB", lambda s: _spread(s["ingest"]["peak_mb"])
    yield "index on disk, MB", lambda s: number(s["disk_mb"])
    yield "index, bytes a passage", lambda s: number(s["disk_bytes_per_passage"])
    for name, key in _FILES.items():
        yield f"one file {name}, s", lambda s, key=key: _spread(s[key]["took_s"])
        yield "of it embedding, s", lambda s, key=key: _spread(s[key]["embed_s"])
        yield "the whole command, processor s", lambda s, key=key: _spread(s[key]["cpu_s"])
    yield "`ibid ask`, cold, s", lambda s: _spread(s["cold_ask_s"])
    yield "`ibid ask`, cold, processor s", lambda s: _spread(s["cold_ask_cpu_s"])
    yield "opening the index, s", lambda s: number(s["open_s"])
    yield "app, cold, until the page, s", lambda s: _spread(s["app_page_s"])
    yield "app, cold, until an answer, s", lambda s: _spread(s["app_answer_s"])
    yield "questions", lambda s: str(s["questions"])
    for stage in ("total", "retrieval", "embedding", "reading", "rest"):
        told = {"total": "warm question, ms", "embedding": "of retrieval, embedding it"}.get(stage, f"of it {stage}")
        yield (
            f"{told}: p50 / p95 / p99",
            lambda s, stage=stage: " / ".join(number(s["warm_ms"][stage][p]) for p in ("p50", "p95", "p99")),
        )
    yield "warm question, processor ms", lambda s: number(s["question_cpu_ms"])
    yield (
        "answers a second: 1 / 4 / 16 ask",
        lambda s: " / ".join(number(s["answers_per_s"][clients]["per_s"]) for clients in ("1", "4", "16")),
    )
    yield (
        "asking alone / 16 at once, peak MB",
        lambda s: f"{number(s['ask_peak_mb'])} / {number(s['throughput_peak_mb'])}",
    )
    yield "app, peak MB", lambda s: _spread(s["app_peak_mb"])


def _spread(values: Mapping[str, float]) -> str:
    three = [number(values[key]) for key in ("min", "median", "max")]
    return three[0] if len(set(values.values())) == 1 else " / ".join(three)
