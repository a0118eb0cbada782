"""Import Gradio without having it look through its own source."""

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, PathFinder
from types import ModuleType

__all__ = ["no_stubs"]

_MODULE = "gradio.component_meta"
_WRITER = "create_or_modify_pyi"


@contextmanager
def no_stubs() -> Iterator[None]:
    """Keep Gradio, while it is imported, from writing the type stubs of its components.

    It parses the source of each and compares the stub that it makes of it with the one that is there: more than a
    second at each start, for editors alone.
    """
    finder = _Finder()
    sys.meta_path.insert(0, finder)
    try:
        yield
    finally:
        sys.meta_path.remove(finder)


class _Finder(MetaPathFinder):
    """Finds the module that writes stubs, and has it write none."""

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """Return how to load it; None for any other module."""
        spec = PathFinder.find_spec(fullname, path, target) if fullname == _MODULE else None
        if spec is None or spec.loader is None:
            return None
        load = spec.loader.exec_module

        def load_without(module: ModuleType) -> None:
            load(module)
            setattr(module, _WRITER, lambda component, name, events: None)

        spec.loader.exec_module = load_without  # type: ignore[method-assign]
        return spec
