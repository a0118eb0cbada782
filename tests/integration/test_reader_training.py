"""The export of a reader, on a tiny one with chance weights: what ONNX Runtime says is what torch says."""

import numpy as np
import onnx
import onnxruntime
import pytest
import torch
from tokenizers import Tokenizer
from transformers import BertConfig, BertForSequenceClassification

from eval.reader.model import PassageReader, export, sentence_logits
from eval.reader.shipped import weights_of
from index import tokenizer_file

# torch's exporter through TorchScript says of itself and of its tracing that they are old.
pytestmark = [
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),
    pytest.mark.filterwarnings("ignore::torch.jit.TracerWarning"),
    pytest.mark.filterwarnings("ignore:.*legacy TorchScript.*:UserWarning"),
    pytest.mark.filterwarnings("ignore:Exporting aten..index:UserWarning"),
]


def test_an_exported_reader_says_what_it_said_in_torch(tmp_path):
    torch.manual_seed(0)
    model = _tiny()
    export(model, tmp_path / "reader.onnx")
    session = onnxruntime.InferenceSession(tmp_path / "reader.onnx", providers=["CPUExecutionProvider"])
    products = {node for node in _kinds(tmp_path / "reader.onnx") if "Integer" in node}
    assert products  # eight bits
    for length in (5, 40):
        ids = np.arange(length, dtype=np.int64)[None] % 100
        ones, kinds = np.ones_like(ids), (ids > length // 2).astype(np.int64)
        inputs = {"input_ids": ids, "attention_mask": ones, "token_type_ids": kinds}
        said = session.run(["whole", "tokens"], inputs)
        with torch.inference_mode():
            meant = model(**{name: torch.from_numpy(values) for name, values in inputs.items()})
        for ours, theirs in zip(said, meant, strict=True):
            assert ours == pytest.approx(theirs.numpy(), abs=0.05)


def test_the_weights_of_an_exported_reader_export_to_the_same_again(tmp_path):
    torch.manual_seed(0)
    model = _tiny()
    export(model, tmp_path / "reader.onnx")
    other = _tiny()
    other.load_state_dict(weights_of(tmp_path / "reader.onnx"))
    assert torch.equal(other.token.weight, model.token.weight)  # kept in 32 bits
    export(other, tmp_path / "again.onnx")
    first, again = (_initial(tmp_path / name) for name in ("reader.onnx", "again.onnx"))
    assert first.keys() == again.keys()
    assert all(np.allclose(first[name], again[name], rtol=1e-5) for name in first)


def test_the_logit_of_a_sentence_is_that_of_the_text_and_the_mean_of_its_tokens():
    torch.manual_seed(0)
    tokenizer = Tokenizer.from_file(str(tokenizer_file()))
    pair = tokenizer.encode("Who built it?", "The mason built it. It is old.")
    logits = torch.arange(len(pair.ids), dtype=torch.float32)[None]

    def reads(**tokens: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        return torch.tensor([[100.0]]), logits

    first, second = sentence_logits(reads, {}, [pair], [((0, 19), (20, 30))])
    # [CLS] who built it ? [SEP] | the mason built it . | it is old . [SEP]
    assert (float(first), float(second)) == (100 + (6 + 7 + 8 + 9 + 10) / 5, 100 + (11 + 12 + 13 + 14) / 4)


def _tiny():
    config = BertConfig(
        vocab_size=100, hidden_size=32, num_hidden_layers=2, num_attention_heads=2, intermediate_size=64, num_labels=1
    )
    model = PassageReader(BertForSequenceClassification(config)).eval()
    torch.nn.init.normal_(model.token.weight, std=0.2)
    with torch.no_grad():
        for weights in model.parameters():  # the exporter writes like ones once
            weights.add_(torch.randn_like(weights), alpha=0.01)
    return model


def _kinds(path):
    return {node.op_type for node in onnx.load(path).graph.node}


def _initial(path):
    return {tensor.name: onnx.numpy_helper.to_array(tensor) for tensor in onnx.load(path).graph.initializer}
