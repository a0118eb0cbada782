"""The page docs/settings.md, made from the settings themselves: `python -m core.settings_page > docs/settings.md`."""

from typing import get_args

import annotated_types
from pydantic import SecretStr
from pydantic.fields import FieldInfo

from core.settings import Settings

__all__ = ["settings_page"]

_HEAD = """# Settings

This page is made by `python -m core.settings_page > docs/settings.md`; a test keeps it true.

A setting comes from the first of these that gives it:

1. an option of the command line, such as `--corpus`
2. an environment variable, `IBID_` and the setting's name in capitals: `IBID_CORPUS=thesis`; lists are JSON
3. one TOML file: the one that `IBID_CONFIG` names, else `ibid.toml` in the working directory, else `ibid.toml` in the
   user's configuration folder (`~/.config/ibid/` on Linux); only one file is read
4. the default

```toml
corpus = "thesis"
top = 30
users = ["ada:scrypt:…"]    # made by `ibid password ada`
```

A name that is no setting is refused with the nearest one, and so is an unknown variable that begins with `IBID_`;
`ibid doctor` says which file is read. `IBID_DEBUG=1` prints tracebacks, for developers.

| setting | default | from … to | what it is |
|---|---|---|---|
"""


def settings_page() -> str:
    """Return the page as Markdown."""
    rows = [
        f"| `{name}` | {_default(name, field)} | {_bounds(field)} | {field.description} |"
        for name, field in Settings.model_fields.items()
    ]
    return _HEAD + "\n".join(rows) + "\n"


def _default(name: str, field: FieldInfo) -> str:
    if name == "home":
        return "`var/` in a checkout, else the user's data folder"
    if SecretStr in (field.annotation, *get_args(field.annotation)) or field.default == "":
        return "none"
    return f"`{str(field.default).lower() if isinstance(field.default, bool) else field.default}`"


def _bounds(field: FieldInfo) -> str:
    if field.annotation is bool:
        return "`true`, `false`"
    least = next((m.ge for m in field.metadata if isinstance(m, annotated_types.Ge)), None)
    most = next((m.le for m in field.metadata if isinstance(m, annotated_types.Le)), None)
    return "" if least is None else f"{least} … {most}"


if __name__ == "__main__":
    print(settings_page(), end="")  # noqa: T201
