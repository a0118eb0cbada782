"""NLTK's Punkt, with the English model inside llama-index-core.

It comes without the rest of NLTK, which imports SciPy and takes most of a second.
"""

import importlib.util
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from threading import Lock
from types import ModuleType
from typing import TYPE_CHECKING

from core.errors import IbidError

if TYPE_CHECKING:
    from nltk.tokenize.punkt import PunktParameters, PunktSentenceTokenizer

__all__ = ["load_punkt"]

_PACKAGES = ("nltk", "nltk.tokenize")  # those that Punkt lies in; each imports all that it has
_MODEL = "_static/nltk_cache/tokenizers/punkt_tab/english"
_LOADING = Lock()


def load_punkt() -> "PunktSentenceTokenizer":
    """Return Punkt's tokenizer for English; the same object each time.

    Raises:
        IbidError: llama-index-core or nltk is missing or broken.
    """
    with _LOADING:
        return _loaded()


@lru_cache(maxsize=1)
def _loaded() -> "PunktSentenceTokenizer":
    with _bare_packages():
        from nltk.tokenize.punkt import PunktSentenceTokenizer

        tokenizer = PunktSentenceTokenizer()
        tokenizer._params = _read(_folder("llama_index.core", "llama-index-core") / _MODEL)
    return tokenizer


def _read(model: Path) -> "PunktParameters":
    """What `nltk.tokenize.punkt.load_punkt_params` reads; that one wants a path of nltk.data's kind."""
    from nltk.tabdata import PunktDecoder
    from nltk.tokenize.punkt import PunktParameters

    decoder, found = PunktDecoder(), PunktParameters()
    try:
        with (model / "collocations.tab").open(encoding="utf-8") as file:
            found.collocations = set(decoder.tab2tups(file))
        with (model / "sent_starters.txt").open(encoding="utf-8") as file:
            found.sent_starters = decoder.txt2set(file)
        with (model / "abbrev_types.txt").open(encoding="utf-8") as file:
            found.abbrev_types = decoder.txt2set(file)
        with (model / "ortho_context.tab").open(encoding="utf-8") as file:
            found.ortho_context = decoder.tab2intdict(file)
    except OSError as error:
        raise IbidError(f"cannot read {model} ({error.strerror}); reinstall llama-index-core") from None
    return found


@contextmanager
def _bare_packages() -> Iterator[None]:
    """Have Python find the modules of NLTK in packages that import nothing; a later import gets NLTK whole."""
    if "nltk" in sys.modules:
        yield
        return
    root = _folder("nltk", "nltk")
    for name in _PACKAGES:
        package = ModuleType(name)
        package.__path__ = [str(root.parent / name.replace(".", "/"))]
        sys.modules[name] = package
    try:
        yield
    finally:
        for name in [name for name in sys.modules if name.partition(".")[0] == "nltk"]:
            del sys.modules[name]


def _folder(module: str, package: str) -> Path:
    spec = importlib.util.find_spec(module)
    if spec is None or spec.origin is None:
        raise IbidError(f"{package} is not installed; run: pip install {package}")
    return Path(spec.origin).parent
