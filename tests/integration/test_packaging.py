"""What `pip install` gives: the wheel holds every package and its data, and nothing else."""

import subprocess
import sys
import tomllib
import zipfile
from hashlib import sha256
from json import loads
from pathlib import Path

import pytest

from core.settings import bundled_corpus

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory) -> zipfile.ZipFile:
    out = tmp_path_factory.mktemp("wheel")
    source = tmp_path_factory.mktemp("source") / "ibid"
    subprocess.run(["git", "worktree", "prune"], cwd=ROOT, check=False, capture_output=True)
    files = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.splitlines()
    for name in files:
        if (ROOT / name).is_file():
            (source / name).parent.mkdir(parents=True, exist_ok=True)
            (source / name).write_bytes((ROOT / name).read_bytes())
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(out), str(source)]
    built = subprocess.run(command, capture_output=True, text=True, check=False)
    assert built.returncode == 0, built.stdout + built.stderr
    return zipfile.ZipFile(next(out.glob("*.whl")))


def test_the_wheel_holds_every_module_and_all_data(wheel):
    names = set(wheel.namelist())
    packages = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["setuptools"]["packages"]
    for package in packages:
        folder = ROOT / package.replace(".", "/")
        for path in folder.iterdir():
            if path.suffix in {".py", ".css", ".js", ".json", ".csv", ".txt", ".jsonl"} and path.is_file():
                assert f"{path.relative_to(ROOT)}" in names
    assert {"app.py", "cli.py"} <= names
    assert not any(name.startswith(("tests/", "var/", "docs/", "benchmarks/")) for name in names)


def test_every_folder_with_code_is_a_listed_package():
    packages = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["setuptools"]["packages"]
    for top in ("core", "ingest", "index", "answer", "ui", "eval"):
        for path in (ROOT / top).rglob("__init__.py"):
            assert str(path.parent.relative_to(ROOT)).replace("/", ".") in packages


def test_the_package_cannot_be_uploaded_and_pins_its_dependencies(wheel):
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert "Private :: Do Not Upload" in project["classifiers"]
    pinned = [*project["dependencies"], *(d for extra in project["optional-dependencies"].values() for d in extra)]
    assert all("==" in dependency for dependency in pinned)
    assert "torch==2.13.0" in pinned


def test_the_manifest_names_the_bundled_text_by_its_hash():
    (entry,) = loads((bundled_corpus() / "manifest.json").read_text(encoding="utf-8"))["documents"]
    assert sha256((bundled_corpus() / entry["file"]).read_bytes()).hexdigest() == entry["sha256"]
    assert {"title", "authors", "chapter", "licence"} <= entry.keys()
