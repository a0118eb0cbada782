"""The house keeps its shape: imports go one way, and heavy libraries stay out of what must start fast."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("core", "ingest", "index", "answer", "ui", "eval")
HEAVY = ("torch", "sentence_transformers", "transformers", "chromadb", "llama_index", "gradio", "nltk", "bm25s")


def test_imports_go_one_way():
    found = subprocess.run(
        [Path(sys.executable).with_name("lint-imports"), "--no-cache"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert found.returncode == 0, found.stdout


def test_no_package_imports_the_app_or_the_command_line():
    for path in (p for package in PACKAGES for p in (ROOT / package).rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [a.name for a in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            assert not {"app", "cli"}.intersection(name.partition(".")[0] for name in names), path
            assert not (isinstance(node, ast.ImportFrom) and node.level), f"relative import in {path}"


@pytest.mark.parametrize("module", ["cli", "core", "ingest", "index", "answer"])
def test_a_module_that_must_start_fast_imports_nothing_heavy(module):
    code = f"import sys, {module}; print(*[m for m in {HEAVY!r} if m in sys.modules])"
    found = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert found.stdout.split() == []


def test_only_the_evaluation_reads_the_question_sets():
    """Nothing that answers may know what it will be asked; and no code but the report reads the test split."""
    for path in [ROOT / "app.py", ROOT / "cli.py", *(p for n in PACKAGES for p in (ROOT / n).rglob("*.py"))]:
        text = path.read_text(encoding="utf-8")
        if path.relative_to(ROOT).parts[0] != "eval":
            assert "questions.jsonl" not in text or path.name in ("machine.py", "cli.py"), path
            assert "eval.questions" not in text, path
        if path.is_relative_to(ROOT / "eval" / "fit"):
            assert '"test"' not in text
