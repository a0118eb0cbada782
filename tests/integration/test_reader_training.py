"""The export of a reader, on a tiny one with chance weights: what ONNX Runtime says is what torch says."""

import numpy as np
import onnxruntime
import pytest
import torch
from transformers import BertConfig, BertForSequenceClassification

from eval.reader.train import export

# torch's exporter through TorchScript says of itself and of its tracing that they are old.
pytestmark = [
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),
    pytest.mark.filterwarnings("ignore::torch.jit.TracerWarning"),
    pytest.mark.filterwarnings("ignore:.*legacy TorchScript.*:UserWarning"),
    pytest.mark.filterwarnings("ignore:Exporting aten..index:UserWarning"),
]


def test_an_exported_reader_says_what_it_said_in_torch(tmp_path):
    torch.manual_seed(0)
    config = BertConfig(
        vocab_size=100, hidden_size=32, num_hidden_layers=2, num_attention_heads=2, intermediate_size=64, num_labels=1
    )
    model = BertForSequenceClassification(config)
    export(model, tmp_path / "reader.onnx")
    session = onnxruntime.InferenceSession(tmp_path / "reader.onnx", providers=["CPUExecutionProvider"])
    products = {node for node in _kinds(tmp_path / "reader.onnx") if "Integer" in node}
    assert products  # eight bits
    for length in (5, 40):
        ids = np.arange(length, dtype=np.int64)[None] % 100
        ones, kinds = np.ones_like(ids), (ids > length // 2).astype(np.int64)
        (said,) = session.run(["logits"], {"input_ids": ids, "attention_mask": ones, "token_type_ids": kinds})
        with torch.inference_mode():
            tensors = [torch.from_numpy(values) for values in (ids, ones, kinds)]
            meant = model(input_ids=tensors[0], attention_mask=tensors[1], token_type_ids=tensors[2]).logits.numpy()
        assert said == pytest.approx(meant, abs=0.02)


def _kinds(path):
    import onnx

    return {node.op_type for node in onnx.load(path).graph.node}
