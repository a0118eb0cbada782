"""Who may use the app: names with scrypt hashes of their passwords, for Gradio's login and for MCP clients."""

import base64
import binascii
import hashlib
import hmac
import ipaddress
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from anyio import CapacityLimiter
from anyio.to_thread import run_sync

from core.errors import InputError
from core.settings import Settings

if TYPE_CHECKING:
    from starlette.middleware import Middleware
    from starlette.types import ASGIApp, Receive, Scope, Send

__all__ = ["Login", "ToolsLogin", "check_exposure", "guards", "is_loopback", "login_of", "user_line"]

SHORTEST = 8  # characters of a password
LONGEST = 1024
_COST = (1 << 15, 8, 3)  # n, r, p as OWASP advises: 32 MB and a third of a second a try
_MOST_MEMORY = 64 << 20
_KEY = 64  # bytes of a hash
_TOOLS = "/gradio_api/mcp"


@dataclass(frozen=True, slots=True)
class _User:
    cost: tuple[int, int, int]
    salt: bytes
    key: bytes


class Login:
    """Checks names and passwords; a wrong name takes as long as a wrong password."""

    def __init__(self, lines: Iterable[str]) -> None:
        self._users = dict(_read_user(number, line) for number, line in enumerate(lines, start=1))
        self._nobody = _User(_COST, secrets.token_bytes(16), secrets.token_bytes(_KEY))
        self._trusted: set[bytes] = set()  # digests of headers that were right, so that tools need not hash each time
        self._limiter: CapacityLimiter | None = None

    def holds(self, name: str, password: str) -> bool:
        """Return whether this is somebody's name and password."""
        user = self._users.get(name, self._nobody)
        return hmac.compare_digest(_key(password[:LONGEST], user.salt, user.cost), user.key) and name in self._users

    async def admits(self, name: str, password: str) -> bool:
        """Return the same while the server goes on; one try at a time, which slows guessing down."""
        if self._limiter is None:  # it belongs to the server's event loop, hence it is not made before
            self._limiter = CapacityLimiter(1)
        return await run_sync(self.holds, name, password, limiter=self._limiter)

    async def admits_header(self, header: bytes) -> bool:
        """Return whether an Authorization header is HTTP Basic with somebody's name and password."""
        digest = hashlib.sha256(header).digest()
        if digest in self._trusted:
            return True
        name, password = _read_basic(header)
        if not name or not await self.admits(name, password):
            return False
        self._trusted.add(digest)
        return True


class ToolsLogin:
    """ASGI middleware that asks MCP clients for a login: Gradio's covers all but them."""

    def __init__(self, app: "ASGIApp", login: Login) -> None:
        self._app = app
        self._login = login

    async def __call__(self, scope: "Scope", receive: "Receive", send: "Send") -> None:
        """Pass a request on unless it is for the tools and nobody's."""
        if scope["type"] != "http" or not scope["path"].startswith(_TOOLS):
            await self._app(scope, receive, send)
            return
        header = dict(scope["headers"]).get(b"authorization", b"")
        if await self._login.admits_header(header):
            await self._app(scope, receive, send)
            return
        from starlette.responses import JSONResponse

        line = "the tools need a login: send an Authorization header, HTTP Basic with name and password"
        response = JSONResponse({"error": line}, 401, {"WWW-Authenticate": 'Basic realm="Ibid"'})
        await response(scope, receive, send)


def guards(settings: Settings, login: Login | None) -> "list[Middleware]":
    """Return what stands between the network and the app, as ASGI middleware.

    Without a login, an app on a loopback address answers to that address alone: a web page whose own name was pointed
    at this machine could read everything otherwise.
    """
    from starlette.middleware import Middleware
    from starlette.middleware.trustedhost import TrustedHostMiddleware

    if login:
        return [Middleware(ToolsLogin, login)]
    if settings.without_login or not is_loopback(settings.host) or ":" in settings.host:
        return []
    names = ["localhost", "127.0.0.1", settings.host]
    return [Middleware(TrustedHostMiddleware, allowed_hosts=names, www_redirect=False)]


def login_of(settings: Settings) -> Login | None:
    """Return the login that settings ask for, if any.

    Raises:
        InputError: a line of `users` is none that `ibid password` prints.
    """
    return Login(user.get_secret_value() for user in settings.users) if settings.users else None


def user_line(name: str, password: str) -> str:
    """Return the line for `users` of a person: the name, and a salted hash that the password cannot be told from.

    Raises:
        InputError: the name or the password will not do.
    """
    if not name.strip() or name != name.strip() or ":" in name:
        raise InputError(f"got the name {name!r}: expected one without colons and spaces around it")
    if not SHORTEST <= len(password) <= LONGEST:
        raise InputError(f"got a password of {len(password)} characters: expected {SHORTEST} to {LONGEST}")
    salt = secrets.token_bytes(16)
    parts = (*map(str, _COST), _encoded(salt), _encoded(_key(password, salt, _COST)))
    return f"{name}:scrypt:{':'.join(parts)}"


def check_exposure(settings: Settings) -> None:
    """Refuse to serve other machines without a login, unless that is asked for.

    Raises:
        InputError: the host is no loopback address, nobody has to log in, and `without_login` is not set.
    """
    if not (is_loopback(settings.host) or settings.users or settings.without_login):
        raise InputError(
            f"host {settings.host} lets other machines ask and change everything without a login: set users "
            "(ibid password NAME prints the line), or say --without-login"
        )


def is_loopback(host: str) -> bool:
    """Return whether an address can be reached from this machine alone."""
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host.lower() == "localhost"


def _read_user(number: int, line: str) -> tuple[str, _User]:
    try:
        name, kind, n, r, p, salt, key = line.split(":")
        user = _User((int(n), int(r), int(p)), base64.b64decode(salt, validate=True), base64.b64decode(key))
        fits = kind == "scrypt" and name and len(user.key) == _KEY and user.cost[0] * user.cost[1] <= _MOST_MEMORY >> 8
        fits = fits and len(_key("", user.salt, user.cost)) == _KEY  # OpenSSL's own doubts are told now, not at a login
    except ValueError:
        fits = False
    if not fits:
        raise InputError(f"line {number} of the setting 'users' is no line that `ibid password NAME` prints")
    return name, user


def _key(password: str, salt: bytes, cost: tuple[int, int, int]) -> bytes:
    n, r, p = cost
    text = password.encode("utf-8", "surrogatepass")
    return hashlib.scrypt(text, salt=salt, n=n, r=r, p=p, maxmem=_MOST_MEMORY, dklen=_KEY)


def _read_basic(header: bytes) -> tuple[str, str]:
    scheme, _, coded = header.partition(b" ")
    if scheme.lower() != b"basic":
        return "", ""
    try:
        name, _, password = base64.b64decode(coded.strip(), validate=True).decode("utf-8").partition(":")
    except (binascii.Error, UnicodeDecodeError):
        return "", ""
    return name, password


def _encoded(data: bytes) -> str:
    return base64.b64encode(data).decode()
