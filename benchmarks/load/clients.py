"""The two ways to ask the app: as a program does, and as its page does."""

import re
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from html import unescape
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from gradio_client import Client

__all__ = ["Page", "Program", "Said", "Spot", "open_client", "said_in_record"]

Spot = tuple[str, int, int]  # a quote's document, start and end

_TURN = '<section class="ibid-turn"'
_SOURCE = re.compile(r'class="ibid-source" data-document="([^"]*)" data-start="(\d+)" data-end="(\d+)"')
_ERROR = re.compile(r'<p class="ibid-error" role="alert">([^<]*)')
_CAME = re.compile(r'<li class="ibid-came">')


@dataclass(frozen=True, slots=True)
class Said:
    """What came back: whether it was refused, what was quoted, and all of it where a program asked.

    `first_s` is when its first words were shown, in seconds since it was asked.
    """

    refused: bool
    spots: tuple[Spot, ...]
    record: Mapping[str, Any] = field(default_factory=dict)
    first_s: float = 0.0


def open_client(url: str) -> "Client":
    """Return Gradio's own client of an app."""
    from gradio_client import Client

    return Client(url, verbose=False, analytics_enabled=False, download_files=False)


class Program:
    """Asks the named endpoint, a question with those before it."""

    def __init__(self, url: str) -> None:
        self._client = open_client(url)

    def ask(self, question: str, history: Sequence[str]) -> Said:
        """Ask, and wait for the answer.

        Raises:
            Exception: of any kind that the client has; the app gave an error instead.
        """
        return said_in_record(self._client.predict(question, list(history), api_name="/ask"))

    def documents(self) -> list[dict[str, Any]]:
        """Return what the app says of its documents."""
        listed: list[dict[str, Any]] = self._client.predict(api_name="/documents")
        return listed

    def close(self) -> None:
        """End the client."""
        self._client.close()


class Page:
    """Does what a person does on the page, through the page's own events; its conversation grows.

    Gradio's client does not call events that are not for programs; that is its courtesy, not the server's, which must
    answer the page.
    """

    def __init__(self, url: str) -> None:
        self._client = open_client(url)
        config = self._client.config
        self._names = {part["id"]: part["props"].get("elem_id") for part in config["components"]}
        self._ask = self._event("ibid-question", "submit")
        self._drop = self._event("ibid-drop", "upload")

    def ask(self, question: str, history: Sequence[str]) -> Said:
        """Ask in the conversation as it is, and read the answer as it grows.

        Args:
            question: what is asked.
            history: what was asked here before; the page knows it by itself.

        Raises:
            RuntimeError: the page shows an error instead.
        """
        begun, first = time.perf_counter(), 0.0
        html = ""
        for html, *_ in self._client.submit(question, fn_index=self._ask):
            if not first and ('class="ibid-answer"' in _last_turn(html) or 'class="ibid-refusal"' in _last_turn(html)):
                first = time.perf_counter() - begun
        turn = _last_turn(html)
        if wrong := _ERROR.search(turn):
            raise RuntimeError(unescape(wrong[1]))
        spots = tuple((unescape(name), int(start), int(end)) for name, start, end in _SOURCE.findall(turn))
        refused = 'class="ibid-refusal"' in turn
        return Said(refused, () if refused else spots, first_s=first)

    def add(self, path: Path) -> str:
        """Drop a file into the library and wait until it is there; return what is wrong, or nothing."""
        from gradio_client import handle_file

        frames = self._client.submit([handle_file(path)], "", fn_index=self._drop)  # and nothing sought in the list
        shown = [str(part) for frame in frames for part in frame]
        return "" if any(map(_CAME.search, shown)) else " ".join(filter(None, shown))[-500:] or "nothing was shown"

    def close(self) -> None:
        """End the client."""
        self._client.close()

    def _event(self, component: str, event: str) -> int:
        """The number of an event of the page."""
        for dependency in self._client.config["dependencies"]:
            if any(self._names.get(part) == component and name == event for part, name in dependency["targets"]):
                number: int = dependency["id"]
                self._client.endpoints[number].is_valid = True
                return number
        raise RuntimeError(f"the page has no event '{event}' of '{component}'")


def said_in_record(record: Mapping[str, Any]) -> Said:
    """Return what an answer for programs says; its clock is left out."""
    spots = tuple((c["document"], c["start"], c["end"]) for c in record["citations"])
    return Said(record["refused"], spots, {name: value for name, value in record.items() if name != "latency_ms"})


def _last_turn(html: str) -> str:
    return html.rpartition(_TURN)[2]
