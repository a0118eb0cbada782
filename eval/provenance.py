"""What a run was made from: the commit, the machine, the versions, the hashes."""

import dataclasses
import hashlib
import importlib.metadata
import json
import os
import platform
import re
import subprocess
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from pathlib import Path

from answer.model import MODEL_FILE
from answer.reader import READER_FILE, READER_SHA256
from core.records import Document
from core.settings import Settings
from eval.bootstrap import RESAMPLES, SEED
from eval.dataset import Question
from eval.metrics import peak_memory

__all__ = ["fingerprint", "git", "is_shallow", "provenance", "sha256", "versions"]

_ROOT = Path(__file__).resolve().parent.parent


def provenance(settings: Settings, documents: Mapping[str, Document], questions: Path, split: str) -> dict[str, object]:
    """Return all that a run's numbers depend on, as JSON values; no path of the machine is among them."""
    return {
        "made_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "commit": _commit(),
        "machine": {
            "system": f"{platform.system()} {platform.machine()}",
            "python": platform.python_version(),
            "cores": os.cpu_count(),
            "peak_memory_mib": peak_memory(),
        },
        "versions": versions(),
        "settings": settings.model_dump(mode="json", exclude={"home"}),
        "model": {
            "file": MODEL_FILE.name,
            "sha256": sha256(MODEL_FILE.read_bytes()),
            "reader": {"file": READER_FILE.name, "sha256": READER_SHA256},  # which loading it checks
        },
        "documents": {d.id: d.content_hash for d in documents.values()},
        "questions": {"file": questions.name, "sha256": sha256(questions.read_bytes()), "split": split},
        "bootstrap": {"resamples": RESAMPLES, "seed": SEED, "level": 0.95},
    }


def sha256(data: bytes) -> str:
    """Return the SHA-256 of bytes, in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def fingerprint(questions: Iterable[Question]) -> str:
    """Return the SHA-256 of questions as asked, whatever the order and the bytes of the file that they come from."""
    told = sorted((dataclasses.asdict(q) for q in questions), key=lambda q: str(q["id"]))
    text = json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return sha256(text.encode())


def git(*arguments: str) -> str:
    """Return what git prints in the repository of this code; empty where there is no git or it fails."""
    try:
        found = subprocess.run(  # noqa: S603 - the arguments are ours
            ["git", *arguments],  # noqa: S607 - wherever it is installed
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
            cwd=_ROOT,
        )
    except OSError:
        return ""
    return found.stdout if found.returncode == 0 else ""


def is_shallow() -> bool:
    """Say whether the repository of this code is a clone that leaves out the history."""
    return git("rev-parse", "--is-shallow-repository").strip() == "true"


def _commit() -> str:
    """The commit, with a + when files that it tracks were changed since."""
    commit = git("rev-parse", "--short", "HEAD").strip()
    return commit + "+" * bool(git("status", "--porcelain", "--untracked-files=no").strip()) or "unknown"


def versions() -> dict[str, str]:
    """Return the versions of Ibid and of all that it depends on; none where Ibid is not installed."""
    try:
        wanted = importlib.metadata.requires("ibid") or []
    except importlib.metadata.PackageNotFoundError:
        return {}
    names = ["ibid", *(re.split(r"[^\w.-]", line, maxsplit=1)[0] for line in wanted if "extra ==" not in line)]
    return {name: importlib.metadata.version(name) for name in names}
