"""A Chroma server and its collections, reached over HTTP; whatever it does not do is one line."""

import os
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any, cast

from core.errors import IbidError
from core.settings import Settings

if TYPE_CHECKING:
    from chromadb.api.client import Client
    from chromadb.api.collection_configuration import CreateCollectionConfiguration
    from chromadb.api.models.Collection import Collection

__all__ = ["Server", "ServerCollection", "ServerVectors", "UnreachableError", "server_of"]

_UNTRUSTED = re.compile(r"certificate verify failed: (.+?)\.? \(_ssl")
_LONGEST = 100  # characters of what a server says that are repeated


class UnreachableError(IbidError):
    """The Chroma server does not answer: what was asked of it may be asked again, and nothing was changed here."""


class Server:
    """A Chroma server, connected when it is first used; safe to share between threads.

    Args:
        url: its address.
        token: what it or the proxy before it asks for; empty for none.
        seconds: most time for one request.
    """

    def __init__(self, url: str, token: str = "", seconds: int = 30) -> None:
        self.url = url.rstrip("/")
        self._headers = {"Authorization": f"Bearer {token}", "X-Chroma-Token": token} if token else {}
        self._seconds = seconds
        self._client: Client | None = None
        self._connecting = Lock()

    def now(self) -> float:
        """Return the seconds of the server's clock, the one that all who use it share."""
        with self.answering():
            return self._connected().heartbeat() / 1e9

    def collection(self, name: str) -> "ServerCollection | None":
        """Return a collection, or None where there is no such."""
        from chromadb.errors import NotFoundError

        with self.answering():
            try:
                return ServerCollection(self, self._connected().get_collection(name, embedding_function=None))
            except NotFoundError:
                return None

    def create(
        self,
        name: str,
        metadata: Mapping[str, Any] | None = None,
        configuration: "CreateCollectionConfiguration | None" = None,
        *,
        new: bool = False,
    ) -> "ServerCollection | None":
        """Make a collection, or return the one of that name; where it has to be new, None when there is one."""
        from chromadb.errors import ChromaError

        with self.answering():
            client = self._connected()
            given = dict(metadata) if metadata else None
            try:
                made = client.create_collection(
                    name, metadata=given, configuration=configuration, embedding_function=None, get_or_create=not new
                )
            except ChromaError as error:
                if new and "already exists" in str(error):  # no class of its own says so
                    return None
                raise
            return ServerCollection(self, made)

    def drop(self, name: str) -> None:
        """Delete a collection, if it is there."""
        from chromadb.errors import NotFoundError

        with self.answering():
            try:
                self._connected().delete_collection(name)
            except NotFoundError:
                return

    def close(self) -> None:
        """Let the connections go; they are made anew with the next use."""
        with self._connecting:
            client, self._client = self._client, None
        if client:
            _session(client).close()  # Chroma leaves it open
            client.close()

    @contextmanager
    def answering(self) -> Iterator[None]:
        """Say in one line what goes wrong with a request.

        Raises:
            UnreachableError: there is no answer, or an error.
            IbidError: the collection that was asked for has gone.
        """
        import httpx
        from chromadb.errors import NotFoundError

        try:
            yield
        except IbidError:
            raise
        except httpx.HTTPError as error:
            raise self._silent(error) from None
        except NotFoundError:
            raise self.gone() from None
        except Exception as error:  # the client raises plain exceptions for what a server or a proxy says
            said = " ".join(str(error).split())[:_LONGEST] or type(error).__name__
            raise UnreachableError(
                f"the Chroma server at {self.url} answers with an error: {said}; try again"
            ) from None

    def gone(self) -> IbidError:
        """Return the error of an index that was opened, or about to be, and is not there any more."""
        return IbidError(
            f"this index is no longer on the Chroma server at {self.url}: try again if others have built it anew, "
            "else run: ibid ingest PATH..."
        )

    def _silent(self, error: Exception) -> UnreachableError:
        if found := _UNTRUSTED.search(str(error)):
            return UnreachableError(
                f"the certificate of the Chroma server at {self.url} is not trusted ({found[1]}): mend it, use the "
                "name that it is for, or let SSL_CERT_FILE name the file of the authority that signed it"
            )
        return UnreachableError(
            f"the Chroma server at {self.url} does not answer ({type(error).__name__}); start it "
            "(chroma run --path FOLDER), or mend the setting 'chroma' (IBID_CHROMA), and try again"
        )

    def _connected(self) -> "Client":
        with self._connecting:
            if self._client is None:
                self._client = self._connect()
            return self._client

    def _connect(self) -> "Client":
        """Chroma's client; it would wait for ever for a server that hangs, so the server is tried first."""
        import chromadb
        from chromadb.config import Settings as ChromaSettings

        self._try()
        settings = ChromaSettings(
            anonymized_telemetry=False,
            chroma_overwrite_singleton_tenant_database_access_from_auth=True,  # a token of one database alone
        )
        client = cast("Client", chromadb.HttpClient(host=self.url, headers=dict(self._headers), settings=settings))
        _session(client._admin_client).close()  # needed no more, and else left open
        _session(client).timeout = self._seconds  # there is no setting for it
        return client

    def _try(self) -> None:
        """Raise an IbidError that says what is wrong, where it is not a Chroma server that lets us in."""
        import httpx

        authority = os.environ.get("SSL_CERT_FILE")
        if authority and not Path(authority).is_file():
            raise IbidError(f"SSL_CERT_FILE names {authority}, which is no file: let it name one of certificates (PEM)")
        answer = httpx.get(f"{self.url}/api/v2/auth/identity", headers=self._headers, timeout=self._seconds)
        if answer.status_code in {401, 403}:
            raise IbidError(
                f"the Chroma server at {self.url} does not let us in (HTTP {answer.status_code}): set chroma_token "
                "(IBID_CHROMA_TOKEN) to the token that it asks for"
            )
        if answer.status_code >= 500:
            raise UnreachableError(f"the Chroma server at {self.url} answers HTTP {answer.status_code}; try again")
        if answer.status_code != 200 or '"tenant"' not in answer.text:
            raise IbidError(
                f"what answers at {self.url} is not a Chroma server (HTTP {answer.status_code}): "
                "set chroma (IBID_CHROMA) to the address of one, of version 1 or later"
            )


def _session(client: Any) -> Any:  # noqa: ANN401 - of httpx
    """The connections of one of Chroma's clients, which has no public name for them."""
    return client._server._session


class ServerCollection:
    """A collection on a server; its methods are those of Chroma's, and raise what `Server.answering` raises."""

    def __init__(self, server: Server, collection: "Collection") -> None:
        self._server = server
        self._collection = collection

    @property
    def metadata(self) -> Mapping[str, Any]:
        """What the collection said of itself when it was asked for."""
        return self._collection.metadata or {}

    def count(self) -> int:
        """Return how many records there are."""
        with self._server.answering():
            return self._collection.count()

    def get(self, **wanted: Any) -> Any:  # noqa: ANN401 - as Chroma has it
        """Return records."""
        with self._server.answering():
            return self._collection.get(**wanted)

    def query(self, **wanted: Any) -> Any:  # noqa: ANN401 - as Chroma has it
        """Return the records nearest to a vector."""
        with self._server.answering():
            return self._collection.query(**wanted)

    def add(self, **records: Any) -> None:  # noqa: ANN401 - as Chroma has it
        """Add records; those that are there already are left as they are."""
        with self._server.answering():
            self._collection.add(**records)

    def describe(self, metadata: Mapping[str, Any]) -> None:
        """Put other metadata in place of those that are there, at once."""
        with self._server.answering():
            self._collection.modify(metadata=dict(metadata))


@dataclass(frozen=True, slots=True)
class ServerVectors:
    """The vectors of one generation on a server, with those methods of Chroma's client that an index needs."""

    server: Server
    prefix: str

    def get_collection(self, name: str, embedding_function: None = None) -> ServerCollection:
        """Return a collection.

        Raises:
            IbidError: it is not there.
        """
        found = self.server.collection(f"{self.prefix}.{name}")
        if found is None:
            raise self.server.gone()
        return found

    def create_collection(
        self,
        name: str,
        configuration: "CreateCollectionConfiguration | None",
        embedding_function: None = None,
    ) -> ServerCollection:
        """Return a new collection, or the one that an earlier build has begun."""
        made = self.server.create(f"{self.prefix}.{name}", configuration=configuration)
        assert made is not None  # noqa: S101 - only a new one may be refused
        return made

    def close(self) -> None:
        """Do nothing: the connections are the server's, for all who use it."""

    def drop(self, names: Sequence[str]) -> None:
        """Delete collections."""
        for name in names:
            self.server.drop(f"{self.prefix}.{name}")


def server_of(settings: Settings) -> Server:
    """Return the server of the settings, one object and one pool of connections for all who name the same."""
    token = settings.chroma_token.get_secret_value() if settings.chroma_token else ""
    return _server(settings.chroma, token, settings.chroma_seconds)


@lru_cache(maxsize=8)
def _server(url: str, token: str, seconds: int) -> Server:
    return Server(url, token, seconds)
