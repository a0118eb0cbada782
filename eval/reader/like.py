"""Groups to teach the reader to heed names and figures: a sentence among copies of it that speak of other ones.

Replacing what an answer is about, so that a reader must look at the text and not at what it looks like, is due to
Longpre et al. 2021, 'Entity-based knowledge conflicts in question answering'.
"""

import re
from collections.abc import Iterable, Mapping, Sequence

from answer.reader import Stretch
from eval.reader.data import Article, Asked, Draw, Group

__all__ = ["like_group", "names_of"]

_NAME = re.compile(r"(?<=[a-z,;] )[A-Z][\w’'-]*(?: [A-Z][\w’'-]*)*")  # amid a sentence
_FIGURE = re.compile(r"\d[\d,.]*\d")
_YEAR = re.compile(r"(?:1[5-9]|20)\d\d")
_POSSESSIVE = re.compile(r"[’']s$")
_COPIES = 5
_WORDS = 90  # of a passage, as core.settings has it
_UNANSWERED = 0.35  # the share of groups without the sentence itself
_TOGETHER = 0.5  # the share of groups whose copies are one passage

Names = Mapping[int, Sequence[str]]


def names_of(articles: Iterable[Article]) -> Names:
    """Return the names in texts, by their number of words."""
    found = sorted({_POSSESSIVE.sub("", name) for article in articles for name in _NAME.findall(article.text)})
    return {count: [n for n in found if n.count(" ") == count - 1] for count in {n.count(" ") + 1 for n in found}}


def like_group(asked: Asked, article: Article, names: Names, draw: Draw) -> Group | None:
    """Copy a sentence that answers, with another name or figure for one that the question shares, and other values.

    None where question and sentence share no name and no figure.
    """
    said = [article.slice_of(number) for number in sorted(asked.answers)]
    shared = [
        (sentence, pivot) for sentence in said if "\t" not in sentence for pivot in _pivots(asked.question, sentence)
    ]
    if not shared:
        return None
    sentence, pivot = draw.choice(shared)
    count = min(_COPIES, max(2, _WORDS // len(sentence.split())))
    answered = draw.random() >= _UNANSWERED
    copies = [(sentence, True)] if answered else []
    while len(copies) < count:
        copies.append((_copy(sentence, pivot, names, draw), False))
    draw.shuffle(copies)
    texts = [text for text, _ in copies]
    stretches = (_joined(texts),) if draw.random() < _TOGETHER else tuple(Stretch(t, ((0, len(t)),)) for t in texts)
    return Group(asked.question, stretches, tuple(answers for _, answers in copies))


def _pivots(question: str, sentence: str) -> list[str]:
    """Return the names and figures of a question that stand in a sentence."""
    found = {*(_POSSESSIVE.sub("", name) for name in _NAME.findall(question)), *_FIGURE.findall(question)}
    return sorted(pivot for pivot in found if re.search(_whole(pivot), sentence))


def _copy(sentence: str, pivot: str, names: Names, draw: Draw) -> str:
    """Return a sentence about another name or figure than the pivot, with other values."""
    other = _other_figure(pivot, draw) if pivot[0].isdigit() else _other_name(pivot, names, draw)
    before, *after = re.split(_whole(pivot), sentence)
    return other.join(_other_values(part, draw) for part in (before, *after))


def _other_name(name: str, names: Names, draw: Draw) -> str:
    """Return a name of as many words, or of one, that is no part of another and has it for none."""
    alike = names.get(name.count(" ") + 1) or names[1]
    return draw.choice([other for other in alike if other not in name and name not in other])


def _other_values(text: str, draw: Draw) -> str:
    return _FIGURE.sub(lambda figure: _other_figure(figure.group(), draw), text)


def _other_figure(figure: str, draw: Draw) -> str:
    """Return another figure of the same form: a year of the same century, else one that begins alike."""
    kept = 2 if _YEAR.fullmatch(figure) else 1
    other = figure
    while other == figure:
        other = figure[:kept] + re.sub(r"\d", lambda _: str(draw.randrange(10)), figure[kept:])
    return other


def _whole(pivot: str) -> str:
    return rf"(?<!\w){re.escape(pivot)}(?!\w)"


def _joined(texts: Sequence[str]) -> Stretch:
    spans, at = [], 0
    for text in texts:
        spans.append((at, at + len(text)))
        at += len(text) + 1
    return Stretch(" ".join(texts), tuple(spans))
