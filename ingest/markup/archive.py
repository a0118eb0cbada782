"""Open the zip files that documents are packed in, without trusting what they say of their own size."""

import io
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from core.errors import InputError

if TYPE_CHECKING:
    from lxml.etree import _Element

__all__ = ["Archive", "open_archive"]

_MOST_BYTES = 300_000_000  # unpacked, of all members together
_MOST_MEMBERS = 20_000
_MOST_RATIO = 200  # of unpacked to packed size, for a member of over _SMALL bytes; text packs about 10 to 1
_SMALL = 10_000_000
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


@dataclass(slots=True)
class Archive:
    """An open zip file; `left` is how many bytes may still be unpacked from it."""

    file: zipfile.ZipFile
    name: str
    members: Mapping[str, zipfile.ZipInfo]
    left: int = _MOST_BYTES

    def __contains__(self, path: str) -> bool:
        return path in self.members

    def read(self, path: str) -> bytes:
        """Return a member's bytes.

        Raises:
            InputError: it is missing, broken, or unpacks to more than a document holds.
        """
        if path not in self.members:
            raise InputError(f"{self.name} is broken: it lacks {path}; save or download the file again")
        info = self.members[path]
        try:
            with self.file.open(info) as member:
                data = member.read(self.left + 1)  # the declared size may lie
        except (zipfile.BadZipFile, OSError, EOFError, ValueError, NotImplementedError, RuntimeError, zlib.error):
            raise InputError(f"{self.name} is broken: cannot unpack {path}; save or download the file again") from None
        if len(data) > self.left or (len(data) > _SMALL and len(data) > _MOST_RATIO * max(info.compress_size, 1)):
            raise _too_large(self.name)
        self.left -= len(data)
        return data

    def read_xml(self, path: str) -> "_Element":
        """Return the root of a member's XML; it reaches for nothing outside itself, and entities stay unexpanded.

        Raises:
            InputError: it is missing or broken.
        """
        from lxml import etree

        parser = etree.XMLParser(
            resolve_entities=False, load_dtd=False, no_network=True, remove_comments=True, remove_pis=True
        )
        try:
            return etree.fromstring(self.read(path), parser)
        except etree.XMLSyntaxError as error:
            reason = str(error).partition("\n")[0]
            raise InputError(f"{self.name} is broken: {path} is no XML ({reason}); save the file again") from None


def open_archive(data: bytes, name: str) -> Archive:
    """Open a zip file.

    Raises:
        InputError: it is no zip file, encrypted, or unpacks to more than a document holds.
    """
    if data.startswith(_OLE):
        raise InputError(
            f"cannot read {name}: it is an old Word file (.doc) or locked with a password; save it as .docx without one"
        )
    try:
        file = zipfile.ZipFile(io.BytesIO(data))
        members = file.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, EOFError, NotImplementedError):
        raise InputError(
            f"cannot read {name}: it is no zip file, as .docx and .epub are; save or download it again"
        ) from None
    if any(info.flag_bits & 1 for info in members):
        raise InputError(f"cannot read {name}: it is locked with a password; save it without one")
    large = [info for info in members if info.file_size > _SMALL]
    if (
        len(members) > _MOST_MEMBERS
        or sum(info.file_size for info in members) > _MOST_BYTES
        or any(info.file_size > _MOST_RATIO * max(info.compress_size, 1) for info in large)
    ):
        raise _too_large(name)
    return Archive(file, name, {info.filename: info for info in members})


def _too_large(name: str) -> InputError:
    return InputError(
        f"cannot read {name}: it unpacks to far more than a document holds (at most {_MOST_BYTES // 1_000_000} MB, "
        f"{_MOST_MEMBERS:,} files); save it again without its pictures"
    )
