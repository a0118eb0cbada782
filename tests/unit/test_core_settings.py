"""Settings: where they come from, what is refused, and the page that lists them."""

from pathlib import Path

import pytest

from core.errors import InputError
from core.load import load_settings
from core.settings import Settings
from core.settings_page import settings_page

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(autouse=True)
def elsewhere(tmp_path, monkeypatch):
    """A working directory and a user's folder of their own, and no variables."""
    for name in ("IBID_CONFIG", "IBID_HOME", "IBID_CORPUS", "IBID_TOP"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    (tmp_path / "config" / "ibid").mkdir(parents=True)
    (tmp_path / "work").mkdir()
    monkeypatch.chdir(tmp_path / "work")


@pytest.fixture
def write(tmp_path):
    def write(text, name="work/ibid.toml"):
        path = tmp_path / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path

    return write


def test_options_come_before_variables_before_the_file_before_defaults(write, monkeypatch):
    assert load_settings().top == 20
    write("top = 31\ncandidates = 32\ncorpus = 'file'\n")
    assert (load_settings().top, load_settings().corpus) == (31, "file")
    monkeypatch.setenv("IBID_TOP", "41")
    monkeypatch.setenv("IBID_CORPUS", "variable")
    settings = load_settings(corpus="option", port=None)
    assert (settings.corpus, settings.top, settings.candidates, settings.port) == ("option", 41, 32, 7860)


def test_one_file_is_read_the_nearest(write, monkeypatch):
    write("top = 51", "config/ibid/ibid.toml")
    assert load_settings().top == 51
    write("candidates = 52")
    assert (load_settings().top, load_settings().candidates) == (20, 52)
    monkeypatch.setenv("IBID_CONFIG", str(write("top = 53", "mine.toml")))
    assert (load_settings().top, load_settings().candidates) == (53, 40)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("corpsu = 'x'", r"unknown setting 'corpsu' \(in .*ibid\.toml\): the nearest is 'corpus'"),
        ("[server]\nport = 1", r"unknown setting 'server' \(in .*ibid\.toml\): the nearest is '"),
        ("top = 0", r"setting 'top': got 0, Input should be greater than or equal to 1 \(in .*ibid\.toml\)"),
        ("top = 'many'", "setting 'top': got 'many', Input should be a valid integer"),
        ("top = [\n1 2]", r"ibid\.toml is not TOML: .*line 2"),
        (b"top = '\xff'", r"ibid\.toml is not TOML: its bytes are no UTF-8"),
        ("users = 5", r"^setting 'users' \(in .*ibid\.toml\): Input should be a valid tuple$"),
        ("users = [['secret']]", r"^setting 'users' \(in .*ibid\.toml\): Input should be a valid string$"),
    ],
)
def test_what_is_wrong_with_the_file_is_one_line(write, text, line):
    write(text)
    with pytest.raises(InputError, match=line) as raised:
        load_settings()
    assert "\n" not in str(raised.value)


@pytest.mark.parametrize(
    ("name", "value", "line"),
    [
        ("IBID_CORPSU", "x", "unknown environment variable IBID_CORPSU: the nearest is IBID_CORPUS"),
        ("IBID_PORT", "99999", r"setting 'port': got '99999', .* 65535 \(from IBID_PORT\)"),
        ("IBID_USERS", "ada", "users.*expected JSON"),
        ("IBID_CONFIG", "/nowhere/ibid.toml", "IBID_CONFIG=/nowhere/ibid.toml: there is no such file"),
    ],
)
def test_what_is_wrong_with_a_variable_is_one_line(monkeypatch, name, value, line):
    monkeypatch.setenv(name, value)
    with pytest.raises(InputError, match=line):
        load_settings()


@pytest.mark.parametrize(
    ("name", "line"),
    [
        ("ibid_top", "setting 'top': got '0', Input should be greater than or equal to 1 (from ibid_top)"),
        ("ibid_tpo", "unknown environment variable ibid_tpo: the nearest is IBID_TOP"),
        ("IBID_USERS", """setting 'users' (from IBID_USERS) cannot be read: expected JSON, such as '["a", "b"]'"""),
    ],
)
def test_a_variable_is_told_by_the_name_it_has_in_the_environment(monkeypatch, name, line):
    monkeypatch.setenv(name, "0" if name != "IBID_USERS" else "ada")
    with pytest.raises(InputError) as raised:
        load_settings()
    assert str(raised.value) == line


def test_an_option_that_is_wrong_is_one_line():
    with pytest.raises(InputError, match=r"^setting 'corpus': got '\.\./x', String should match pattern"):
        load_settings(corpus="../x")


def test_secrets_show_nowhere():
    settings = Settings(users=("ada:scrypt:1",))
    assert "scrypt" not in repr(settings) + str(settings.model_dump(mode="json"))


def test_the_page_of_settings_is_that_of_the_settings():
    written = (ROOT / "docs/settings.md").read_text(encoding="utf-8")
    assert written == settings_page(), "run: python -m core.settings_page > docs/settings.md"
    assert all(f"| `{name}` |" in written for name in Settings.model_fields)
