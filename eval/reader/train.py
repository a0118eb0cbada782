"""Train the reader and write answer/reader.onnx; `python -m eval.reader.train --general DIR --thesaurus DIR`.

A cross-encoder (Nogueira and Cho 2019, 'Passage re-ranking with BERT') made from all-MiniLM-L6-v2 in two stages: on
general questions, then on questions written for it, whose wording is unlike their answer's and whose unanswerable ones
were judged against the whole article. The loss of a group is the binary cross-entropy of its sentences plus, where one
answers, the softmax cross-entropy of that one. The weights are quantised to eight bits.

`--general` names a folder with documents.jsonl and questions.jsonl, as made from SQuAD (see eval.reader.data); the
articles of VALIDATION are kept out of training. On two cores a pass of the first stage takes about 25 minutes, of the
second 20. Steps depend on the time that is left, so that another run gives other weights of the same worth.
"""

import hashlib
import random
import re
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import numpy as np
import typer

from answer.reader import LONGEST, READER_FILE
from eval.reader.data import (
    Article,
    Asked,
    Group,
    general_group,
    read_articles,
    read_general,
    read_texts,
    read_written,
    written_group,
)
from eval.reader.thesaurus import Thesaurus
from index.embedder import load_embedder, model_folder

if TYPE_CHECKING:
    import torch
    from transformers import BertForSequenceClassification, PreTrainedTokenizerBase

__all__ = ["VALIDATION", "export", "main"]

VALIDATION = frozenset({"Normans", "Oxygen", "Fresno,_California", "Steam_engine", "Warsaw"})
_TRAINING_TOKENS = 112
_GROUPS = 8  # a batch
_WARM_UP = 40  # steps
_KEPT = re.compile(r"layer\.\d+/output/dense|pooler|classifier")
_READ = 10  # sentences that are read of a validation question


class _Trainer:
    """A model, its tokenizer and its optimizer for one stage."""

    def __init__(
        self, model: "BertForSequenceClassification", tokenizer: "PreTrainedTokenizerBase", rate: float
    ) -> None:
        import torch

        self._model, self._tokenizer = model, tokenizer
        head = [p for name, p in model.named_parameters() if name.startswith(("classifier.", "bert.pooler."))]
        fresh = {id(p) for p in head}
        body = [p for p in model.parameters() if p.requires_grad and id(p) not in fresh]
        groups = [{"params": body, "lr": rate}, {"params": head, "lr": 5 * rate}]
        self._optimizer = torch.optim.AdamW(groups, weight_decay=0.01)
        self._rates = (rate, 5 * rate)

    def fit(self, epochs: Callable[[], list[Group]], count: int, minutes: float, draw: random.Random) -> None:
        """Train for a number of epochs, or until the time is up; the learning rate falls to zero by then."""
        begun, step = time.monotonic(), 0
        self._model.train()
        for epoch in range(count):
            groups = epochs()
            steps = count * len(groups) / _GROUPS
            for batch in _batches(groups, draw):
                done = max((time.monotonic() - begun) / 60 / minutes, step / steps)
                if done >= 1:
                    return
                for parameters, rate in zip(self._optimizer.param_groups, self._rates, strict=True):
                    parameters["lr"] = rate * min(1, (step + 1) / _WARM_UP) * (1 - done)
                loss, step = self._step(batch), step + 1
                if step % 50 == 0:
                    typer.echo(f"epoch {epoch} step {step} {done:.0%} loss {loss:.3f}")

    def _step(self, batch: Sequence[Group]) -> float:
        import torch

        logits = self._logits(batch)
        losses = [_loss(of_one, group) for of_one, group in zip(logits, batch, strict=True)]
        loss = torch.stack(losses).mean()
        loss.backward()  # type: ignore[no-untyped-call]
        torch.nn.utils.clip_grad_norm_(self._model.parameters(), 1.0)
        self._optimizer.step()
        self._optimizer.zero_grad(set_to_none=True)
        return float(loss.detach())

    def _logits(self, batch: Sequence[Group]) -> "Sequence[torch.Tensor]":
        import torch

        questions = [group.question for group in batch for _ in group.sentences]
        sentences = [sentence for group in batch for sentence in group.sentences]
        tokens = self._tokenizer(
            questions,
            sentences,
            truncation="only_second",
            max_length=_TRAINING_TOKENS,
            padding=True,
            return_tensors="pt",
        )
        with torch.autocast("cpu", dtype=torch.bfloat16):  # half again as fast where the processor knows the format
            logits: torch.Tensor = self._model(**tokens).logits[:, 0].float()
        parts: Sequence[torch.Tensor] = logits.split([len(group.sentences) for group in batch])  # type: ignore[no-untyped-call]
        return parts


def main(
    general: Annotated[Path, typer.Option(help="A folder of general questions.")],
    thesaurus: Annotated[Path, typer.Option(help="WordNet's database files.")] = Path("/usr/share/wordnet"),
    minutes: Annotated[float, typer.Option(help="The longest that each stage may take.")] = 60.0,
    kept: Annotated[
        Path, typer.Option(help="A folder for the weights of each stage; a first stage there is used.")
    ] = Path("var"),
) -> None:
    """Train, tell how well the held-out articles are read, and write the model."""
    import torch
    from transformers import AutoTokenizer, BertForSequenceClassification

    torch.manual_seed(0)
    draw, words = random.Random(0), Thesaurus(thesaurus)  # noqa: S311 - a sample, no secret
    embedder = load_embedder()
    articles = read_articles(general, embedder)
    folder = Path(str(files("eval.reader")))
    asked = [q for q in read_general(general, articles, embedder) if q.article not in VALIDATION]
    articles |= read_texts(folder / "texts", embedder)
    written = folder / "written.jsonl"
    own = read_written(written, articles, embedder, "train")
    unseen = read_written(written, articles, embedder, "validation")
    tokenizer = AutoTokenizer.from_pretrained(str(model_folder()))
    model = BertForSequenceClassification.from_pretrained(str(model_folder()), num_labels=1)
    for frozen in (model.bert.embeddings, model.bert.encoder.layer[0]):
        frozen.requires_grad_(requires_grad=False)

    def first() -> list[Group]:
        return [general_group(q, articles[q.article], draw, words) for q in asked]

    def second() -> list[Group]:
        groups = [written_group(q, articles[q.article], draw) for q in own]
        others = draw.sample(asked, len(groups) // 2)
        return groups + [general_group(q, articles[q.article], draw, words) for q in others]

    kept.mkdir(exist_ok=True)
    if (kept / "first.pt").exists():
        model.load_state_dict(torch.load(kept / "first.pt", weights_only=True))
    else:
        _Trainer(model, tokenizer, 1e-4).fit(first, 2, minutes, draw)
        torch.save(model.state_dict(), kept / "first.pt")
    _tell(model, tokenizer, unseen, articles)
    model.bert.encoder.layer[0].requires_grad_(requires_grad=True)
    _Trainer(model, tokenizer, 5e-5).fit(second, 3, minutes, draw)
    torch.save(model.state_dict(), kept / "second.pt")
    _tell(model, tokenizer, unseen, articles)
    export(model, READER_FILE)
    typer.echo(f"sha256 {hashlib.sha256(READER_FILE.read_bytes()).hexdigest()}")


def _batches(groups: list[Group], draw: random.Random) -> Iterator[list[Group]]:
    """Yield batches of groups of like length in any order, so that little is padded."""
    draw.shuffle(groups)
    stretch = 40 * _GROUPS
    for first in range(0, len(groups), stretch):
        near = sorted(groups[first : first + stretch], key=lambda group: max(map(len, group.sentences)))
        batches = [near[i : i + _GROUPS] for i in range(0, len(near), _GROUPS)]
        draw.shuffle(batches)
        yield from batches


def _loss(logits: "torch.Tensor", group: Group) -> "torch.Tensor":
    import torch
    from torch.nn.functional import binary_cross_entropy_with_logits, cross_entropy

    wanted = torch.zeros(len(logits))
    wanted[0] = float(group.answered)
    loss = binary_cross_entropy_with_logits(logits, wanted)
    if group.answered:
        loss = loss + cross_entropy(logits[None], torch.zeros(1, dtype=torch.long))
    return loss


def _tell(
    model: "BertForSequenceClassification",
    tokenizer: "PreTrainedTokenizerBase",
    asked: Sequence[Asked],
    articles: dict[str, Article],
) -> None:
    """Say in how many answerable questions the best read sentence answers, and the nearest one; and the area."""
    import torch
    from sklearn.metrics import roc_auc_score

    model.eval()  # type: ignore[no-untyped-call]
    best, right, nearest = [], [], []
    for q in asked:
        near = q.order[:_READ]
        texts = [articles[q.article].sentences[i] for i in near]
        tokens = tokenizer(
            [q.question] * len(texts),
            texts,
            truncation="only_second",
            max_length=LONGEST,
            padding=True,
            return_tensors="pt",
        )
        with torch.inference_mode():
            logits = model(**tokens).logits[:, 0].numpy()
        best.append(float(logits.max()))
        if q.answers:
            right.append(near[int(logits.argmax())] in q.answers)
            nearest.append(near[0] in q.answers)
    area = roc_auc_score([bool(q.answers) for q in asked], best)
    typer.echo(f"read right {np.mean(right):.3f}, nearest right {np.mean(nearest):.3f}, area of answerable {area:.3f}")


def export(model: "BertForSequenceClassification", path: Path) -> None:
    """Write a model as int8 ONNX: seven bits of range, since processors without VNNI saturate on eight.

    The second product of each feed-forward part and the head stay in 32 bits: the outliers there cost most. Correlation
    with the 32-bit logits over 80 sentences: 0.996 so, 0.981 with all in eight bits.
    """
    import onnx
    import torch
    from onnxruntime.quantization import QuantType, quantize_dynamic

    class Logits(torch.nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.bert, self.classifier = model.bert, model.classifier  # else their weights are not named in the graph

        def forward(
            self, input_ids: torch.Tensor, attention_mask: torch.Tensor, token_type_ids: torch.Tensor
        ) -> torch.Tensor:
            logits: torch.Tensor = model(
                input_ids=input_ids, attention_mask=attention_mask, token_type_ids=token_type_ids
            ).logits
            return logits

    model.eval().requires_grad_(requires_grad=False)  # type: ignore[no-untyped-call]
    names = ["input_ids", "attention_mask", "token_type_ids"]
    one = torch.ones(1, 16, dtype=torch.long)
    with tempfile.TemporaryDirectory() as folder:
        raw = str(Path(folder) / "reader.onnx")
        torch.onnx.export(
            Logits(),
            (one, one, one * 0),
            raw,
            input_names=names,
            output_names=["logits"],
            dynamic_axes={name: {0: "pairs", 1: "tokens"} for name in names},
            opset_version=17,
            dynamo=False,
        )
        names_of = [node.name for node in onnx.load(raw).graph.node if node.op_type in {"MatMul", "Gemm"}]
        kept = [name for name in names_of if _KEPT.search(name)]
        quantize_dynamic(
            raw, path, weight_type=QuantType.QInt8, per_channel=True, reduce_range=True, nodes_to_exclude=kept
        )


if __name__ == "__main__":
    typer.run(main)
