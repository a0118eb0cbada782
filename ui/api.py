"""The app for programs: named endpoints over HTTP, and the same as tools of its MCP server."""

import functools
import inspect
import json
import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict
from threading import BoundedSemaphore
from typing import TYPE_CHECKING, Annotated, Any, Protocol

from pydantic import ConfigDict, Field, ValidationError, validate_call

from answer import LONGEST_QUESTION, LONGEST_TEXT, Place, all_places, answer_record, check_record
from core.errors import IbidError, InputError
from core.invalid import invalid_line
from core.records import Answer, BlockKind, Check, Document, Hit
from ui.cite import place_record
from ui.machine import ask_timed, hit_record

if TYPE_CHECKING:
    import gradio as gr

__all__ = ["Endpoints", "Offers", "add_endpoints", "answer_tools_in_json", "endpoints"]

Record = dict[str, Any]
Question = Annotated[str, Field(max_length=LONGEST_QUESTION)]

_AT_ONCE = 4  # calls of one endpoint that are worked on at the same time
_LONGEST_HISTORY = 100  # questions; more is no conversation
_checked = validate_call(config=ConfigDict(strict=True))


class Offers(Protocol):
    """What the endpoints need: the documents as they are now, and what can be done with them."""

    @property
    def documents(self) -> Mapping[str, Document]:
        """The documents by id."""

    @property
    def ask(self) -> Callable[[str, Sequence[str]], Answer]:
        """Answers a question; takes the user's earlier ones, oldest first."""

    @property
    def search(self) -> Callable[[str, int], Sequence[Hit]]:
        """Returns so many passages for a query, best first."""

    @property
    def check(self) -> Callable[[str], Check]:
        """Checks the claims of a text."""

    @property
    def places_of(self) -> Callable[[str], Sequence[Place]]:
        """Returns the places where a work is cited; raises InputError where none does."""

    @property
    def sources_for(self) -> Callable[[str], Sequence[Place]]:
        """Returns the places where works are cited for a claim."""


class Endpoints:
    """What programs can call; each method gives what the command of that name prints with `--json`."""

    def __init__(self, offers: Offers) -> None:
        self._offers = offers

    @_checked
    def ask(
        self,
        question: Question,
        history: Annotated[list[Question], Field(max_length=_LONGEST_HISTORY)] | None = None,
    ) -> Record:
        """Answer a question about the documents with literal quotes, or refuse it when they do not say.

        Args:
            question: The question, in words.
            history: The user's earlier questions, oldest first, so that a follow-up such as 'And when?' is understood.

        Returns:
            An object with answer, refused, reason, confidence (0 to 1) and citations, each with its quote, document,
            section, page and place (start, end).
        """
        answer, took = ask_timed(self._offers.ask, question, history or ())
        return answer_record(answer, question_id=None, latency_ms=took)

    @_checked
    def search(self, query: Question, top: Annotated[int, Field(ge=1, le=100)] = 10) -> list[Record]:
        """Find the passages of the documents that are nearest to a query, best first.

        Args:
            query: What to look for.
            top: How many passages, 1 to 100.

        Returns:
            A list of objects with rank, score, text, document, section and page.
        """
        if not query.strip():
            raise InputError("the query is empty: look for something in words")
        hits = self._offers.search(query, top)
        return [hit_record(hit, self._offers.documents) for hit in hits]

    @_checked
    def check(self, text: Annotated[str, Field(max_length=LONGEST_TEXT)]) -> Record:
        """Check each claim of a text against the documents: supported, contradicted or not found, with the quotes.

        Args:
            text: A sentence, a paragraph or an essay.

        Returns:
            An object with claims (each with verdict, differences and citations), skipped sentences, and counts.
        """
        if not text.strip():
            raise InputError("the text is empty: expected sentences to check")
        return check_record(self._offers.check(text))

    @_checked
    def cite(self, work: Question = "", claim: Question = "") -> list[Record]:
        """List the places where the documents cite a work, or cite anything for a claim; with neither, every place.

        Args:
            work: A work by author and year, such as 'Smith 2021'.
            claim: A statement; the sources cited for it, or for what comes nearest, are listed best first.

        Returns:
            A list of objects with work, authors, year, document, section, page and the sentence that it supports.
        """
        if work and claim:
            raise InputError("got a work and a claim: give one of the two")
        documents = self._offers.documents
        if claim:
            places: Iterable[Place] = self._offers.sources_for(claim)
        else:
            places = self._offers.places_of(work) if work else all_places(documents)
        return [place_record(place, documents) for place in places]

    @_checked
    def documents(self) -> list[Record]:
        """List the documents that can be asked: what they are, and their sections.

        Returns:
            A list of objects with id, title, authors, date, publication, pages, characters, cited, references and
            sections.
        """
        return [_document_record(document) for document in self._offers.documents.values()]


def endpoints(offers: Offers, *, at_once: int, error: Callable[..., Exception]) -> list[Callable[..., Record]]:
    """Return the endpoints as functions for clients, with signature and docstring; their errors are one line each.

    Args:
        offers: what they are made of.
        at_once: how many calls of one of them are worked on at the same time; the others wait.
        error: makes an error of a line; takes `print_exception`, whether its traceback is to be printed by the server.
    """
    methods = Endpoints(offers)
    return [
        _for_clients(method, BoundedSemaphore(at_once), error)
        for method in (methods.ask, methods.search, methods.check, methods.cite, methods.documents)
    ]


def add_endpoints(offers: Offers) -> None:
    """Add the endpoints to the Gradio app that is being built."""
    from gradio import Error
    from gradio.events import api

    class ApiError(Error):
        """An error whose text is the message itself, which MCP clients are sent."""

        def __str__(self) -> str:
            return str(self.message)

    for endpoint in endpoints(offers, at_once=_AT_ONCE, error=ApiError):
        # Not queued: a plain POST gets its answer at once, and tools are called without a client of Gradio's own. That
        # client queues all the same, and Gradio would work on one call at a time.
        api(endpoint, api_name=endpoint.__name__, queue=False, concurrency_limit=_AT_ONCE)


def answer_tools_in_json(app: "gr.Blocks") -> None:
    """Have the tools of an app that was launched answer in JSON; Gradio would write Python's `repr`."""
    from mcp.types import ImageContent, TextContent

    def as_json(data: Sequence[object], root_url: str) -> list[TextContent | ImageContent]:
        return [TextContent(type="text", text=json.dumps(value, ensure_ascii=False)) for value in data]

    assert app.mcp_server_obj is not None, app.mcp_error  # noqa: S101 - launched with its tools
    app.mcp_server_obj.postprocess_output_data = as_json  # type: ignore[method-assign]


def _for_clients(
    method: Callable[..., Any], turns: BoundedSemaphore, error: Callable[..., Exception]
) -> Callable[..., Any]:
    signature = inspect.signature(method)

    @functools.wraps(method)
    def called(*args: object, **kwargs: object) -> object:
        try:
            named = signature.bind(*args, **kwargs).arguments  # so that what is wrong has a name
            with turns:
                return method(**named)
        except ValidationError as wrong:
            raise error(invalid_line(wrong, "parameter"), print_exception=False) from None
        except IbidError as wrong:
            raise error(" ".join(str(wrong).split()), print_exception=False) from None
        except Exception as fault:
            debug = bool(os.environ.get("IBID_DEBUG"))
            said = " ".join(f"{type(fault).__name__}: {fault}".split())
            line = f"{said} (a fault of Ibid's; serve with IBID_DEBUG=1 for the traceback)"
            raise error(line, print_exception=debug) from (fault if debug else None)

    return called


def _document_record(document: Document) -> Record:
    headings = (block for block in document.blocks if block.kind is BlockKind.HEADING)
    return {
        "id": document.id,
        "title": document.title,
        "authors": list(document.authors),
        "date": document.date,
        "publication": {name: value for name, value in asdict(document.publication).items() if value},
        "pages": len({page for _, page in document.page_marks}),
        "characters": len(document.text),
        "cited": len(document.cited),
        "references": len(document.references),
        "sections": list(dict.fromkeys(" > ".join(heading.section) for heading in headings)),
    }
