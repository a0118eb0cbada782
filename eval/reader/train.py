"""Train the reader and write answer/reader.onnx; `python -m eval.reader.train --general DIR --thesaurus DIR`.

A cross-encoder (Nogueira and Cho 2019, 'Passage re-ranking with BERT') made from all-MiniLM-L6-v2 in three stages:
sentences with general questions; then with questions written for it, whose wording is unlike their answer's and whose
unanswerable ones were judged against the whole article; then whole passages with these, with some of the general ones,
and with questions of other articles, which nothing answers. With `--mistakes` a fourth follows: the same with the
passages that it takes for answers itself (hard negatives: Xiong et al. 2021, 'Approximate nearest neighbor negative
contrastive learning'). The loss of a group is twice the binary cross-entropy of its sentences plus, where some answer,
the softmax cross-entropy of these.
The weights are quantised to eight bits.

`--general` names a folder with documents.jsonl and questions.jsonl, as made from SQuAD (see eval.reader.data); the
articles with written questions for validation are kept out of training. On two cores a pass of the first stage takes
about 25 minutes, of the second 40, of the others 80. Steps depend on the time that is left, so that another run gives
other weights of the same worth. (docs/decisions.md tells how often the shipped weights saw which
questions, and why they have no fourth stage.)
"""

import hashlib
import random
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import numpy as np
import typer

from answer.reader import LONGEST, READER_FILE, open_reader
from eval.reader.data import (
    Asked,
    Group,
    general_group,
    held_out,
    read_articles,
    read_general,
    read_texts,
    read_written,
    written_group,
)
from eval.reader.passages import Sheet, as_read, foreign_questions, passage_group, sheets_of
from eval.reader.thesaurus import Thesaurus
from index.embedder import load_embedder, model_folder

if TYPE_CHECKING:
    import torch
    from transformers import PreTrainedTokenizerBase

    from eval.reader.model import PassageReader

__all__ = ["main"]

_GROUPS = 8  # a batch
_WARM_UP = 40  # steps
_READ = 8  # passages that are read of a validation question
_GENERAL, _FOREIGN = 0.15, 0.14  # general and foreign questions in the third stage, to each one written


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
    mistakes: Annotated[bool, typer.Option(help="Add the fourth stage, which the shipped reader has not.")] = False,
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
    draw, words = random.Random(0), Thesaurus(thesaurus)  # noqa: S311 - a sample, no secret
    embedder = load_embedder()
    articles = read_articles(general, embedder)
    folder = Path(str(files("eval.reader")))
    written = folder / "written.jsonl"
    kept_out = held_out(written)
    asked = [q for q in read_general(general, articles, embedder) if q.article not in kept_out]
    articles |= read_texts(folder / "texts", embedder)
    own = read_written(written, articles, embedder, "train")
    unseen = read_written(written, articles, embedder, "validation")
    tokenizer = AutoTokenizer.from_pretrained(str(model_folder()))
    model = PassageReader(BertForSequenceClassification.from_pretrained(str(model_folder()), num_labels=1))
    sheets = {name: sheets_of(article) for name, article in articles.items()}
    for frozen in (model.bert.embeddings, model.bert.encoder.layer[0]):
        frozen.requires_grad_(requires_grad=False)

    def first() -> list[Group]:
        return [general_group(q, articles[q.article], draw, words) for q in asked]

    def second() -> list[Group]:
        groups = [written_group(q, articles[q.article], draw) for q in own]
        others = draw.sample(asked, len(groups) // 2)
        return groups + [general_group(q, articles[q.article], draw, words) for q in others]

    foreign = foreign_questions(own, articles, embedder, draw)

    def whole(written: Sequence[Asked]) -> list[Group]:
        others = draw.sample(asked, int(_GENERAL * len(own))) + draw.sample(foreign, int(_FOREIGN * len(own)))
        return [passage_group(q, sheets[q.article], draw) for q in (*written, *others)]

    kept.mkdir(exist_ok=True)
    if (kept / "stage1.pt").exists():
        model.load_state_dict(torch.load(kept / "stage1.pt", weights_only=True))
    else:
        _Trainer(model, tokenizer, 1e-4).fit(first, 2, minutes, draw)
        torch.save(model.state_dict(), kept / "stage1.pt")
    _tell(model, tokenizer, unseen, sheets)
    model.bert.encoder.layer[0].requires_grad_(requires_grad=True)
    hard: list[Asked] = []
    stages = ((2, second, 5e-5), (3, lambda: whole(own), 6e-5), (4, lambda: whole(hard), 4.5e-5))
    for number, groups, rate in stages if mistakes else stages[:-1]:
        if number == 4:
            export(model, kept / "stage3.onnx")
            reader = open_reader(kept / "stage3.onnx")
            hard.extend(as_read(q, sheets[q.article], reader) for q in own)
        _Trainer(model, tokenizer, rate).fit(groups, 3, minutes, draw)
        torch.save(model.state_dict(), kept / f"stage{number}.pt")
        _tell(model, tokenizer, unseen, sheets)
    export(model, READER_FILE)
    typer.echo(f"sha256 {hashlib.sha256(READER_FILE.read_bytes()).hexdigest()}")


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


def _tell(
    model: "PassageReader",
    tokenizer: "PreTrainedTokenizerBase",
    asked: Sequence[Asked],
    sheets: Mapping[str, Sequence[Sheet]],
) -> None:
    """Say in how many answerable questions the best read sentence answers, and the nearest one; and the area."""
    import torch
    from sklearn.metrics import roc_auc_score

    model.eval()
    best, right, nearest = [], [], []
    for q in asked:
        place = {number: sheet for sheet in sheets[q.article] for number in sheet.numbers}
        near = list(dict.fromkeys(place[number] for number in q.order))[:_READ]
        numbers = [number for sheet in near for number in sheet.numbers]
        group = Group(q.question, tuple(sheet.stretch for sheet in near), tuple(n in q.answers for n in numbers))
        with torch.inference_mode():
            (logits,) = _logits(model, tokenizer, [group])
        best.append(float(logits.max()))
        if q.answers:
            right.append(group.answers[int(logits.argmax())])
            nearest.append(q.order[0] in q.answers)
    area = roc_auc_score([bool(q.answers) for q in asked], best)
    typer.echo(f"read right {np.mean(right):.3f}, nearest right {np.mean(nearest):.3f}, area of answerable {area:.3f}")


if __name__ == "__main__":
    typer.run(main)
