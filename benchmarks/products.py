"""The matrix products of the embedder and nothing else: what the machine could do at best with that model's work.

A graph of bare products runs in the same ONNX Runtime, over random numbers, with the shapes of the model: for n tokens
of a text, in each of 6 layers, four products (n, 384) x (384, 384), the two of the feed-forward part through 1,536, and
for each of 12 heads (n, 32) x (32, n) and (n, n) x (n, 32). No sums, norms, softmax, activations or look-ups stand
between; changing a matrix's shape moves nothing.
"""

import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from onnxruntime import InferenceSession

__all__ = ["Took", "batches", "flops", "padding", "time_batches", "time_texts", "timed"]

LAYERS, WIDTH, INNER, HEADS = 6, 384, 1536, 12
_HEAD = WIDTH // HEADS


class Took(NamedTuple):
    """Seconds by the clock, and of all processors together."""

    wall: float
    cpu: float


def flops(lengths: Sequence[int]) -> float:
    """Return the operations of the products for texts of these many tokens, two a multiplication with its addition."""
    each = 2 * (4 * WIDTH * WIDTH + 2 * WIDTH * INNER)
    return float(LAYERS * sum(n * each + 2 * 2 * n * n * WIDTH for n in lengths))


def padding(lengths: Sequence[int], batch: int, *, by_length: bool) -> float:
    """Return how many times the tokens there are that batches padded to their longest have; 1 for none."""
    return sum(len(part) * max(part) for part in batches(lengths, batch, by_length=by_length)) / sum(lengths)


def batches(lengths: Sequence[int], batch: int, *, by_length: bool) -> list[Sequence[int]]:
    """Return lengths in batches, in their order or sorted."""
    order = sorted(lengths) if by_length else list(lengths)
    return [order[i : i + batch] for i in range(0, len(order), batch)]


def time_texts(lengths: Sequence[int], threads: int) -> Took:
    """Time the products, a text at a time, by as many threads with one core each."""
    session = _session(1)
    works = [_work(session, 1, n) for n in lengths]
    works[0]()
    with ThreadPoolExecutor(threads) as pool:
        return timed(lambda: list(pool.map(lambda work: work(), works)))


def time_batches(lengths: Sequence[int], batch: int, threads: int) -> Took:
    """Time the products in batches sorted by length, all cores for each in turn."""
    session = _session(threads)
    works = [_work(session, len(part), max(part)) for part in batches(lengths, batch, by_length=True)]
    works[0]()
    return timed(lambda: [work() for work in works])


def timed(work: Callable[[], object]) -> Took:
    """Return what some work takes."""
    begun, cpu = time.perf_counter(), time.process_time()
    work()
    return Took(time.perf_counter() - begun, time.process_time() - cpu)


def _work(session: "InferenceSession", texts: int, tokens: int) -> Callable[[], Any]:
    import numpy as np

    given = {
        "x": np.ones((texts * tokens, WIDTH), np.float32),
        "rows": np.array([texts * HEADS, tokens, _HEAD], np.int64),
        "columns": np.array([texts * HEADS, _HEAD, tokens], np.int64),
        "flat": np.array([texts * tokens, WIDTH], np.int64),
    }
    return lambda: session.run(None, given)


def _session(threads: int) -> "InferenceSession":
    import numpy as np
    import onnxruntime
    from onnx import TensorProto, helper, numpy_helper

    chance = np.random.default_rng(1)
    nodes, weights = [], []
    x = "x"

    def product(left: str, right: str) -> str:
        nodes.append(helper.make_node("MatMul", [left, right], [f"product{len(nodes)}"]))
        return str(nodes[-1].output[0])

    def weighed(left: str, rows: int, columns: int) -> str:
        name = f"weight{len(weights)}"
        values = chance.standard_normal((rows, columns), dtype=np.float32) / np.float32(rows**0.5)
        weights.append(numpy_helper.from_array(values, name))
        return product(left, name)

    def shaped(left: str, shape: str) -> str:
        nodes.append(helper.make_node("Reshape", [left, shape], [f"shaped{len(nodes)}"]))
        return str(nodes[-1].output[0])

    for _ in range(LAYERS):
        q = weighed(x, WIDTH, WIDTH)
        k = weighed(q, WIDTH, WIDTH)
        v = weighed(k, WIDTH, WIDTH)
        looked = product(shaped(q, "rows"), shaped(k, "columns"))
        x = weighed(shaped(product(looked, shaped(v, "rows")), "flat"), WIDTH, WIDTH)
        x = weighed(weighed(x, WIDTH, INNER), INNER, WIDTH)
    shapes = [helper.make_tensor_value_info(name, TensorProto.INT64, [None]) for name in ("rows", "columns", "flat")]
    graph = helper.make_graph(
        nodes, "products",
        [helper.make_tensor_value_info("x", TensorProto.FLOAT, [None, WIDTH]), *shapes],
        [helper.make_tensor_value_info(x, TensorProto.FLOAT, [None, WIDTH])],
        weights,
    )  # fmt: skip
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=9)
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    return onnxruntime.InferenceSession(model.SerializeToString(), options, ["CPUExecutionProvider"])
