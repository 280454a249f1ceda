"""The door: every request but a short list needs a session; every write proves its origin."""

import hashlib
import hmac
import json
import secrets
from collections.abc import Mapping
from datetime import timedelta
from typing import TypeGuard

import flask
from flask import Flask
from werkzeug.exceptions import BadRequest, Forbidden, Unauthorized
from werkzeug.wrappers import Response

from callbacks.dependencies import Dependencies
from callbacks.web.hosts import check_host, is_from_this_host
from data.access import LOCAL_VIEWER, Permission, Viewer
from data.local_address import host_name, local_address
from data.reading.limits import MOST_BYTES as MOST_RETURN_BYTES
from data.settings import Settings
from data.store.engine import StoreDownError
from data.store.evidence import MOST_BYTES as MOST_EVIDENCE_BYTES
from data.store.sessions import Lifetimes, viewer_of_session
from data.store.visit_photos import MOST_BYTES as MOST_PHOTO_BYTES
from queries.memo import LruCache

SECURITY_CONTACT = "/.well-known/security.txt"
OF_PROVIDER = ("/oidc/back-channel-logout", "/oidc/front-channel-logout")
"""What the provider says proves itself, by its signature or a number that only it and we know."""
OPEN = ("/login", "/livez", "/readyz", "/oidc/start", "/oidc/callback", SECURITY_CONTACT, *OF_PROVIDER)
OPEN_FOLDERS = ("/assets/", "/_dash-component-suites/")
FIRST_CHANGE, SECOND_FACTOR = "/password", "/second-factor"
CSRF_COOKIE, CSRF_HEADER, CSRF_FIELD = "_csrf_token", "X-CSRFToken", "csrf_token"
SAFE = ("GET", "HEAD", "OPTIONS")
OWN_SITE = ("same-origin", "none", "")
CALLBACK = "/_dash-update-component"
OWN_HEADER = "X-Oversight"  # sent by our scripts; a form of another site cannot send it
METRICS = "/metrics"
NEWS = "/publication"  # asked for by open pages themselves
LARGEST_BODY = 1024 * 1024
ROOM_FOR_FIELDS = 64 * 1024
LARGEST_UPLOADS: Mapping[str, int] = {
    "/data/upload": MOST_RETURN_BYTES + ROOM_FOR_FIELDS,
    "/account-list": MOST_RETURN_BYTES + ROOM_FOR_FIELDS,
    "/evidence": MOST_EVIDENCE_BYTES + ROOM_FOR_FIELDS,
    "/visits/photo": MOST_PHOTO_BYTES + ROOM_FOR_FIELDS,
}
Shapes = dict[str, tuple[tuple[str, ...], tuple[str, ...]]]
KNOWN_MEMORY = 4 * 1024 * 1024  # some thousands of sessions
WARM_UP = "oversight.warm_up"  # set in this process only; a client can set HTTP_* alone


def session_cookie(settings: Settings) -> str:
    """The cookie's name; `__Host-` binds it to this host and to TLS."""
    return "__Host-sid" if settings.secure_cookies else "sid"


def lifetimes(settings: Settings) -> Lifetimes:
    """How long sessions and passwords last."""
    password = timedelta(days=settings.password_days) if settings.login == "local" else None
    return Lifetimes(
        timedelta(minutes=settings.session_idle_minutes),
        timedelta(hours=settings.session_hours),
        password,
        settings.demanding_roles,
    )


def current_viewer() -> Viewer:
    """Who the gate let in.

    Raises:
        Forbidden: the request did not pass the gate.
    """
    viewer = flask.g.get("viewer")
    if viewer is None:
        raise Forbidden
    return viewer


def csrf_token(session: str) -> str:
    """The token that goes with a session; nobody without the cookie can make it."""
    return hmac.new(session.encode(), b"csrf", hashlib.sha256).hexdigest()


class StepDueError(Forbidden):
    """The page at `place` comes before anything else: the password has to be changed, or a second factor added."""

    def __init__(self, place: str) -> None:
        super().__init__()
        self.place = place


class SessionCache:
    """Who holds a session: the store says; while it is down, what it said last, for reading."""

    def __init__(self, deps: Dependencies, limits: Lifetimes) -> None:
        self._deps, self._limits = deps, limits
        self._last = LruCache(KNOWN_MEMORY)

    def viewer(self, session: str, *, is_used: bool) -> Viewer | None:
        """The viewer of a session; None where there is none, or none can be confirmed."""
        deps, now = self._deps, self._deps.now()
        try:
            viewer_now = viewer_of_session(deps.store, deps.catalogue, session, now, self._limits, is_used=is_used)
        except StoreDownError:
            viewer, confirmed = self._last.find((session,)) or (None, now)
            return viewer if now - confirmed < self._limits.idle else None
        if viewer_now is None:
            self._last.drop((session,))
        else:
            self._last.put((session,), (viewer_now, now))
        return viewer_now


def register_request_guard(server: Flask, deps: Dependencies, settings: Settings) -> None:
    """Check every request before anything else sees it."""
    cookie, known = session_cookie(settings), SessionCache(deps, lifetimes(settings))

    @server.before_request
    def check() -> Response | None:
        flask.g.request_id = secrets.token_hex(8)
        check_host(settings)
        request = flask.request
        request.max_content_length = LARGEST_UPLOADS.get(request.path, LARGEST_BODY)
        if request.path.startswith(OPEN_FOLDERS) and request.method in SAFE:
            return None
        if request.path == METRICS and is_from_this_host():
            return None
        if not settings.has_login and not is_from_this_host():
            raise Forbidden
        session = request.cookies.get(cookie, "")
        if not settings.has_login or WARM_UP in request.environ:
            flask.g.viewer = LOCAL_VIEWER
        elif session:
            viewer = known.viewer(session, is_used=request.path != NEWS)
            if viewer is not None:
                flask.g.viewer = viewer
        if "viewer" not in flask.g and request.path not in OPEN:
            return _reject()
        _check_origin(session, has_login=settings.has_login)
        due = _due_first()
        if due and request.path not in (*OPEN, due, "/logout"):
            if request.method not in SAFE:
                raise StepDueError(due)
            return flask.redirect(due)
        if request.path == CALLBACK:
            _check_callback()
        return _landing_page() if request.path == "/" else None


def _due_first() -> str:
    """The page that its person has to see to before any other; empty where there is none."""
    viewer: Viewer | None = flask.g.get("viewer")
    if viewer is None:
        return ""
    if viewer.must_change_password:
        return FIRST_CHANGE
    return SECOND_FACTOR if viewer.must_add_factor else ""


def _landing_page() -> Response | None:
    """Who may not read figures starts at the page that is theirs."""
    permissions = flask.g.viewer.permissions
    if Permission.READ_FIGURES in permissions:
        return None
    place = "/audit" if Permission.AUDIT_READ in permissions else "/accounts"
    return flask.redirect(place)


def _check_origin(session: str, *, has_login: bool) -> None:
    request = flask.request
    if request.method in SAFE:
        return
    origin = request.headers.get("Origin")
    is_own = origin is None or host_name(origin.partition("://")[2]) == host_name(request.host)
    if request.headers.get("Sec-Fetch-Site", "") not in OWN_SITE or not is_own:
        raise Forbidden
    if not has_login or request.path in ("/login", *OF_PROVIDER):
        return
    sent = request.headers.get(CSRF_HEADER) or request.form.get(CSRF_FIELD, "")
    if not hmac.compare_digest(sent.encode(), csrf_token(session).encode()):
        raise Forbidden


def _reject() -> Response:
    if flask.request.method == "GET" and "text/html" in flask.request.headers.get("Accept", ""):
        target = local_address(flask.request.full_path.rstrip("?")) or "/"
        return flask.redirect(flask.url_for("show_login", next=target))
    raise Unauthorized


def _check_callback() -> None:
    """A callback's body names known inputs and one known output; anything else is 400.

    Raises:
        BadRequest: not JSON, too deep, or not what the page sends.
    """
    request = flask.request
    try:
        body: object = json.loads(request.get_data())
    except (ValueError, RecursionError) as error:
        raise BadRequest from error
    output = body.get("output") if _is_object(body) else None
    if not _is_object(body) or not isinstance(output, str):
        raise BadRequest
    known = _shapes(flask.current_app.config).get(output)
    sent = tuple(_ids(body.get(part, [])) for part in ("inputs", "state"))
    changed = body.get("changedPropIds", [])
    if known is None or sent != known or not _is_list(changed):
        raise BadRequest
    if any(not isinstance(prop, str) for prop in changed):
        raise BadRequest
    _check_outputs(body.get("outputs"), output)


def _shapes(config: Mapping[str, Shapes]) -> Shapes:
    return config["CALLBACK_SHAPES"]


def _is_object(value: object) -> TypeGuard[dict[str, object]]:
    """Whether a value read from JSON is an object."""
    return isinstance(value, dict)


def _is_list(value: object) -> TypeGuard[list[object]]:
    """Whether a value read from JSON is an array."""
    return isinstance(value, list)


def _ids(items: object) -> tuple[str, ...] | None:
    if not _is_list(items):
        return None
    references: list[str] = []
    for item in items:
        if not _is_object(item) or not _is_plain(item.get("value")):
            return None
        references.append(f"{item.get('id')}.{item.get('property')}")
    return tuple(references)


def _is_plain(value: object) -> bool:
    """None, text, or one flat mapping of text and numbers: all that our stores hold."""
    if _is_object(value):
        return all((isinstance(v, str | int | float) and not isinstance(v, bool)) or v is None for v in value.values())
    return value is None or isinstance(value, str)


def _check_outputs(outputs: object, output: str) -> None:
    parts = outputs if _is_list(outputs) else [outputs]
    names: list[str] = []
    for part in parts:
        if not _is_object(part):
            raise BadRequest
        names.append(f"{part.get('id')}.{part.get('property')}")
    expected = output[2:-2].split("...") if output.startswith("..") else [output]
    if [n.replace("\\", "") for n in names] != [e.replace("\\", "") for e in expected]:
        raise BadRequest


def callback_shapes(callback_map: dict[str, dict[str, list[dict[str, str]]]]) -> Shapes:
    """Output → the ids of inputs and of state, as a page sends them."""
    return {
        output: (
            tuple(f"{i['id']}.{i['property']}" for i in entry["inputs"]),
            tuple(f"{s['id']}.{s['property']}" for s in entry["state"]),
        )
        for output, entry in callback_map.items()
        if "callback" in entry  # the others are the browser's own
    }
