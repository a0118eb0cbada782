"""The weights of a reader as it is shipped, in 32 bits, so that its training can go on where they came from."""

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    import torch

__all__ = ["weights_of"]

_QUANTISED = "_quantized"
_PRODUCTS = frozenset({"MatMul", "MatMulInteger"})
_TURNED = "_Transposed"  # of what the quantiser makes of a Gemm: a product, whose weights have inputs first as all have
_PLACE = re.compile(r"/(?P<part>.+?)/(?:MatMul|Gemm)(?:_\w+)?$")  # of a product in the graph
_AIDS = (_QUANTISED, _TURNED, "_scale", "_zero_point")
_PARTS = ("bert.", "classifier.", "token.")  # of a PassageReader


def weights_of(path: Path) -> dict[str, "torch.Tensor"]:
    """Return the weights of an exported `PassageReader` by their names; exported again they give the same logits."""
    import onnx
    import torch
    from onnx import numpy_helper

    graph = onnx.load(path).graph
    stored = {tensor.name: numpy_helper.to_array(tensor) for tensor in graph.initializer}
    plain = {_root(name): _plain(name, stored) for name in stored if name.endswith(_QUANTISED)}
    found = {name: values for name, values in (stored | plain).items() if name.startswith(_PARTS)}
    for node in graph.node:
        place = _PLACE.match(node.name) if node.op_type in _PRODUCTS else None
        if place and (root := _root(node.input[1])) in stored | plain:
            found[f"{place['part'].replace('/', '.')}.weight"] = (stored | plain)[root].T
    return {name: torch.tensor(np.array(values)) for name, values in found.items() if not name.endswith(_AIDS)}


def _root(name: str) -> str:
    return name.removesuffix(_QUANTISED)


def _plain(name: str, stored: dict[str, NDArray[Any]]) -> NDArray[np.float32]:
    """What a tensor in eight bits stands for: values less their zero point, times their scale."""
    zero, scale = (stored[f"{_root(name)}_{part}"] for part in ("zero_point", "scale"))
    return np.asarray((stored[name].astype(np.float32) - zero.astype(np.float32)) * scale, dtype=np.float32)
