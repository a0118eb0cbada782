"""What pydantic finds wrong, in one line."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pydantic import ValidationError

__all__ = ["invalid_line"]

_LONGEST = 60  # characters of a wrong value that are repeated


def invalid_line(error: "ValidationError", called: str) -> str:
    """Return the first thing that is wrong: which field, what was got and what was expected.

    Args:
        error: what pydantic raised.
        called: what its fields are called, 'setting' or 'parameter'.
    """
    first: Mapping[str, Any] = error.errors(include_url=False)[0]
    name = ".".join(map(str, first["loc"]))
    if first["type"] == "missing_keyword_only_argument" or first["type"] == "missing_argument":
        return f"{called} '{name}' is missing: give it"
    got = repr(first.get("input"))
    got = got if len(got) <= _LONGEST else got[:_LONGEST] + "…"
    return f"{called} '{name}': got {got}, {first['msg']}"
