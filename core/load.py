"""Load the settings: options before environment before file before defaults, with one line for what is wrong."""

import difflib
import os
import re
from typing import Any, get_args

from pydantic import SecretStr, ValidationError
from pydantic_settings import SettingsError

from core.errors import InputError
from core.invalid import invalid_line
from core.settings import Settings
from core.settings_file import FILE_VARIABLE, settings_file

__all__ = ["load_settings"]

_PREFIX = "IBID_"
_OTHERS = (FILE_VARIABLE, "IBID_DEBUG")  # variables that are no settings


def load_settings(**options: Any) -> Settings:  # noqa: ANN401 - whatever the settings are
    """Return the settings; an option that is None is not given.

    Raises:
        InputError: a setting is unknown or out of its bounds, or the file cannot be read.
    """
    given = {name: value for name, value in options.items() if value is not None}
    _refuse_unknown_variables()
    try:
        return Settings(**given)
    except SettingsError as error:
        raise InputError(_no_json(error)) from None
    except ValidationError as error:
        raise InputError(_line(error, given)) from None


def _refuse_unknown_variables() -> None:
    known = [*(f"{_PREFIX}{name.upper()}" for name in Settings.model_fields), *_OTHERS]
    for name in sorted(os.environ):
        if name.upper().startswith(_PREFIX) and not name.startswith(f"{_PREFIX}TEST_") and name.upper() not in known:
            raise InputError(f"unknown environment variable {name}: the nearest is {_nearest(name, known)}")


def _line(error: ValidationError, given: dict[str, Any]) -> str:
    first = error.errors()[0]
    name = str(first["loc"][0])
    where = _where(name, given)
    if first["type"] == "extra_forbidden":
        return f"unknown setting '{name}'{where}: the nearest is '{_nearest(name, list(Settings.model_fields))}'"
    if _is_secret(name):
        return f"setting '{name}'{where}: {first['msg']}"
    return f"{invalid_line(error, 'setting')}{where}"


def _no_json(error: SettingsError) -> str:
    """What is said of a variable that has to be JSON and is not: pydantic tells of its own classes."""
    named = re.search(r'field "(\w+)"', str(error))
    name = named[1] if named else ""
    return f"setting '{name}'{_where(name, {})} cannot be read: expected JSON, such as '[\"a\", \"b\"]'"


def _where(name: str, given: dict[str, Any]) -> str:
    """Which source a wrong setting came from, in words."""
    if name in given:
        return ""
    variable = next((known for known in os.environ if known.upper() == f"{_PREFIX}{name.upper()}"), "")
    return f" (from {variable})" if variable else f" (in {settings_file()})"


def _is_secret(name: str) -> bool:
    kind = Settings.model_fields[name].annotation
    return SecretStr in (kind, *get_args(kind))


def _nearest(name: str, known: list[str]) -> str:
    return difflib.get_close_matches(name, known, n=1, cutoff=0.0)[0]
