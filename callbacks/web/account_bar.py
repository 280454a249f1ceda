"""What stands above a page: who is signed in, and on plain pages the header of the dashboard."""

import flask

from callbacks.dependencies import Dependencies
from callbacks.web.request_guard import csrf_token, session_cookie
from data.settings import Settings
from layouts.components.elements import block
from layouts.markup import Node
from layouts.parts.navigation import plain_header
from layouts.routes import plain_page_of
from layouts.sign_in import account_strip


def signed_in_strip(deps: Dependencies, settings: Settings) -> Node:
    """The name and the way out; None where nobody signs in."""
    if not settings.has_login:
        return None
    viewer = deps.current_viewer()
    token = csrf_token(flask.request.cookies.get(session_cookie(settings), ""))
    return account_strip(viewer.name, viewer.role, token, has_password=settings.login == "local")


def office_strip(deps: Dependencies, settings: Settings) -> Node:
    """What stands above a plain page: the same as above the dashboard, with the page marked in the navigation."""
    header = plain_header(plain_page_of(flask.request.path), deps.current_viewer().permissions)
    return block(signed_in_strip(deps, settings), header, look="plain-chrome")
