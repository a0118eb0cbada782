"""Train the reader and write answer/reader.onnx; `python -m eval.reader.train --general DIR --thesaurus DIR`.

A cross-encoder (Nogueira and Cho 2019, 'Passage re-ranking with BERT') made from all-MiniLM-L6-v2 in stages:
sentences with general questions; then with questions written for it, whose wording is unlike their answer's and whose
unanswerable ones were judged against the whole article; then whole passages with these, with some of the general ones,
and with questions of other articles, which nothing answers. From there it goes on twice, with the questions on the
newest texts and half as many others: once with the passages that it takes for answers itself (hard negatives: Xiong et
al. 2021, 'Approximate nearest neighbor negative contrastive learning'), once with sentences among copies that speak of
something else as well (eval.reader.like). The mean of both ends' weights is the reader (Wortsman et al. 2022, 'Model
soups').
The loss of a group is twice the binary cross-entropy of its sentences plus, where some answer, the softmax
cross-entropy of these. The weights are quantised to eight bits.

`--general` names a folder with documents.jsonl and questions.jsonl, as made from SQuAD (see eval.reader.data); the
articles with written questions for validation are kept out of training. `--further` goes on from the shipped reader,
with the last two alone. On two cores a pass of the first stage takes about 25 minutes, of the second 40, of the third
80, of the last two 20 each. Steps depend on the time that is left, so that another run gives other weights of the same
worth. (docs/decisions.md tells how often the shipped weights saw which questions.)
"""

import copy
import hashlib
import random
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import numpy as np
import typer

from answer.reader import LONGEST, READER_FILE, open_reader
from eval.reader.data import Group
from eval.reader.lessons import Lessons
from eval.reader.shipped import weights_of
from index.embedder import model_folder

if TYPE_CHECKING:
    import torch
    from transformers import PreTrainedTokenizerBase

    from eval.reader.model import PassageReader

    Weights = dict[str, torch.Tensor]

__all__ = ["main"]

_GROUPS = 8  # a batch
_WARM_UP = 40  # steps
_READ = 8  # passages that are read of a validation question


class _Trainer:
    """A model, its tokenizer and its optimizer for one stage."""

    def __init__(self, model: "PassageReader", tokenizer: "PreTrainedTokenizerBase", rate: float) -> None:
        import torch

        self._model, self._tokenizer = model, tokenizer
        head = [p for name, p in model.named_parameters() if name.startswith(("classifier.", "token.", "bert.pooler."))]
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

        with torch.autocast("cpu", dtype=torch.bfloat16):  # half again as fast where the processor knows the format
            logits = _logits(self._model, self._tokenizer, batch)
        losses = [_loss(of_one, group.answers) for of_one, group in zip(logits, batch, strict=True)]
        loss = torch.stack(losses).mean()
        loss.backward()  # type: ignore[no-untyped-call]
        torch.nn.utils.clip_grad_norm_(self._model.parameters(), 1.0)
        self._optimizer.step()
        self._optimizer.zero_grad(set_to_none=True)
        return float(loss.detach())


def main(
    general: Annotated[Path, typer.Option(help="A folder of general questions.")],
    thesaurus: Annotated[Path, typer.Option(help="WordNet's database files.")] = Path("/usr/share/wordnet"),
    further: Annotated[bool, typer.Option(help="Go on from the shipped reader, with the last stages.")] = False,
    minutes: Annotated[float, typer.Option(help="The longest that each stage may take.")] = 60.0,
    kept: Annotated[
        Path, typer.Option(help="A folder for the weights of each stage; a first stage there is used.")
    ] = Path("var"),
) -> None:
    """Train, tell how well the held-out articles are read, and write the model."""
    import torch
    from transformers import AutoTokenizer, BertForSequenceClassification

    from eval.reader.model import PassageReader, export

    torch.manual_seed(0)
    draw = random.Random(0)  # noqa: S311 - a sample, no secret
    lessons = Lessons(general, thesaurus, draw)
    tokenizer = AutoTokenizer.from_pretrained(str(model_folder()))
    model = PassageReader(BertForSequenceClassification.from_pretrained(str(model_folder()), num_labels=1))
    for frozen in (model.bert.embeddings, model.bert.encoder.layer[0]):
        frozen.requires_grad_(requires_grad=False)

    def stage(number: int, groups: Callable[[], list[Group]], rate: float, passes: int) -> "Weights":
        _Trainer(model, tokenizer, rate).fit(groups, passes, minutes, draw)
        _tell(model, tokenizer, lessons)
        torch.save(model.state_dict(), kept / f"stage{number}.pt")
        return copy.deepcopy(model.state_dict())

    kept.mkdir(exist_ok=True)
    if not _begun(model, kept, further=further):
        stage(1, lessons.first, 1e-4, 2)
    model.bert.encoder.layer[0].requires_grad_(requires_grad=True)
    if not further:
        stage(2, lessons.second, 5e-5, 3)
        stage(3, lessons.whole, 6e-5, 3)
    export(model, kept / "before.onnx")
    hard = lessons.newest_as_read(open_reader(kept / "before.onnx"))
    begun, ends = copy.deepcopy(model.state_dict()), []
    for number, groups in ((4, lambda: lessons.whole(hard)), (5, lambda: lessons.likes(hard))):
        model.load_state_dict(begun)
        ends.append(stage(number, groups, 4.5e-5, 2))
    model.load_state_dict(_mean(ends))
    _tell(model, tokenizer, lessons)
    export(model, READER_FILE)
    typer.echo(f"sha256 {hashlib.sha256(READER_FILE.read_bytes()).hexdigest()}")


def _begun(model: "PassageReader", kept: Path, *, further: bool) -> bool:
    """Load the weights of the shipped reader, or of a first stage that is there; say whether there were any."""
    import torch

    if further:
        model.load_state_dict(weights_of(READER_FILE))
    elif (kept / "stage1.pt").exists():
        model.load_state_dict(torch.load(kept / "stage1.pt", weights_only=True))
    return further or (kept / "stage1.pt").exists()


def _mean(ends: "Sequence[Weights]") -> "Weights":
    """The mean of each weight; of what is no weight, such as the numbers of places, any."""
    import torch

    stacked = {name: torch.stack([end[name] for end in ends]) for name in ends[0]}
    return {name: all_.mean(0) if all_.is_floating_point() else all_[0] for name, all_ in stacked.items()}


def _batches(groups: list[Group], draw: random.Random) -> Iterator[list[Group]]:
    """Yield batches of groups of like length in any order, so that little is padded."""
    draw.shuffle(groups)
    stretch = 40 * _GROUPS
    for first in range(0, len(groups), stretch):
        near = sorted(
            groups[first : first + stretch], key=lambda group: max(len(stretch.text) for stretch in group.stretches)
        )
        batches = [near[i : i + _GROUPS] for i in range(0, len(near), _GROUPS)]
        draw.shuffle(batches)
        yield from batches


def _logits(
    model: "PassageReader", tokenizer: "PreTrainedTokenizerBase", batch: Sequence[Group]
) -> "Sequence[torch.Tensor]":
    """Return for each group a logit a sentence."""
    from eval.reader.model import sentence_logits

    stretches = [stretch for group in batch for stretch in group.stretches]
    tokens = tokenizer(
        [group.question for group in batch for _ in group.stretches],
        [stretch.text for stretch in stretches],
        truncation="only_second",
        max_length=LONGEST,
        padding=True,
        return_tensors="pt",
    )
    pairs = tokens.encodings or ()
    found = sentence_logits(model, tokens, pairs, [stretch.sentences for stretch in stretches])
    parts: Sequence[torch.Tensor] = found.split([len(group.answers) for group in batch])  # type: ignore[no-untyped-call]
    return parts


def _loss(logits: "torch.Tensor", answers: Sequence[bool]) -> "torch.Tensor":
    import torch
    from torch.nn.functional import binary_cross_entropy_with_logits

    wanted = torch.tensor(answers)
    loss = 2 * binary_cross_entropy_with_logits(logits, wanted.float())
    if wanted.any():
        loss = loss + logits.logsumexp(0) - logits[wanted].logsumexp(0)
    return loss


def _tell(model: "PassageReader", tokenizer: "PreTrainedTokenizerBase", lessons: Lessons) -> None:
    """Say in how many answerable questions the best read sentence answers, and the nearest one; and the area."""
    import torch
    from sklearn.metrics import roc_auc_score

    model.eval()
    best, right, nearest = [], [], []
    for q in lessons.unseen:
        place = {number: sheet for sheet in lessons.sheets[q.article] for number in sheet.numbers}
        near = list(dict.fromkeys(place[number] for number in q.order))[:_READ]
        numbers = [number for sheet in near for number in sheet.numbers]
        group = Group(q.question, tuple(sheet.stretch for sheet in near), tuple(n in q.answers for n in numbers))
        with torch.inference_mode():
            (logits,) = _logits(model, tokenizer, [group])
        best.append(float(logits.max()))
        if q.answers:
            right.append(group.answers[int(logits.argmax())])
            nearest.append(q.order[0] in q.answers)
    area = roc_auc_score([bool(q.answers) for q in lessons.unseen], best)
    typer.echo(f"read right {np.mean(right):.3f}, nearest right {np.mean(nearest):.3f}, area of answerable {area:.3f}")


if __name__ == "__main__":
    typer.run(main)
