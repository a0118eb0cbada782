"""The command `python -m benchmarks embedding`: the embedder's speed beside the machine's limit for that model."""

import argparse
import os
import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from benchmarks.products import Took, flops, padding, time_batches, time_texts, timed
from benchmarks.record import RESULTS, about, heading, number, run_as, say, spread, write_results

__all__ = ["embedding_lines", "measure_embedding", "run_embedding"]

TEXTS = 1200
BATCHES = (8, 16, 32, 64)
REPEATS = 3
EMBEDDER, TOKENIZER, ALONE = "embedder", "tokenizer", "a text at a time"


def run_embedding(arguments: Sequence[str] = ()) -> str:
    """Measure, write the numbers, and return them as Markdown."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks embedding", description=__doc__)
    parser.add_argument("--texts", type=int, default=TEXTS)
    parser.add_argument("--out", type=Path, default=RESULTS)
    given = parser.parse_args(arguments)
    record = about(run_as("benchmarks embedding", arguments))
    record |= measure_embedding(given.texts)
    return write_results("embedding", record, "\n".join(embedding_lines(record)) + "\n", folder=given.out)


def measure_embedding(count: int = TEXTS) -> dict[str, Any]:
    """Return the speed of the embedder and of the bare products, timed in turn, over the same texts."""
    from tokenizers import Tokenizer

    from index import tokenizer_file
    from index.embedder import LONGEST, load_embedder

    texts = _texts(count)
    tokenizer = Tokenizer.from_file(str(tokenizer_file()))
    tokenizer.enable_truncation(LONGEST)
    tokenizer.no_padding()
    lengths = [len(tokenizer.encode(text).ids) for text in texts]
    embedder = load_embedder()
    embedder.embed(texts[:20])
    threads = os.cpu_count() or 1
    works: dict[str, Callable[[], Took]] = {
        EMBEDDER: lambda: timed(lambda: embedder.embed(texts)),
        TOKENIZER: lambda: timed(lambda: tokenizer.encode_batch(texts)),
        ALONE: lambda: time_texts(lengths, threads),
        **{f"batches of {size}": partial(time_batches, lengths, size, threads) for size in BATCHES},
    }
    runs: dict[str, list[Took]] = {name: [] for name in works}
    for repeat in range(REPEATS):
        say(f"embedding {count} texts, run {repeat + 1} of {REPEATS}")
        for name, work in works.items():
            runs[name].append(work())
    limit = min((name for name in works if name not in (EMBEDDER, TOKENIZER)), key=lambda name: min(runs[name]))
    return {
        "texts": count,
        "tokens": sum(lengths),
        "threads": threads,
        "gflop": flops(lengths) / 1e9,
        "seconds": {name: spread([took.wall for took in several]) for name, several in runs.items()},
        "cpu_seconds": {name: spread([took.cpu for took in several]) for name, several in runs.items()},
        "texts_per_s": {name: spread([count / took.wall for took in several]) for name, several in runs.items()},
        "limit": limit,
        "of_limit": spread([a.wall / b.wall for a, b in zip(runs[limit], runs[EMBEDDER], strict=True)]),
        "of_limit_cpu": spread([a.cpu / b.cpu for a, b in zip(runs[limit], runs[EMBEDDER], strict=True)]),
        "padding": {
            str(size): {
                "as_they_come": padding(lengths, size, by_length=False),
                "by_length": padding(lengths, size, by_length=True),
            }
            for size in BATCHES
        },
    }


def embedding_lines(record: Mapping[str, Any]) -> Iterator[str]:
    """Yield the lines of the report."""
    told, speed = record["seconds"], record["texts_per_s"]
    yield from ("# Embedding", "", heading(record), "")
    yield from (
        f"{record['texts']:,} passages and sentences of made chapters, as the index embeds them: {record['tokens']:,}",
        f"tokens, {record['gflop']:,.0f} GFLOP of matrix products. The limit is these products alone",
        f"(`benchmarks/products.py`), of the same shapes, in 32 bits, in the same ONNX Runtime on {record['threads']}",
        "cores, in the fastest of the forms below; min / median / max of three runs, the forms timed in turn.",
        "",
        "| | texts a second | s | processor s | GFLOP/s |",
        "|---|---|---|---|---|",
    )
    for name in speed:
        rate = "–" if name == TOKENIZER else number(record["gflop"] / told[name]["median"])
        title = {EMBEDDER: "**the embedder**", TOKENIZER: "its tokenizer alone"}.get(name, f"products, {name}")
        cpu = _three(record["cpu_seconds"][name])
        yield f"| {title} | {_three(speed[name])} | {_three(told[name])} | {cpu} | {rate} |"
    yield from (
        "",
        f"- The embedder runs at {_percent(record['of_limit'])} of the limit (products, {record['limit']}).",
        f"- In processor time, which is disturbed less, {_percent(record['of_limit_cpu'])} of it.",
        "- Tokens with padding over tokens, in batches as they come / sorted by length: "
        + ", ".join(f"{n}: {p['as_they_come']:.2f} / {p['by_length']:.2f}" for n, p in record["padding"].items())
        + "; a text at a time: 1.",
    )


def _texts(count: int) -> list[str]:
    """Passages and sentences of made chapters, one passage to two sentences as in an index, in their order."""
    import tempfile

    from benchmarks.library import make_chapter
    from index import passage_text
    from ingest import read_document, split_document

    found: list[str] = []
    number_of_chapter = 30_000_000
    while len(found) < 3 * count:
        with tempfile.TemporaryDirectory() as folder:
            chapter = make_chapter(number_of_chapter)
            path = Path(folder) / chapter.name
            path.write_text(chapter.text, encoding="utf-8")
            document = read_document(path)
        for passage in split_document(document, passage_words=90):
            found += [passage_text(passage), *(document.text[a:b] for a, b in passage.sentences)]
        number_of_chapter += 1
    kept = sorted(random.Random(1).sample(range(len(found)), k=count))  # noqa: S311 - no secret
    return [found[i] for i in kept]


def _three(values: Mapping[str, float]) -> str:
    return " / ".join(number(values[key]) for key in ("min", "median", "max"))


def _percent(values: Mapping[str, float]) -> str:
    return f"{values['median']:.0%} ({values['min']:.0%} to {values['max']:.0%})"
