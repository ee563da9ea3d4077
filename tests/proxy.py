"""A proxy of the tests' own, on loopback: it answers for every host itself and connects nowhere.

It speaks TLS for ``https`` hosts with certificates of an authority made for the test, so that a
crawler runs against a paper's own addresses unchanged.
"""

from __future__ import annotations

import ssl
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from time import monotonic
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID


@dataclass(frozen=True)
class Answer:
    """What the proxy says for one address."""

    body: bytes = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Asked:
    """One request that came in."""

    url: str
    at: float
    headers: dict[str, str]


Site = Callable[[str], Answer | None]


class Proxy:
    """Use as a context manager; ``environment`` is what the crawler's process is given."""

    def __init__(self, answer: Site, folder: Path) -> None:
        self.answer = answer
        self.asked: list[Asked] = []
        self.tunnels: list[str] = []
        """Hosts and ports to which a tunnel was asked for."""
        self._authority = _Authority(folder)
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
        self._server.daemon_threads = True
        self._server.proxy = self  # type: ignore[attr-defined]
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True)

    @property
    def environment(self) -> dict[str, str]:
        address = f"http://127.0.0.1:{self._server.server_address[1]}"
        return {
            "http_proxy": address,
            "https_proxy": address,
            "SSL_CERT_FILE": str(self._authority.file),
        }

    def urls(self) -> list[str]:
        return [asked.url for asked in self.asked]

    def tls(self, host: str) -> ssl.SSLContext:
        return self._authority.context(host)

    def __enter__(self) -> Proxy:
        self._thread.start()
        return self

    def __exit__(self, *exc: object) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    timeout = 20
    tunnel: str | None = None

    def do_CONNECT(self) -> None:
        proxy: Proxy = self.server.proxy  # type: ignore[attr-defined]
        proxy.tunnels.append(self.path)
        host = self.path.rsplit(":", 1)[0]
        self.send_response(200)
        self.end_headers()
        try:
            self.connection = proxy.tls(host).wrap_socket(self.connection, server_side=True)
        except (OSError, ssl.SSLError):
            self.close_connection = True
            return
        self.rfile = self.connection.makefile("rb")
        self.wfile = _Writer(self.connection)  # type: ignore[assignment]
        self.tunnel = f"https://{host}"
        self.close_connection = False

    def do_POST(self) -> None:
        """A form is answered by its address with what was sent behind a ``#``."""
        length = int(self.headers.get("Content-Length", "0"))
        self._answer("#" + self.rfile.read(length).decode())

    def do_GET(self) -> None:
        self._answer()

    def _answer(self, sent: str = "") -> None:
        proxy: Proxy = self.server.proxy  # type: ignore[attr-defined]
        url = (f"{self.tunnel}{self.path}" if self.tunnel else self.path) + sent
        proxy.asked.append(Asked(url, monotonic(), dict(self.headers.items())))
        answer = proxy.answer(url) or Answer(b"not here", 404, {"Content-Type": "text/plain"})
        self.send_response(answer.status)
        for name, value in answer.headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(answer.body)))
        self.end_headers()
        self.wfile.write(answer.body)

    def finish(self) -> None:
        super().finish()
        if isinstance(self.connection, ssl.SSLSocket):
            self.connection.close()

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing."""


class _Writer:
    def __init__(self, connection: ssl.SSLSocket) -> None:
        self.connection = connection
        self.closed = False

    def write(self, data: bytes) -> int:
        self.connection.sendall(data)
        return len(data)

    def flush(self) -> None:
        """Nothing is held back."""

    def close(self) -> None:
        self.closed = True


class _Authority:
    """Makes certificates for any host, signed by a root that only the test trusts."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Test authority")])
        self.root = self._certificate(self.name, self.key, None)
        self.file = folder / "authority.pem"
        self.file.write_bytes(self.root.public_bytes(serialization.Encoding.PEM))
        self._contexts: dict[str, ssl.SSLContext] = {}
        self._lock = threading.Lock()

    def context(self, host: str) -> ssl.SSLContext:
        with self._lock:
            if host not in self._contexts:
                self._contexts[host] = self._make(host)
            return self._contexts[host]

    def _make(self, host: str) -> ssl.SSLContext:
        key = ec.generate_private_key(ec.SECP256R1())
        name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, host)])
        certificate = self._certificate(name, key, host)
        file = self.folder / f"{host}.pem"
        file.write_bytes(
            key.private_bytes(
                serialization.Encoding.PEM,
                serialization.PrivateFormat.PKCS8,
                serialization.NoEncryption(),
            )
            + certificate.public_bytes(serialization.Encoding.PEM)
        )
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(file)
        return context

    def _certificate(
        self, subject: x509.Name, key: ec.EllipticCurvePrivateKey, host: str | None
    ) -> x509.Certificate:
        now = datetime.now(UTC)
        builder = (
            x509.CertificateBuilder()
            .subject_name(subject)
            .issuer_name(self.name)
            .public_key(key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(now - timedelta(days=1))
            .not_valid_after(now + timedelta(days=1))
            .add_extension(x509.BasicConstraints(ca=host is None, path_length=None), critical=True)
        )
        if host:
            names = x509.SubjectAlternativeName([x509.DNSName(host)])
            builder = builder.add_extension(names, critical=False)
        return builder.sign(self.key, hashes.SHA256())
