"""The look of the app: theme, style sheets, scripts, and the policy that keeps the page from loading anything else."""

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gradio.themes import Base
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

__all__ = ["CONTENT_POLICY", "ContentPolicy", "script", "style_sheet", "theme"]

_HERE = Path(__file__).parent

# Gradio starts from inline scripts and builds templates at run time, hence the two 'unsafe' words; all else is local.
CONTENT_POLICY = (
    "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'; worker-src 'self' blob:; "
    "frame-src 'none'; object-src 'none'; form-action 'self'"
)


class ContentPolicy:
    """ASGI middleware that adds CONTENT_POLICY to every response."""

    def __init__(self, app: "ASGIApp") -> None:
        self._app = app

    async def __call__(self, scope: "Scope", receive: "Receive", send: "Send") -> None:
        """Pass a request on and add the header to what comes back."""

        async def send_with_policy(message: "Message") -> None:
            if message["type"] == "http.response.start":
                header = (b"content-security-policy", CONTENT_POLICY.encode())
                message = {**message, "headers": [*message["headers"], header]}
            await send(message)

        await self._app(scope, receive, send_with_policy)


def style_sheet() -> str:
    """Return the app's style sheet: ibid.css, which holds the variables, and those of the parts after it."""
    parts = sorted(_HERE.glob("*.css"), key=lambda path: (path.stem != "ibid", path.stem))
    return "\n".join(path.read_text(encoding="utf-8") for path in parts)


def script(name: str) -> str:
    """Return the script NAME.js, which Gradio runs with its component as `element`."""
    return (_HERE / f"{name}.js").read_text(encoding="utf-8")


def theme() -> "Base":
    """Return a plain Gradio theme without web fonts; the style sheet does the rest."""
    from gradio.themes import Base
    from gradio.themes.utils.fonts import Font

    return Base(font=[Font("sans-serif")], font_mono=[Font("monospace")])
