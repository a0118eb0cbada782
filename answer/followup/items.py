"""The items of a list that was spoken of, for 'the second one' and 'the others'."""

import re
from collections.abc import Callable, Sequence

from answer.followup.antecedents import Turn, split_sentences
from answer.followup.filling import ORDINAL
from answer.phrases import AUXILIARY, coordination, is_plural, joined, noun_phrases
from core.records import Answer

__all__ = ["Listed", "counts_items", "items_of", "put_items"]

Listed = Callable[[str], Sequence[str]]  # gives the items of the answer to a whole question

_BACK = 3  # turns; a list of long ago is no longer meant
_NUMBERS = "first second third fourth fifth sixth seventh eighth ninth tenth".split()
# Spelled out where no 'than' follows, since a noun may end so too: 'the first chapter', 'the last quarter'.
_COMPARATIVE = (
    r"(?:than|more|less|also|really|still|not|better|worse|(?:larg|bigg|small|old|new|young|high|low|long|short|lat|"
    r"earli|cheap|fast|slow|strong|weak|rich|poor|wid|deep)er|\w+er(?=\s+than\b))"
)
_BEHIND = rf"(?=\s*(?:[?.,;!:)]|$)|\s+(?:{'|'.join(sorted(AUXILIARY))}|and|or|but|{_COMPARATIVE})\b)"
_ORDER = re.compile(
    rf"\bthe\s+(?P<order>former|latter|{ORDINAL})"
    rf"(?:\s+(?P<many>two|three)(?:\s+ones)?{_BEHIND}|\s+(?:one|item)\b(?!s)|\s+of\s+(?:them|these|those)\b|{_BEHIND})",
    re.IGNORECASE,
)
_OTHERS = re.compile(
    rf"\bthe\s+(?:others|rest|other\s+(?:ones?|two|three)|other(?=\s*[?.,;!]|$)){_BEHIND}", re.IGNORECASE
)
_BULLET = re.compile(r"^\s*(?:[-*•]|\d{1,2}[.)])\s+(.+?)\s*$", re.MULTILINE)
_MARKER = re.compile(r"\s*\[\d+\]|[*_]{2}|[¹²³⁴⁵⁶⁷⁸⁹⁰]+")
_LONGEST_ITEM = 8  # words; a longer bullet is a sentence and names nothing


def counts_items(question: str) -> bool:
    """Say whether a question points at an item of a list by its place: 'the second one', 'the latter', 'the others'."""
    return bool(_ORDER.search(question) or _OTHERS.search(question))


def items_of(answer: Answer) -> tuple[str, ...]:
    """Return the items that an answer lists: its bullets, rows by their first cell, or three or more joined names."""
    if answer.refused:
        return ()
    bullets = [re.split(r"\s+[–—|]\s+|:\s", _MARKER.sub("", b))[0].strip(" .;,") for b in _BULLET.findall(answer.text)]
    bullets = [bullet for bullet in bullets if 0 < len(bullet.split()) <= _LONGEST_ITEM]
    if len(bullets) > 1:
        return tuple(bullets)
    rows = [citation.quote.split("\t")[0].strip() for citation in answer.citations if "\t" in citation.quote]
    if len(rows) > 1:
        return tuple(dict.fromkeys(rows))
    sentences = (sentence for citation in answer.citations for sentence in split_sentences(citation.quote))
    joint = (coordination(s, [p for p in noun_phrases(s) if p.named]) for s in sentences)
    return next((tuple(p.text for p in named) for named in joint if len(named) > 2), ())


def put_items(question: str, turns: Sequence[Turn], listed: Listed) -> str | None:
    """Return a question with the items that it points at by their place; None where no list has them."""
    items, spoken = _items(turns, listed)
    left = [item for item in items if not any(item in turn.text for turn in spoken)]

    def others(_: re.Match[str]) -> str:
        return joined(left)

    text = _ORDER.sub(lambda m: joined(_chosen(m["order"].lower(), m["many"], items)) or m.group(), question)
    if spoken and left and len(left) < len(items):
        text = _OTHERS.sub(others, text)
    return None if counts_items(text) else text


def _items(turns: Sequence[Turn], listed: Listed) -> tuple[Sequence[str], Sequence[Turn]]:
    """The items of the last list, with the turns that spoke of some of them."""
    for back, turn in enumerate(reversed(turns[-_BACK:])):
        since = turns[len(turns) - back :]
        sentence = split_sentences(turn.text)[-1]
        if several := coordination(sentence, noun_phrases(sentence)):
            return [phrase.text for phrase in several], since
        if _asks_for_list(sentence) and len(found := listed(turn.text)) > 1:
            return found, since
    return (), ()


def _asks_for_list(question: str) -> bool:
    found = noun_phrases(question)
    asked = bool(found) and found[0].asked and is_plural(found[0].text)
    return asked or bool(re.match(r"(?:list|name|what\s+(?:are|were)|who\s+(?:are|were))\b", question, re.IGNORECASE))


def _chosen(order: str, many: str | None, items: Sequence[str]) -> Sequence[str]:
    if order in ("former", "latter"):
        return [items[0 if order == "former" else 1]] if len(items) == 2 else []
    count = {"two": 2, "three": 3}.get((many or "").lower(), 1)
    if order == "last":
        return items[-count:] if len(items) >= count else []
    place = _NUMBERS.index(order) if order in _NUMBERS else int(re.sub(r"\D", "", order)) - 1
    return items[place : place + count] if place >= 0 and place + count <= len(items) else []
