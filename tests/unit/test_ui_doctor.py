"""`ibid doctor`: each check with what is fine and what is wrong."""

import io
import socket

import pytest
from rich.console import Console

from core.errors import IbidError, InputError
from core.settings import Settings
from index.joining import ClusterError, Joined
from ui import doctor
from ui.doctor import Finding


def fail():
    raise IbidError("the weights differ")


def test_an_old_python_is_wrong():
    assert doctor.python_version((3, 10, 4)) == Finding(
        "python", "wrong", "3.10.4, needs 3.11 or newer", "install Python 3.11, and Ibid into it"
    )
    assert doctor.python_version((3, 11, 0)).state == "fine"


def test_packages_that_are_missing_or_others_are_named_with_the_command(monkeypatch):
    from importlib.metadata import version

    missing = doctor.packages({"no-such-package": "1.0"})
    assert (missing.state, missing.mend) == ("wrong", "pip install no-such-package==1.0")
    other = doctor.packages({"rich": "0.1"})
    assert other.state == "warning"
    assert other.said == f"rich is {version('rich')}, tested with 0.1"
    assert doctor.packages({"rich": version("rich")}) == Finding("packages", "fine", "1 as pinned")
    assert doctor.packages({}).said == "Ibid itself is not installed"


def test_the_pins_are_those_of_the_checkout():
    pins = doctor.pinned()
    assert pins["gradio"].count(".") == 2
    assert not any("=" in name or "=" in pin for name, pin in pins.items())


def test_models_that_differ_are_wrong():
    for check in (doctor.embedder, doctor.reader):
        assert (check(fail).state, check(fail).said) == ("wrong", "the weights differ")
        assert check(lambda: b"").state == "fine"


def test_a_folder_that_is_no_model_is_wrong(tmp_path):
    assert doctor.own_model(Settings()).state == "fine"
    found = doctor.own_model(Settings(embedder=tmp_path))
    assert found.state == "wrong"
    assert "no modules.json or no weights" in found.said


def test_a_missing_chromium_is_no_fault():
    assert doctor.chromium(lambda name: None).state == "fine"
    assert "browser tests" in doctor.chromium(lambda name: None).said


def test_the_file_of_settings_is_named(tmp_path, monkeypatch):
    file = tmp_path / "mine.toml"
    file.write_text("top = 3", encoding="utf-8")
    monkeypatch.setenv("IBID_CONFIG", str(file))
    monkeypatch.setenv("IBID_CORPUS", "thesis")
    said = doctor.settings_read(Settings()).said
    assert str(file) in said
    assert "IBID_CORPUS" in said
    assert "corpus 'thesis'" in said


def test_a_home_that_cannot_be_written_is_wrong(tmp_path):
    (tmp_path / "file").write_text("", encoding="utf-8")
    assert doctor.home(Settings(home=tmp_path / "file" / "below")).state == "wrong"
    assert doctor.home(Settings(home=tmp_path / "new" / "below")).state == "fine"


@pytest.mark.parametrize(("free", "state"), [(50e6, "wrong"), (500e6, "warning"), (5000e6, "fine")])
def test_little_space_is_told(home, free, state):
    assert doctor.disk(home, lambda path: (0, 0, int(free))).state == state


def test_a_corpus_without_an_index_says_how_to_make_one(home):
    found = doctor.index(home)
    assert (found.state, found.mend) == ("warning", "ibid ingest PATH... --corpus test")
    assert doctor.index(Settings(home=home.home)).state == "fine"  # the first question makes the default one


def test_a_broken_index_is_wrong(home):
    folder = home.home / "test"
    folder.mkdir(parents=True)
    (folder / "CURRENT").write_text("gen-000009", encoding="utf-8")
    found = doctor.index(home)
    assert found.state == "wrong"
    assert found.said


def test_a_chroma_server_is_looked_for_where_one_is_set():
    assert doctor.chroma_server(Settings()).state == "fine"
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        settings = Settings(chroma=f"http://127.0.0.1:{free.getsockname()[1]}")
    found = doctor.chroma_server(settings)
    assert found.state == "wrong"
    assert "does not answer" in found.said
    assert found.mend.startswith("chroma run")
    assert doctor.index(settings).state == "wrong"


def test_a_taken_port_is_a_warning():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        found = doctor.port(Settings(port=taken.getsockname()[1]))
    assert (found.state, found.mend) == ("warning", "ibid serve --port ANOTHER")


def test_an_open_host_without_login_is_wrong():
    assert doctor.login(Settings(host="0.0.0.0")).state == "wrong"
    assert doctor.login(Settings(users=("ada:md5:1",))).state == "wrong"
    assert doctor.login(Settings()).state == "fine"


def test_settings_that_cannot_be_loaded_are_a_finding_and_the_rest_is_still_told(monkeypatch):
    def load():
        raise InputError("unknown setting 'corpsu'")

    monkeypatch.setattr(doctor, "MACHINE", (doctor.python_version,))
    assert [f.about for f in doctor.examine(load)] == ["python", "settings"]
    assert doctor.examine(load)[-1].said == "unknown setting 'corpsu'"


def test_findings_are_printed_with_what_to_do():
    out = io.StringIO()
    found = [Finding("a", "fine", "well"), Finding("b", "wrong", "not \x1b[31mwell", "mend it")]
    doctor.show_findings(Console(file=out, highlight=False), found)
    assert out.getvalue().splitlines() == [
        "ok a: well",
        "XX b: not �[31mwell",
        "   -> mend it",
        "1 wrong, 0 to look at, 1 fine",
    ]


def refuse(address, seconds):
    raise ClusterError(f"no Ray cluster lets us in at '{address}' (refused within {seconds} s): start one")


def test_a_ray_cluster_is_joined_and_its_versions_and_cores_told(monkeypatch):
    monkeypatch.setattr(doctor.importlib.metadata, "version", lambda name: "2.60.0")
    assert doctor.ray_cluster(Settings(), refuse).said == "none is set; this machine reads and embeds alone"
    assert doctor.ray_cluster(Settings(ray="local"), refuse).state == "fine"
    there = Settings(ray="ray://heron:10001", ray_seconds=7)
    found = doctor.ray_cluster(there, refuse)
    assert (found.state, "refused within 7 s" in found.said) == ("wrong", True)
    found = doctor.ray_cluster(there, lambda address, seconds: Joined("2.60.0", "3.11.7", 12))
    assert found == Finding(
        "ray cluster", "fine", "ray://heron:10001 lets us in: Ray 2.60.0 and Python 3.11.7 as here, 12 cores"
    )
    assert doctor.ray_cluster(there, lambda address, seconds: Joined("2.60.0", "3.11.7", 0)).state == "wrong"


def test_a_ray_cluster_without_ray_is_wrong_with_the_command(monkeypatch):
    def missing(name):
        raise doctor.importlib.metadata.PackageNotFoundError(name)

    monkeypatch.setattr(doctor.importlib.metadata, "version", missing)
    found = doctor.ray_cluster(Settings(ray="auto"), refuse)
    assert (found.state, found.mend) == ("wrong", "pip install 'ibid[ray]'")
