"""How responses leave: compressed, immutable assets, no-store data, and what a page may do."""

import hashlib
import os
import re
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

import brotli  # pyright: ignore[reportMissingTypeStubs]  it has no types
import flask
from flask import Flask, Response
from flask_compress import Compress

from callbacks.web.request_guard import WARM_UP
from layouts.assets import modules_address

ONE_YEAR = 31_536_000
VISIT_RECORD = "/visits/record"
"""The one page that may ask where the device is: a photograph of a finding says where it was taken."""
HTTP_OK = 200
STATIC = ("/assets/", "/_dash-component-suites/")
NAMED = ("/_dash-component-suites/", "/assets/vendor/", "/assets/geo/", modules_address())
"""Folders whose files have their version or year in the name."""
STATIC_QUALITY = 9
COMPRESSED_TYPES = (
    "text/html",
    "text/css",
    "application/json",
    "application/javascript",
    "text/javascript",
    "image/svg+xml",
)


class Codec(Protocol):
    """What is used of brotli, which has no types."""

    def compress(self, data: bytes, /, *, quality: int) -> bytes:
        """The bytes in fewer."""
        ...


CODEC: Codec = brotli
_LINKED = re.compile(r"/[^\"&#\s]+\.(?:js|css|svg)(?:\?[^\"&#\s]*)?")


def register_static_files(server: Flask, cache_folder: Path) -> None:
    """Add compression, cache headers and error answers to the server."""
    server.config["COMPRESS_ALGORITHM"] = ["zstd", "br", "gzip"]
    server.config["COMPRESS_ZSTD_LEVEL"] = 3  # a quarter of brotli's time for a tenth more bytes
    server.config["COMPRESS_BR_LEVEL"] = 4
    server.config["COMPRESS_MIMETYPES"] = list(COMPRESSED_TYPES)
    cache_folder.mkdir(parents=True, exist_ok=True)
    Compress(server)  # registered first, so that it runs after `leave`

    @server.after_request
    def leave(response: Response) -> Response:
        path = flask.request.path
        if not path.startswith(STATIC):
            response.headers["Cache-Control"] = "private, no-store"
            return response
        is_named = bool(flask.request.query_string) or path.startswith(NAMED)
        response.headers["Cache-Control"] = f"public, max-age={ONE_YEAR}, immutable" if is_named else "public, no-cache"
        if response.status_code == HTTP_OK and flask.request.accept_encodings["br"]:
            _compress_once(response, cache_folder)
        return response


def register_headers(server: Flask, inline_scripts: Sequence[str]) -> None:
    """Say to browsers what a page may do: nothing from or to another host, no frames, no guessing.

    `style-src` allows inline styles because AG Grid sizes itself with them.
    """
    scripts = " ".join(["'self'", *inline_scripts])
    policy = (
        f"default-src 'self'; script-src {scripts}; style-src 'self' 'unsafe-inline';"
        " img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'; object-src 'none';"
        " base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
    )
    headers = {
        "Content-Security-Policy": policy,
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "DENY",
        "Referrer-Policy": "same-origin",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
    }

    @server.after_request
    def add(response: Response) -> Response:
        response.headers.update(headers)
        if flask.request.path == VISIT_RECORD:
            response.headers["Permissions-Policy"] = "camera=(), microphone=(), geolocation=(self)"
        if "request_id" in flask.g:
            response.headers["X-Request-Id"] = flask.g.request_id
        return response


def _compress_once(response: Response, folder: Path) -> None:
    """Static files do not change: compress well, once for each content, and keep it on disk.

    Neither the address nor its query chooses what is kept, and no memory is taken.
    """
    if response.mimetype not in COMPRESSED_TYPES or response.headers.get("Content-Encoding"):
        return
    response.direct_passthrough = False
    response.set_data(_compressed(response.get_data(), folder))
    response.headers["Content-Encoding"] = "br"
    response.headers["Vary"] = "Accept-Encoding"


def _compressed(content: bytes, folder: Path) -> bytes:
    stored = folder / f"{hashlib.sha256(content).hexdigest()}.br"
    if stored.is_file():
        return stored.read_bytes()
    result = CODEC.compress(content, quality=STATIC_QUALITY)
    temporary = stored.with_suffix(f".{os.getpid()}-{threading.get_ident()}")
    temporary.write_bytes(result)
    temporary.replace(stored)
    return result


def warm_up(server: Flask, paths: tuple[str, ...]) -> None:
    """Ask for the pages and their files once, so that the first viewer does not wait."""
    client = server.test_client()
    for path in paths:
        document = client.get(path, environ_overrides={WARM_UP: True}).get_data(as_text=True)
        for address in set(_LINKED.findall(document)):
            client.get(address, headers={"Accept-Encoding": "br"})
