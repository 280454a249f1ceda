"""The strip above plain pages and the dashboard: who is signed in, and where they may go."""

import flask

from callbacks.dependencies import Dependencies
from callbacks.web.request_guard import csrf_token, session_cookie
from data.access import Permission
from data.settings import Settings
from data.text import text
from layouts.markup import Node
from layouts.sign_in import account_strip

PLACES = (
    ("/", Permission.READ_FIGURES),
    ("/data", Permission.RETURNS_SUBMIT),
    ("/data", Permission.RETURNS_APPROVE),
    ("/accounts", Permission.ACCOUNTS_MANAGE),
    ("/audit", Permission.AUDIT_READ),
)


def places_of(permissions: frozenset[Permission]) -> list[str]:
    """The plain pages, and the dashboard, that these permissions open."""
    return list(dict.fromkeys(path for path, needed in PLACES if needed in permissions))


def office_strip(deps: Dependencies, settings: Settings) -> Node:
    """Links, the name, and the way out."""
    viewer = deps.current_viewer()
    links = [(path, text(f"place.{path.strip('/') or 'home'}")) for path in places_of(viewer.permissions)]
    token = csrf_token(flask.request.cookies.get(session_cookie(settings), ""))
    person = viewer.name if settings.has_login else ""
    has_password = settings.login == "local"
    return account_strip(person, viewer.role, token, links, has_password=has_password)
