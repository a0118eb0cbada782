"""What is wrong with an installation, and how to mend it: one small check for each thing that can be."""

import importlib.metadata
import os
import shutil
import socket
import sys
import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from answer.reader import READER_FILE, verified_reader
from core.errors import IbidError
from core.settings import Settings
from core.settings_file import settings_file
from index import UnreachableError, has_index, index_status, model_of, verified_model
from index.cluster import LOCAL
from index.joining import Joined, try_to_join
from index.server import server_of
from ui.login import check_exposure, login_of
from ui.terminal import printable

if TYPE_CHECKING:
    from rich.console import Console

__all__ = ["Finding", "examine", "show_findings"]

State = Literal["fine", "warning", "wrong"]

OLDEST = (3, 11)
_LITTLE, _TOO_LITTLE = 1_000, 100  # megabytes of disk space
_ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True, slots=True)
class Finding:
    """What one check found: `mend` says what to do about it, and is empty when there is nothing to do."""

    about: str
    state: State
    said: str
    mend: str = ""


def examine(load: Callable[[], Settings]) -> list[Finding]:
    """Run every check; those that need settings are left out when these cannot be loaded.

    Args:
        load: gives the settings, or raises an IbidError.
    """
    findings = [check() for check in MACHINE]
    try:
        settings = load()
    except IbidError as error:
        return [*findings, Finding("settings", "wrong", str(error), "mend it, or take it out")]
    return findings + [check(settings) for check in SET]


def show_findings(console: "Console", findings: Sequence[Finding]) -> None:
    """Print a line for each finding, and one for what to do about it."""
    from rich.text import Text

    marks = {"fine": ("ok", "green"), "warning": ("!!", "bold yellow"), "wrong": ("XX", "bold red")}
    for finding in findings:
        mark, style = marks[finding.state]
        line = Text(f"{mark} ", style=style)
        line.append(printable(f"{finding.about}: {finding.said}"), style="default not bold")
        console.print(line, soft_wrap=True)
        if finding.mend:
            console.print(Text(printable(f"   -> {finding.mend}")), soft_wrap=True)
    wrong = sum(finding.state == "wrong" for finding in findings)
    warned = sum(finding.state == "warning" for finding in findings)
    console.print(f"{wrong} wrong, {warned} to look at, {len(findings) - wrong - warned} fine")


def python_version(version: tuple[int, ...] = sys.version_info[:3]) -> Finding:
    """Is this Python new enough?"""
    found = ".".join(map(str, version))
    if tuple(version) < OLDEST:
        return Finding("python", "wrong", f"{found}, needs 3.11 or newer", "install Python 3.11, and Ibid into it")
    return Finding("python", "fine", found)


def packages(pins: Mapping[str, str] | None = None) -> Finding:
    """Are the packages there that Ibid was tested with?"""
    pins = pinned() if pins is None else pins
    missing, other = [], []
    for name, wanted in pins.items():
        try:
            found = importlib.metadata.version(name)
        except importlib.metadata.PackageNotFoundError:
            missing.append(f"{name}=={wanted}")
            continue
        if found.partition("+")[0] != wanted:
            other.append((name, wanted, found))
    if missing:
        return Finding("packages", "wrong", f"missing: {', '.join(missing)}", f"pip install {' '.join(missing)}")
    if other:
        said = ", ".join(f"{name} is {found}, tested with {wanted}" for name, wanted, found in other)
        return Finding("packages", "warning", said, f"pip install {' '.join(f'{n}=={w}' for n, w, _ in other)}")
    if not pins:
        return Finding("packages", "wrong", "Ibid itself is not installed", "pip install -e . in its folder")
    return Finding("packages", "fine", f"{len(pins)} as pinned")


def pinned(project: Path = _ROOT / "pyproject.toml") -> dict[str, str]:
    """Return the pinned packages: those of the checkout, else of the installed distribution."""
    if project.is_file():
        lines = tomllib.loads(project.read_text(encoding="utf-8"))["project"]["dependencies"]
    else:
        try:
            lines = importlib.metadata.requires("ibid") or []
        except importlib.metadata.PackageNotFoundError:
            return {}
    pairs = (line.partition("==") for line in lines if "extra" not in line)
    return {name.strip(): version.strip() for name, _, version in pairs}


def embedder(verify: Callable[[], object] = verified_model) -> Finding:
    """Is the embedding model there, and is it the published one?"""
    return _tried("embedding model", verify, "there, SHA-256 as published", "pip install -e . in the folder of Ibid")


def reader(verify: Callable[[], object] = verified_reader) -> Finding:
    """Is the reader there, and is it the one that was shipped?"""
    return _tried("reader", verify, f"{READER_FILE.name}, SHA-256 as shipped", "git checkout, or install Ibid again")


def chromium(which: Callable[[str], str | None] = shutil.which) -> Finding:
    """Is the browser there that the tests drive?"""
    found = which("chromium")
    return Finding("chromium", "fine", found or "not installed; only the browser tests need it (make test installs it)")


def settings_read(settings: Settings) -> Finding:
    """Which file of settings is read?"""
    variables = sorted(n for n in os.environ if n.startswith("IBID_") and n != "IBID_CONFIG")
    also = f"; variables {', '.join(variables)}" if variables else ""
    return Finding("settings", "fine", f"{settings_file() or 'no ibid.toml is read'}{also}; corpus '{settings.corpus}'")


def own_model(settings: Settings) -> Finding:
    """Is the user's model there, if one is set?"""
    said = f"{settings.embedder} embeds" if settings.embedder else "the shipped one embeds"
    return _tried("embedder", lambda: model_of(settings), said, "set embedder (IBID_EMBEDDER) to a model, or unset it")


def home(settings: Settings) -> Finding:
    """Can indexes be written?"""
    there = _nearest_folder(settings.home)
    if not there.is_dir() or not os.access(there, os.W_OK | os.X_OK):
        return Finding("home", "wrong", f"{settings.home} cannot be written", "set home (IBID_HOME) to another folder")
    return Finding("home", "fine", str(settings.home))


def disk(settings: Settings, usage: Callable[[Path], tuple[int, int, int]] = shutil.disk_usage) -> Finding:
    """Is there space for an index?"""
    free = usage(_nearest_folder(settings.home))[2] / 1e6
    said = f"{free:,.0f} MB free at {settings.home}"
    if free < _LITTLE:
        state: State = "wrong" if free < _TOO_LITTLE else "warning"
        return Finding("disk", state, said, "free some space, or set home (IBID_HOME) to another disk")
    return Finding("disk", "fine", said)


def chroma_server(settings: Settings) -> Finding:
    """Does the Chroma server answer, where one is to keep the indexes?"""
    if not settings.chroma:
        return Finding("chroma server", "fine", "none is set; indexes are kept in home")
    try:
        server_of(settings).now()
    except UnreachableError as error:
        return Finding("chroma server", "wrong", str(error), "chroma run --path FOLDER --host HOST --port PORT")
    except IbidError as error:
        return Finding("chroma server", "wrong", str(error), "mend it, or take it out to keep indexes in home")
    return Finding("chroma server", "fine", f"{settings.chroma} answers; home keeps copies of its files")


def ray_cluster(settings: Settings, join: Callable[[str, int], Joined] = try_to_join) -> Finding:
    """Does the Ray cluster let this machine in, where one is to read and embed?"""
    if not settings.ray:
        return Finding("ray cluster", "fine", "none is set; this machine reads and embeds alone")
    try:
        here = importlib.metadata.version("ray")
    except importlib.metadata.PackageNotFoundError:
        return Finding(
            "ray cluster", "wrong", f"'{settings.ray}' is set, Ray is not installed", "pip install 'ibid[ray]'"
        )
    if settings.ray == LOCAL:
        return Finding("ray cluster", "fine", f"Ray {here} of this machine alone, started for each ingest")
    try:
        found = join(settings.ray, settings.ray_seconds)
    except IbidError as error:
        return Finding("ray cluster", "wrong", str(error), "mend it, or take it out to ingest on this machine alone")
    said = f"{settings.ray} lets us in: Ray {found.ray} and Python {found.python} as here, {found.cores} cores"
    if not found.cores:
        return Finding("ray cluster", "wrong", said, f"ray start --address={settings.ray} on a machine with cores")
    return Finding("ray cluster", "fine", said)


def index(settings: Settings) -> Finding:
    """Can the corpus be asked?"""
    status = index_status(settings)
    if status.ready:
        said = f"{len(status.documents)} documents, {status.passages} passages, built {status.built_at}"
        if status.quotes_withheld:
            mend = f"index its documents anew: ibid ingest PATH... --corpus {settings.corpus}"
            return Finding("index", "warning", f"{said}; {status.quotes_withheld} quotes were withheld", mend)
        return Finding("index", "fine", said)
    try:
        there = has_index(settings)
    except UnreachableError as error:
        return Finding("index", "wrong", str(error), "see 'chroma server'")
    if not there:
        state: State = "fine" if settings.corpus == Settings.model_fields["corpus"].default else "warning"
        said = f"corpus '{settings.corpus}' has none yet"
        return Finding("index", state, said, f"ibid ingest PATH... --corpus {settings.corpus}")
    return Finding("index", "wrong", status.reason, f"ibid ingest PATH... --corpus {settings.corpus}")


def port(settings: Settings) -> Finding:
    """Can the app be served where it is to be?"""
    where = f"{settings.host}:{settings.port}"
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((settings.host, settings.port))
        except OSError as error:
            said = f"{where} cannot be listened on ({error.strerror or error}); perhaps Ibid runs already"
            return Finding("port", "warning", said, "ibid serve --port ANOTHER")
    return Finding("port", "fine", f"{where} is free")


def login(settings: Settings) -> Finding:
    """Who can get at the app?"""
    try:
        login_of(settings)
        check_exposure(settings)
    except IbidError as error:
        return Finding("login", "wrong", str(error), "ibid password NAME prints the line for the settings")
    if settings.users:
        return Finding("login", "fine", f"{len(settings.users)} may log in at {settings.host}")
    return Finding("login", "fine", f"none; {settings.host} is open to whoever reaches it")


MACHINE: tuple[Callable[[], Finding], ...] = (python_version, packages, embedder, reader, chromium)
SET: tuple[Callable[[Settings], Finding], ...] = (
    settings_read,
    own_model,
    home,
    disk,
    chroma_server,
    ray_cluster,
    index,
    port,
    login,
)


def _tried(about: str, verify: Callable[[], object], fine: str, mend: str) -> Finding:
    try:
        verify()
    except IbidError as error:
        return Finding(about, "wrong", str(error), mend)
    return Finding(about, "fine", fine)


def _nearest_folder(path: Path) -> Path:
    """The path itself, or the nearest of the folders above it that exists."""
    return next(p for p in (path, *path.absolute().parents) if p.exists())
