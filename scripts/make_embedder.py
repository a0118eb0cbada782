"""Write index/embedder.onnx: the graph of all-MiniLM-L6-v2 without its weights, which stay in the file that pip brings.

The tokens of a few texts go in, one behind the other, and the unit vector of each comes out. Only attention and the
mean know where a text ends: all else works on rows, whose values do not depend on how many there are, and faster on
many. The graph names the slices of the file that are its weights.
"""

import json
import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from onnx import ModelProto, NodeProto, StringStringEntryProto, TensorProto, helper, numpy_helper

from index.embedder import DIMENSIONS, GRAPH_FILE, TOGETHER, WEIGHTS_FILE, model_folder

HEADS = 12
LAYERS = 6
WORDS = "embeddings.word_embeddings.weight"
PLACES = "embeddings.position_embeddings.weight"


@dataclass(slots=True)
class Graph:
    """Nodes and constants as they are added; each `add` returns the name of what the node gives."""

    nodes: list[NodeProto] = field(default_factory=list)
    constants: list[TensorProto] = field(default_factory=list)
    used: list[str] = field(default_factory=list)

    def add(self, kind: str, *inputs: str, domain: str = "", **attributes: object) -> str:
        """Any operation."""
        name = f"{kind.lower()}_{len(self.nodes)}"
        self.nodes.append(helper.make_node(kind, inputs, [name], name=name, domain=domain, **attributes))
        return name

    def each(self, rows: str, *, axis: int) -> list[str]:
        """The rows of each text, none where there are fewer texts."""
        names = [f"split_{len(self.nodes)}_{text}" for text in range(TOGETHER)]
        self.nodes.append(helper.make_node("Split", [rows, "lengths"], names, name=names[0], axis=axis))
        return names

    def constant(self, value: object, kind: type = np.int64) -> str:
        """A number or some that the graph holds itself."""
        name = f"constant_{len(self.constants)}"
        self.constants.append(numpy_helper.from_array(np.array(value, dtype=kind), name))
        return name

    def weight(self, name: str) -> str:
        """A tensor of the file of weights."""
        if name not in self.used:
            self.used.append(name)
        return name

    def dense(self, rows: str, name: str) -> str:
        """Rows times a layer's matrix, which is stored by its outputs, plus its bias."""
        return self.add("Gemm", rows, self.weight(f"{name}.weight"), self.weight(f"{name}.bias"), transB=1)

    def norm(self, rows: str, name: str) -> str:
        """Rows brought to one scale by a layer's own."""
        scale, bias = self.weight(f"{name}.weight"), self.weight(f"{name}.bias")
        return self.add("LayerNormalization", rows, scale, bias, axis=-1, epsilon=1e-12)


def main() -> None:
    """Write the graph."""
    GRAPH_FILE.write_bytes(make_graph(model_folder() / WEIGHTS_FILE).SerializeToString(deterministic=True))


def make_graph(weights: Path) -> ModelProto:
    """Return the graph over a file of weights in the format of safetensors."""
    graph = Graph()
    rows = _embedded(graph)
    for layer in range(LAYERS):
        rows = _layer(graph, rows, f"encoder.layer.{layer}")
    first = graph.constant([0])
    means = [graph.add("ReduceMean", text, first, keepdims=1) for text in graph.each(rows, axis=0)]
    vectors = [graph.add("LpNormalization", mean, axis=1, p=2) for mean in means]
    graph.nodes.append(helper.make_node("Concat", vectors, ["vectors"], axis=0))
    inputs = {"ids": "tokens", "places": "tokens", "lengths": TOGETHER}
    given = [helper.make_tensor_value_info(name, TensorProto.INT64, [size]) for name, size in inputs.items()]
    made = helper.make_tensor_value_info("vectors", TensorProto.FLOAT, [TOGETHER, DIMENSIONS])
    stored = dict(_stored(weights))
    return helper.make_model(
        helper.make_graph(
            graph.nodes, "all-MiniLM-L6-v2", given, [made], [*graph.constants, *(stored[n] for n in graph.used)]
        ),
        opset_imports=[helper.make_opsetid("", 20), helper.make_opsetid("com.microsoft", 1)],
        ir_version=9,
        producer_name="ibid",
    )


def _embedded(graph: Graph) -> str:
    """The rows of the tokens, (tokens, 384): word, place and segment, which is the first for all."""
    places = graph.add("Gather", graph.weight(PLACES), "places")
    words = graph.add("Gather", graph.weight(WORDS), "ids")
    first = graph.add("Gather", graph.weight("embeddings.token_type_embeddings.weight"), graph.constant([0]))
    return graph.norm(graph.add("Add", graph.add("Add", words, first), places), "embeddings.LayerNorm")


def _layer(graph: Graph, rows: str, name: str) -> str:
    one, flat = graph.constant([1, -1, DIMENSIONS]), graph.constant([-1, DIMENSIONS])
    parts = [
        graph.add("Reshape", graph.dense(rows, f"{name}.attention.self.{part}"), one)
        for part in ("query", "key", "value")
    ]
    seen = [
        graph.add("MultiHeadAttention", *text, domain="com.microsoft", num_heads=HEADS)
        for text in zip(*(graph.each(part, axis=1) for part in parts), strict=True)
    ]
    told = graph.dense(graph.add("Reshape", graph.add("Concat", *seen, axis=1), flat), f"{name}.attention.output.dense")
    rows = graph.norm(graph.add("Add", told, rows), f"{name}.attention.output.LayerNorm")
    wide = graph.add("Gelu", graph.dense(rows, f"{name}.intermediate.dense"))
    return graph.norm(graph.add("Add", graph.dense(wide, f"{name}.output.dense"), rows), f"{name}.output.LayerNorm")


def _stored(weights: Path) -> Iterator[tuple[str, TensorProto]]:
    """The tensors of the file, each as the slice of it where it lies."""
    with weights.open("rb") as file:
        (length,) = struct.unpack("<Q", file.read(8))
        header = json.loads(file.read(length))
    for name, entry in header.items():
        if entry.get("dtype") != "F32":
            continue
        start, end = entry["data_offsets"]
        tensor = TensorProto(name=name, dims=entry["shape"], data_type=TensorProto.FLOAT)
        tensor.data_location = TensorProto.EXTERNAL
        where = {"location": WEIGHTS_FILE, "offset": 8 + length + start, "length": end - start}
        tensor.external_data.extend(StringStringEntryProto(key=key, value=str(value)) for key, value in where.items())
        yield name, tensor


if __name__ == "__main__":
    main()
