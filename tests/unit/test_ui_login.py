"""Logins: what is kept, who is let in, and what may be served to other machines."""

import base64
from concurrent.futures import ThreadPoolExecutor

import anyio
import pytest

from core.errors import InputError
from core.settings import Settings
from ui.login import Login, OwnPages, ToolsLogin, check_exposure, guards, is_loopback, login_of, user_line


@pytest.fixture(scope="module")
def line():
    return user_line("ada", "correct horse")


@pytest.fixture(scope="module")
def login(line):
    return Login([line])


def basic(name, password):
    return b"Basic " + base64.b64encode(f"{name}:{password}".encode())


def test_what_is_kept_tells_neither_the_password_nor_that_two_are_the_same(line):
    assert line.startswith("ada:scrypt:32768:8:3:")
    assert "horse" not in line
    assert user_line("ada", "correct horse") != line


def test_only_the_right_password_of_the_right_name_is_let_in(login):
    assert login.holds("ada", "correct horse")
    for name, password in (("ada", "correct hors"), ("ada", ""), ("bea", "correct horse"), ("", ""), ("ada", "\ud800")):
        assert not login.holds(name, password)


def test_a_wrong_name_is_hashed_as_well(login, monkeypatch):
    hashed = []
    monkeypatch.setattr("ui.login._key", lambda password, salt, cost: hashed.append(cost) or b"")
    login.holds("ada", "x")
    login.holds("nobody", "x")
    assert hashed[0] == hashed[1]


@pytest.mark.parametrize(
    "bad", ["ada", "ada:secret", "ada:md5:1:1:1:aa:bb", "ada:scrypt:3:8:1:AAAA:AAAA", "ada:scrypt:x:8:1:AAAA:AAAA",
            "ada:scrypt:1073741824:8:1:AAAA:AAAA"],
)  # fmt: skip
def test_a_line_that_is_none_is_refused_and_not_repeated(bad):
    with pytest.raises(InputError, match="line 1 of the setting 'users'") as raised:
        login_of(Settings(users=(bad,)))
    assert bad not in str(raised.value)


@pytest.mark.parametrize(("name", "password"), [("a:b", "long enough"), (" ", "long enough"), ("ada", "short")])
def test_names_and_passwords_that_will_not_do_are_refused(name, password):
    with pytest.raises(InputError, match="expected") as raised:
        user_line(name, password)
    assert password not in str(raised.value)


def test_no_users_means_no_login():
    assert login_of(Settings()) is None


@pytest.mark.parametrize("host", ["127.0.0.1", "127.8.8.8", "::1", "[::1]", "localhost"])
def test_loopback_needs_no_login(host):
    assert is_loopback(host)
    check_exposure(Settings(host=host))


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.7", "ibid.example", "localhost.example"])
def test_another_host_needs_a_login_or_the_wish_for_none(host):
    assert not is_loopback(host)
    with pytest.raises(InputError, match="without a login"):
        check_exposure(Settings(host=host))
    check_exposure(Settings(host=host, users=("x",)))
    check_exposure(Settings(host=host, without_login=True))


@pytest.mark.parametrize(
    ("path", "header", "status"),
    [
        ("/", b"", 200),
        ("/gradio_api/mcp", b"", 401),
        ("/gradio_api/mcp/", basic("ada", "wrong horse"), 401),
        ("/gradio_api/mcp/schema", b"Basic nonsense", 401),
        ("/gradio_api/mcp/", b"Bearer x", 401),
        ("/gradio_api/mcp/", basic("ada", "correct horse"), 200),
    ],
)
def test_tools_ask_for_a_login(login, path, header, status):
    assert called(login, path, header) == status


def test_a_header_that_was_right_is_not_hashed_again(line, monkeypatch):
    login = Login([line])
    right = basic("ada", "correct horse")
    assert called(login, "/gradio_api/mcp/", right) == 200
    monkeypatch.setattr("ui.login._key", None)
    assert called(login, "/gradio_api/mcp/", right) == 200


def test_without_a_login_the_app_answers_to_its_own_address_alone(login):
    _, names = guards(Settings(), None)
    assert names.kwargs["allowed_hosts"] == ["localhost", "127.0.0.1", "127.0.0.1"]
    assert [guard.cls for guard in guards(Settings(without_login=True), None)] == [OwnPages]
    assert [guard.cls for guard in guards(Settings(host="0.0.0.0"), login)] == [OwnPages, ToolsLogin]


@pytest.mark.parametrize(
    ("method", "site", "mode", "status"),
    [
        ("POST", None, None, 200),  # a program
        ("POST", b"same-origin", b"cors", 200),
        ("GET", b"none", b"navigate", 200),
        ("GET", b"cross-site", b"navigate", 200),  # a link to the app
        ("GET", b"cross-site", b"cors", 403),
        ("POST", b"cross-site", b"cors", 403),
        ("POST", b"cross-site", b"navigate", 403),
        ("POST", b"same-site", b"no-cors", 403),  # another port of this machine
    ],
)
def test_pages_of_other_sites_cannot_use_the_app_through_a_browser_that_is_logged_in(method, site, mode, status):
    headers = [(b"sec-fetch-site", site), (b"sec-fetch-mode", mode)] if site else []
    scope = {"type": "http", "method": method, "path": "/gradio_api/run/documents", "headers": headers}
    assert answered(OwnPages, scope) == status


def called(login, path, header):
    """The status of a request through the middleware for tools."""
    login._limiter = None  # each call has an event loop of its own
    scope = {"type": "http", "path": path, "headers": [(b"authorization", header)] if header else []}
    return answered(lambda app: ToolsLogin(app, login), scope)


def answered(guard, scope):
    """The status of a request through a middleware before an app that answers all."""
    sent = []

    async def app(scope, receive, send):
        await send({"type": "http.response.start", "status": 200, "headers": []})

    async def send(message):
        sent.append(message)

    with ThreadPoolExecutor(1) as apart:  # the browser tests leave their event loop running in this thread
        apart.submit(anyio.run, guard(app), scope, None, send).result()
    return sent[0]["status"]
