"""The parts that are switched off or resized, by settings and stand-ins; the code that is measured has no switches."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from importlib import import_module
from types import MappingProxyType
from typing import Any
from unittest import mock

__all__ = ["DEFAULT", "VARIANTS", "Variant", "switched"]

Rankings = Mapping[str, Sequence[str]]
_NOTHING: Mapping[str, Any] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Variant:
    """A way to answer that differs from the default in one thing.

    `settings` are set anew. `stand_ins` replace attributes, named by module and path ('answer.evidence:READ').
    `without` is a ranking that is left out of the fusion; `unread` has sentences ordered by the weights for those not
    read. `cut_anew` chooses the threshold of refusal so that as many answerable questions are refused as by default,
    where the change moves the confidence itself.
    """

    name: str
    kind: str
    settings: Mapping[str, Any] = field(default_factory=lambda: _NOTHING)
    stand_ins: Mapping[str, Any] = field(default_factory=lambda: _NOTHING)
    without: str = ""
    unread: bool = False
    cut_anew: bool = False


def _first(value: object, *_: object, **__: object) -> object:
    return value


def _none(*_: object, **__: object) -> None:
    return None


def _empty(*_: object, **__: object) -> tuple[()]:
    return ()


def _second(_: object, value: object, *__: object) -> object:
    return value


def _no_variants(*_: object) -> frozenset[str]:
    return frozenset()


DEFAULT = Variant("default", "default")
_READING = "answer.evidence:READ"
VARIANTS: tuple[Variant, ...] = (
    Variant("no dense passages", "retrieval", without="dense"),
    Variant("no dense sentences", "retrieval", without="sentence"),
    Variant("no BM25", "retrieval", without="bm25"),
    Variant("no table numbers", "retrieval", without="label"),
    Variant("no row names", "retrieval", without="row"),
    Variant("no other spellings", "retrieval", stand_ins={"index.lexical:Lexical.variants": _no_variants}),
    Variant("no abbreviations", "retrieval", stand_ins={"answer.finder:expanded_at": _empty}),
    *(Variant(f"read {n}", "reading", stand_ins={_READING: n}, cut_anew=True) for n in (2, 4, 9, 12)),
    Variant("read none", "reading", stand_ins={_READING: 0}, unread=True, cut_anew=True),
    *(Variant(f"top {n}", "sizes", settings={"top": n}) for n in (5, 10, 40)),
    *(Variant(f"candidates {n}", "sizes", settings={"candidates": n}) for n in (20, 80)),
    *(Variant(f"fusion k {n}", "sizes", settings={"rrf_k": n}) for n in (2, 60)),
    *(Variant(f"passages of {n} words", "sizes", settings={"passage_words": n}) for n in (50, 150)),
    Variant("no notes", "answering", stand_ins={"answer.answerer:with_notes": _first}),
    Variant("no rows of tables", "answering", stand_ins={"answer.decision:answer_from_table": _none}),
    Variant("no tallies", "answering", stand_ins={"answer.decision:answer_from_tally": _none}),
    Variant("no cited works", "answering", stand_ins={"answer.sources.finding:SourceIndex.named_in": _empty}),
    Variant("no definitions", "answering", stand_ins={"answer.finder:defining_first": _second}),
    Variant("no rulings", "answering", stand_ins={"answer.answerer:rule": _none}),
    Variant("no summaries", "answering", stand_ins={"answer.answerer:summary_request": _none}),
    Variant("no whole-text stand-ins", "answering", stand_ins={"answer.answerer:stand_in": _none}),
    Variant("no follow-ups", "answering", stand_ins={"answer.answerer:complete_question": _first}),
    Variant("no highlights", "answering", stand_ins={"answer.answerer:with_forms": _second}),
)


@contextmanager
def switched(variant: Variant) -> Iterator[None]:
    """Answer as a variant does until the block ends.

    A ranking that is left out is computed all the same: all of them together cost little beside what is read.

    Raises:
        AttributeError: a part that a stand-in replaces is no longer there.
    """
    with ExitStack() as stack:
        for place, stand_in in variant.stand_ins.items():
            stack.enter_context(_replaced(place, stand_in))
        if variant.without:
            stack.enter_context(_left_out(variant.without))
        yield


def _left_out(ranking: str) -> Any:  # noqa: ANN401 - mock's own kind of patch
    from index import search

    fuse = search.fuse

    def fused(rankings: Rankings, k: int) -> list[tuple[str, float]]:
        if ranking not in rankings:
            raise AttributeError(f"there is no ranking '{ranking}': there are {', '.join(rankings)}")
        return fuse({name: ids for name, ids in rankings.items() if name != ranking}, k)

    return mock.patch.object(search, "fuse", fused)


def _replaced(place: str, stand_in: object) -> Any:  # noqa: ANN401
    module, _, path = place.partition(":")
    owner: Any = import_module(module)
    *holders, name = path.split(".")
    for holder in holders:
        owner = getattr(owner, holder)
    return mock.patch.object(owner, name, stand_in)
