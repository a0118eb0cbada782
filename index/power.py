"""What a power cut must not take: files that were written lie in the system's memory for up to half a minute."""

import os
from collections.abc import Iterable
from pathlib import Path

__all__ = ["write_out"]


def write_out(files: Iterable[Path]) -> None:
    """Have the system write files to the disk, and the folders that name them, and wait for it.

    What has gone meanwhile is passed over: Chroma writes files of a small segment anew when another opens it.
    """
    paths = list(files)
    for path in (*paths, *sorted({path.parent for path in paths})):
        try:
            descriptor = os.open(path, os.O_RDONLY)
        except FileNotFoundError:
            continue
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
