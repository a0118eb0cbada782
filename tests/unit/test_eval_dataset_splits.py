"""Only the commands that report and validate may read the test questions; what is fitted or tuned reads 'dev'."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
CODE = ("core", "ingest", "index", "answer", "ui", "eval", "benchmarks", "scripts")
READERS = (  # the report of `ibid eval`, the check of a question set, and the comparison with other programs
    "eval/__main__.py",
    "eval/validate.py",
    "benchmarks/peers/__main__.py",
    "benchmarks/peers/report.py",
)
SETS = ("eval.questions", "eval/questions", "eval.documents", "eval/documents")
STARTERS = ("cli.py",)  # what may start them


def leaks(name: str, source: str) -> list[str]:
    """Return a line for each place of a module where test questions could be read; its name is as in READERS."""
    if name in READERS:
        return []
    tree = ast.parse(source)
    for parent in ast.walk(tree):
        for child in ast.iter_child_nodes(parent):
            child.parent = parent
    return [f"{name} line {line}: {what}" for line, what in sorted(_leaks(name, tree))]


def _leaks(name: str, tree: ast.AST) -> Iterator[tuple[int, str]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import | ast.ImportFrom):
            modules = [alias.name for alias in node.names] if isinstance(node, ast.Import) else [str(node.module)]
            modules += [f"{m}.{alias.name}" for m in modules for alias in node.names]
            if {"eval.__main__", "eval.validate"}.intersection(modules) and name not in STARTERS:
                yield node.lineno, "imports a reader of the test questions"
            if any(m.startswith(("eval.questions", "eval.documents")) for m in modules):
                yield node.lineno, "imports the question sets"
            if any(alias.name == "load_questions" and alias.asname for alias in node.names):
                yield node.lineno, "gives load_questions another name"
        elif _refers_to_loader(node) and not _loads_dev(node.parent, node):
            yield node.lineno, 'load_questions without the split "dev"'
        elif _names_question_sets(node) and not any(_loads_dev(above) for above in _above(node)):
            yield node.lineno, "a path to the question sets"
        elif _runs_reader(node, name):
            yield node.lineno, "runs a reader of the test questions"


def _refers_to_loader(node: ast.AST) -> bool:
    return (isinstance(node, ast.Name) and node.id == "load_questions") or (
        isinstance(node, ast.Attribute) and node.attr == "load_questions"
    )


def _loads_dev(node: ast.AST, function: ast.AST | None = None) -> bool:
    if not isinstance(node, ast.Call) or not _refers_to_loader(node.func) or function not in (None, node.func):
        return False
    given = [*node.args[1:], *(k.value for k in node.keywords if k.arg == "split")]
    return len(given) == 1 and isinstance(given[0], ast.Constant) and given[0].value == "dev"


def _names_question_sets(node: ast.AST) -> bool:
    if not _is_text(node):
        return False
    part_of_path = isinstance(node.parent, ast.BinOp) and isinstance(node.parent.op, ast.Div)
    return any(path in node.value for path in SETS) or (part_of_path and node.value in ("questions", "documents"))


def _runs_reader(node: ast.AST, name: str) -> bool:
    if not _is_text(node):
        return False
    named = any(reader in node.value for reader in ("eval.validate", "eval.__main__"))
    return node.value.startswith("--split") or (named and name not in STARTERS)


def _is_text(node: ast.AST) -> bool:
    """Say whether a node is a string that is no docstring."""
    return isinstance(node, ast.Constant) and isinstance(node.value, str) and not isinstance(node.parent, ast.Expr)


def _above(node: ast.AST) -> Iterator[ast.AST]:
    while node := getattr(node, "parent", None):
        yield node


def modules() -> list[Path]:
    return [ROOT / "app.py", ROOT / "cli.py", *(p for folder in CODE for p in sorted((ROOT / folder).rglob("*.py")))]


def test_no_code_but_the_report_and_the_check_reads_the_test_questions():
    found = {path.relative_to(ROOT).as_posix(): path.read_text(encoding="utf-8") for path in modules()}
    assert {*READERS, *STARTERS, "eval/fit/sets.py", "answer/answerer.py"} <= found.keys()
    assert [line for name, source in found.items() for line in leaks(name, source)] == []


@pytest.mark.parametrize(
    "source",
    [
        "load_questions(path)",
        'load_questions(path, "test")',
        'load_questions(path, "all")',
        "load_questions(path, split=chosen)",
        'dataset.load_questions(path, split="test")',
        "read = load_questions",
        'partial(load_questions, split="dev")',
        "from eval.dataset import load_questions as read",
        'text = files("eval.questions").joinpath("chapter09.jsonl").read_text()',
        'text = open("eval/questions/chapter09.jsonl").read()',
        'path = Path(__file__).parent / "questions" / "chapter09.jsonl"',
        'text = open("eval/documents/report.jsonl").read()',
        'path = Path(__file__).parent / "documents" / "report.jsonl"',
        "from eval import documents",
        'import_module("eval.validate")',
        'runpy.run_module("eval.__main__")',
        'subprocess.run("python -m eval.validate set.jsonl", shell=True)',
        "from eval import questions",
        "import eval.questions",
        "from eval.__main__ import evaluate",
        "from eval.validate import validate",
        'subprocess.run(["python", "-m", "eval", "--split", "test"])',
    ],
)
def test_code_that_could_read_the_test_questions_is_found(source):
    for name in ("eval/fit/sets.py", "answer/model.py", "ui/machine.py"):
        assert [line.partition(": ")[0] for line in leaks(name, f"\n{source}\n")] == [f"{name} line 2"]


@pytest.mark.parametrize(
    "source",
    [
        "from eval.dataset import Question, load_questions",
        'load_questions(path, "dev")',
        'load_questions(path, split="dev")',
        'load_questions(Path(str(files("eval.questions") / "chapter09.jsonl")), "dev")',
        '"""Reads eval/questions, as eval.validate does."""',
        'lines = (folder / "questions.jsonl").open()',
    ],
)
def test_code_that_reads_development_questions_alone_is_let_through(source):
    assert leaks("eval/fit/sets.py", source) == []
