"""Where settings stand beside options and environment: one TOML file."""

import os
import tomllib
from pathlib import Path
from typing import Any

import platformdirs
from pydantic_settings import TomlConfigSettingsSource

from core.errors import InputError

__all__ = ["FILE_VARIABLE", "FileSource", "settings_file"]

FILE_VARIABLE = "IBID_CONFIG"
_NAME = "ibid.toml"


def settings_file() -> Path | None:
    """Return the file that is read: that of IBID_CONFIG, else of the working directory, else of the user's own folder.

    Raises:
        InputError: IBID_CONFIG names no file.
    """
    if named := os.environ.get(FILE_VARIABLE):
        path = Path(named).expanduser()
        if not path.exists() or path.is_dir():
            raise InputError(f"{FILE_VARIABLE}={named}: there is no such file; give a TOML file, or unset the variable")
        return path
    folders = (Path.cwd(), Path(platformdirs.user_config_dir("ibid")))
    return next((folder / _NAME for folder in folders if (folder / _NAME).is_file()), None)


class FileSource(TomlConfigSettingsSource):
    """The settings of the file, whose errors are one line."""

    def _read_file(self, file_path: Any) -> dict[str, Any]:  # noqa: ANN401 - as in the class above
        try:
            return super()._read_file(file_path)
        except tomllib.TOMLDecodeError as error:
            raise InputError(f"{file_path} is not TOML: {error}; mend that line") from None
        except UnicodeDecodeError:
            raise InputError(f"{file_path} is not TOML: its bytes are no UTF-8; save it as UTF-8") from None
        except OSError as error:
            raise InputError(f"cannot read {file_path}: {error.strerror or error}") from None
