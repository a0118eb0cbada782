"""Gradio is imported without writing its type stubs."""

import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

from ui import stubs

ROOT = Path(__file__).resolve().parents[2]


def run(code: str) -> str:
    found = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    return found.stdout.strip()


def test_what_writes_stubs_is_ours_and_gradio_works():
    code = (
        "import sys; from ui.stubs import no_stubs; before = list(sys.meta_path)\n"
        "with no_stubs():\n    import gradio\n"
        "from gradio import component_meta\n"
        "with gradio.Blocks(): box = gradio.Textbox(); box.submit(print)\n"
        "print(component_meta.create_or_modify_pyi.__module__, sys.meta_path == before)"
    )
    assert run(code) == "ui.stubs True"


def test_gradio_still_has_the_function_that_is_swapped_out():
    spec = find_spec("gradio")
    assert spec is not None and spec.origin is not None
    source = Path(spec.origin).parent / f"{stubs._MODULE.rpartition('.')[2]}.py"
    assert f"def {stubs._WRITER}(" in source.read_text(encoding="utf-8")


def test_other_modules_are_found_as_ever():
    assert stubs._Finder().find_spec("json", None) is None
