"""`/.well-known/security.txt` (RFC 9116): whom to tell of a weakness, where the installation names somebody."""

from datetime import UTC, timedelta

import flask
from flask import Flask, Response

from callbacks.dependencies import Dependencies
from callbacks.web.request_guard import SECURITY_CONTACT
from data.settings import Settings

VALID = timedelta(days=180)


def add_security_contact(server: Flask, deps: Dependencies, settings: Settings) -> None:
    """Add the address; without a contact there is nothing there."""

    @server.get(SECURITY_CONTACT)
    def show_contact() -> Response:
        if not settings.security_contact:
            flask.abort(404)
        expires = (deps.now().replace(microsecond=0, tzinfo=UTC) + VALID).isoformat()
        lines = [f"Contact: {settings.security_contact}", f"Expires: {expires}", "Preferred-Languages: zh, en"]
        if settings.public_address:
            lines.append(f"Canonical: {settings.public_address}{SECURITY_CONTACT}")
        return Response("\n".join(lines) + "\n", mimetype="text/plain")
