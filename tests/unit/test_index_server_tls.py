"""A Chroma server behind TLS, with a certificate that an authority of our own signed."""

import ssl
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from ipaddress import IPv4Address
from pathlib import Path

import pytest
from cryptography import x509  # comes with mcp
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from core.errors import IbidError
from index.server import Server, UnreachableError


class Answers(BaseHTTPRequestHandler):
    seen: dict[str, str] = {}  # noqa: RUF012 - of the only server

    def do_GET(self) -> None:
        type(self).seen = dict(self.headers)
        self.send_response(200)
        self.end_headers()

    def log_message(self, *arguments: object) -> None:
        pass


def sign(name: x509.GeneralName, folder: Path) -> Path:
    """Write a certificate for a name with its key into a file; it is its own authority."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "Trial")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder(subject, subject, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([name]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    pem = serialization.Encoding.PEM
    path = folder / "certificate.pem"
    path.write_bytes(
        made.public_bytes(pem) + key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    return path


@pytest.fixture
def behind_tls(tmp_path) -> Iterator[Callable[[x509.GeneralName], tuple[str, Path]]]:
    """Start a server whose certificate is for a name, and return its address and the file of its authority."""
    running: list[tuple[HTTPServer, threading.Thread]] = []

    def start(name: x509.GeneralName) -> tuple[str, Path]:
        path = sign(name, tmp_path)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(path)
        server = HTTPServer(("127.0.0.1", 0), Answers)
        server.handle_error = lambda request, address: None  # a client that does not trust us goes away
        server.socket = context.wrap_socket(server.socket, server_side=True)
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        running.append((server, thread))
        return f"https://127.0.0.1:{server.server_port}", path

    yield start
    for server, thread in running:
        server.shutdown()
        thread.join()
        server.server_close()


HERE = x509.IPAddress(IPv4Address("127.0.0.1"))


def test_an_authority_of_ones_own_is_trusted_by_its_file_and_the_token_arrives(behind_tls, monkeypatch):
    url, authority = behind_tls(HERE)
    monkeypatch.setenv("SSL_CERT_FILE", str(authority))
    with pytest.raises(IbidError, match=r"is not a Chroma server \(HTTP 200\)"):  # what no certificate stopped
        Server(url, token="secret").now()
    assert Answers.seen["Authorization"] == "Bearer secret"


def test_a_certificate_that_nobody_vouches_for_is_told_with_what_to_do(behind_tls, monkeypatch):
    monkeypatch.delenv("SSL_CERT_FILE", raising=False)
    url, _ = behind_tls(HERE)
    with pytest.raises(UnreachableError, match=rf"certificate of the Chroma server at {url} is not trusted \(self-sig"):
        Server(url).now()


def test_a_certificate_for_another_name_is_told(behind_tls, monkeypatch):
    url, authority = behind_tls(x509.DNSName("elsewhere.example"))
    monkeypatch.setenv("SSL_CERT_FILE", str(authority))
    with pytest.raises(UnreachableError, match=r"not trusted \(IP address mismatch, .*use the name that it is for"):
        Server(url).now()


def test_a_file_of_certificates_that_is_not_there_is_told(monkeypatch, tmp_path):
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "gone.pem"))
    with pytest.raises(IbidError, match=r"SSL_CERT_FILE names .*gone.pem, which is no file"):
        Server("https://127.0.0.1:1").now()
