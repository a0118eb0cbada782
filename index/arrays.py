"""Arrays and strings in files that are mapped into memory: what is not asked for is not read."""

from collections.abc import Iterable, Sequence
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any, overload

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

__all__ = ["Strings", "read_array", "read_strings", "strings_of", "write_array", "write_strings"]

_BLOCK = 1 << 24  # bytes written at a time


class Strings(Sequence[bytes]):
    """Byte strings, one behind the other.

    Args:
        content: all of them, uint8.
        starts: where each begins, and where the last one ends, int64.
    """

    def __init__(self, content: "NDArray[np.uint8]", starts: "NDArray[np.int64]") -> None:
        self.content = content
        self.starts = starts

    def __len__(self) -> int:
        return len(self.starts) - 1

    @overload
    def __getitem__(self, place: int) -> bytes: ...
    @overload
    def __getitem__(self, place: slice) -> list[bytes]: ...
    def __getitem__(self, place: int | slice) -> bytes | list[bytes]:
        if isinstance(place, slice):
            first, last, _ = place.indices(len(self))
            if last <= first:
                return []
            bounds = self.starts[first : last + 1].tolist()
            content = self.content[bounds[0] : bounds[-1]].tobytes()
            return [content[a - bounds[0] : b - bounds[0]] for a, b in pairwise(bounds)]
        if not 0 <= place < len(self):
            raise IndexError(place)
        return self.content[self.starts[place] : self.starts[place + 1]].tobytes()


def strings_of(strings: Sequence[bytes]) -> Strings:
    """Return strings that lie in memory."""
    import numpy as np

    starts = np.zeros(len(strings) + 1, dtype=np.int64)
    np.cumsum([len(string) for string in strings], out=starts[1:])
    return Strings(np.frombuffer(b"".join(strings), dtype=np.uint8), starts)


def write_strings(folder: Path, name: str, strings: Iterable[bytes]) -> None:
    """Write strings as they come to two files of a folder."""
    import numpy as np

    lengths: list[int] = []
    path = folder / f"{name}.bin"
    with path.open("wb", buffering=_BLOCK) as file:
        for string in strings:
            lengths.append(len(string))
            file.write(string)
        file.write(b"\n")  # a file without a byte cannot be mapped
    starts = np.zeros(len(lengths) + 1, dtype=np.int64)
    np.cumsum(lengths, out=starts[1:])
    write_array(folder / f"{name}.npy", starts)


def read_strings(folder: Path, name: str) -> Strings:
    """Map what `write_strings` wrote."""
    import numpy as np

    content = np.memmap(folder / f"{name}.bin", dtype=np.uint8, mode="r").view(np.ndarray)
    return Strings(content, read_array(folder / f"{name}.npy"))


def write_array(path: Path, array: Any) -> None:  # noqa: ANN401 - of any type
    """Write an array."""
    import numpy as np

    np.save(path, array, allow_pickle=False)


def read_array(path: Path) -> Any:  # noqa: ANN401
    """Map an array."""
    import numpy as np

    return np.load(path, mmap_mode="r", allow_pickle=False).view(np.ndarray)
