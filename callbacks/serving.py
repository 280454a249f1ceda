"""How responses leave: compressed, immutable assets, no-store data, 403 for what is not allowed."""

import flask
from flask import Flask, Response
from flask_compress import Compress

from callbacks.binding import NotAllowedError

ONE_YEAR = 31_536_000


def add_serving(server: Flask) -> None:
    """Add compression, cache headers and error answers to the server."""
    server.config["COMPRESS_ALGORITHM"] = ["br", "gzip"]
    server.config["COMPRESS_BR_LEVEL"] = 5
    server.config["COMPRESS_MIMETYPES"] = [
        "text/html", "text/css", "application/json", "application/javascript", "text/javascript",
        "image/svg+xml",
    ]  # fmt: skip
    Compress(server)

    @server.after_request
    def set_cache(response: Response) -> Response:
        path = flask.request.path
        if path.startswith(("/assets/", "/_dash-component-suites/")):
            response.headers["Cache-Control"] = f"public, max-age={ONE_YEAR}, immutable"
        else:
            response.headers["Cache-Control"] = "no-store"
        return response

    @server.errorhandler(NotAllowedError)
    def refuse(_: NotAllowedError) -> tuple[str, int]:
        return "", 403
