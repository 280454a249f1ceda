"""Plain forms and the words typed into them: which was taken, and the page to go back to."""

import flask
from flask import Flask, Response
from werkzeug.exceptions import HTTPException

from callbacks.web.request_guard import OPEN, SAFE
from data.local_address import local_address, pasted_address
from data.settings import Settings

TAKEN_COOKIE = "_taken"
TAKEN_SECONDS = 60
FOUND = 302
PAGES = "/<path:path>"  # Dash's rule for every address that has no other


def add_plain_forms(server: Flask, settings: Settings) -> None:
    """Tell the browser which form was taken, so that it forgets the words it kept of it."""

    @server.after_request
    def tell(answer: Response) -> Response:
        request = flask.request
        if request.method not in SAFE and "viewer" in flask.g and answer.status_code == FOUND:
            answer.set_cookie(
                TAKEN_COOKIE,
                request.path,
                max_age=TAKEN_SECONDS,
                samesite="Lax",
                secure=settings.secure_cookies,
                path="/",
            )
        return answer


def page_of_form() -> str:
    """The page on which the form of this request stood, as the browser says; else empty."""
    request = flask.request
    if request.method in SAFE or not request.referrer:
        return ""
    return landing(pasted_address(request.referrer) or "/")


def landing(target: str) -> str:
    """Where somebody goes who has signed in: the page of ours that was asked for.

    From an address that only takes a form to the page above it; from the door to the start.
    """
    address = local_address(target) or "/"
    path = address.partition("?")[0].partition("#")[0]
    if path in OPEN:
        return "/"
    return address if not _takes_only(path) else landing(path.rpartition("/")[0] or "/")


def _takes_only(path: str) -> bool:
    routes = flask.current_app.url_map.bind("")
    try:
        rule, _ = routes.match(path, "GET", return_rule=True)
    except HTTPException:
        return False
    return rule.rule == PAGES and routes.test(path, "POST")
