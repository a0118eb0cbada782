"""What the buttons below an answer do: open a panel, keep a rating, a comment or a wrong passage."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from core.errors import IbidError
from core.records import Document
from core.settings import Settings
from ui.conversation import Turn
from ui.feedback import Judgement, Rating, cases_file, keep, keep_case

__all__ = ["act_on", "position_of"]

_PANELS = ("considered", "why", "wrong")


def position_of(turns: Sequence[Turn], key: str) -> int | None:
    """Return the place of a turn in a conversation; None where it is no longer there."""
    return next((i for i, turn in enumerate(turns) if turn.key == key), None)


def act_on(  # noqa: PLR0913, PLR0917 - what is done, on what, and where it is kept
    turns: Sequence[Turn], key: str, act: str, text: str, settings: Settings, documents: Mapping[str, Document]
) -> list[Turn]:
    """Return the conversation after a button was pressed; what cannot be done is said in the turn.

    Args:
        turns: oldest first.
        key: of the turn whose button it was.
        act: 'considered', 'why' or 'wrong' open a panel or close it, as does 'close'; 'up' and 'down' rate, or take the
            rating back; 'say' keeps a comment on the rating, 'case' one on a wrong passage.
        text: the comment.
        settings: where it is kept.
        documents: by id.
    """
    i = position_of(turns, key)
    if i is None or turns[i].answer is None:
        return list(turns)
    earlier = tuple(turn.question for turn in turns[:i] if not turn.error)
    try:
        changed = _changed(turns[i], act, text, earlier, settings, documents)
    except IbidError as error:
        changed = replace(turns[i], said=str(error))
    return [*turns[:i], changed, *turns[i + 1 :]]


def _changed(  # noqa: PLR0913, PLR0917
    turn: Turn,
    act: str,
    text: str,
    earlier: tuple[str, ...],
    settings: Settings,
    documents: Mapping[str, Document],
) -> Turn:
    if act in _PANELS:
        return replace(turn, panel="" if turn.panel == act else act, said="")
    if act in ("up", "down"):
        rating = "none" if turn.rating == act else act
        keep(settings, _judgement(turn, rating, "", earlier))
        taken_back = rating == "none"
        return replace(turn, rating="" if taken_back else rating, panel="" if taken_back else "comment", said="")
    if act == "say" and text.strip():
        kept = keep(settings, _judgement(turn, turn.rating or "none", text, earlier))
        return replace(turn, panel="", said=f"Thank you. Kept in {kept.name}.")
    if act == "case":
        judgement = _judgement(turn, "wrong passage", text, earlier)
        keep_case(settings, judgement, documents)
        keep(settings, judgement)
        return replace(turn, panel="", said=f"Thank you. Kept as a question in {cases_file(settings).name}.")
    return replace(turn, panel="", said="")


def _judgement(turn: Turn, rating: str, comment: str, earlier: tuple[str, ...]) -> Judgement:
    assert turn.answer is not None  # noqa: S101 - a turn without one has no buttons
    kept: Rating = rating  # type: ignore[assignment]
    return Judgement(turn.key, turn.answer, kept, comment, earlier)
