"""Sign in, sign out, set another password: plain forms, answered by redirects."""

import flask
from flask import Flask, Response
from werkzeug.wrappers import Response as AnyResponse

from callbacks.dependencies import Dependencies
from callbacks.web.request_guard import CSRF_COOKIE, csrf_token, session_cookie
from callbacks.writing.plain_forms import landing
from data.settings import Settings
from data.store.guesses import TooSoonError
from data.store.refusals import RefusedError
from data.store.second_factor import is_factor_used
from data.store.sessions import sign_in, sign_out
from data.store.verification import change_password
from data.text import text
from layouts.sign_in import login_page, password_page

LONGEST = 200
TOO_MANY = 429


def add_login(server: Flask, deps: Dependencies, settings: Settings) -> None:
    """Add `/login` and `/password`."""
    cookie = session_cookie(settings)

    def field(name: str) -> str:
        return flask.request.form.get(name, "")[:LONGEST]

    @server.get("/login")
    def show_login() -> str:
        return login_page(landing(flask.request.args.get("next", "/")), "", asks_code=is_factor_used(deps.store))

    @server.post("/login")
    def enter() -> AnyResponse:
        target = landing(flask.request.form.get("next", "/"))
        try:
            session = sign_in(
                deps.store,
                field("account_name"),
                field("password"),
                deps.now(),
                flask.request.remote_addr or "",
                field("code"),
            )
        except RefusedError as error:
            page = login_page(target, refusal_of(error), asks_code=is_factor_used(deps.store))
            return refusal_page(page, error, 401)
        return give_session(deps, settings, flask.redirect(target), session)

    @server.get("/password")
    def show_password() -> str:
        token = csrf_token(flask.request.cookies.get(cookie, ""))
        viewer = deps.current_viewer()
        said = text("login.must_change") if viewer.must_change_password else ""
        return password_page(token, said)

    @server.post("/password")
    def set_password() -> AnyResponse:
        try:
            change_password(
                deps.store, deps.catalogue, deps.current_viewer().account, field("old"), field("new"), deps.now()
            )
        except RefusedError as error:
            token = csrf_token(flask.request.cookies.get(cookie, ""))
            return refusal_page(password_page(token, refusal_of(error)), error, 400)
        return _forget(flask.redirect("/login"), cookie)


def add_logout(server: Flask, deps: Dependencies, settings: Settings) -> None:
    """Add `/logout`."""
    cookie = session_cookie(settings)

    @server.post("/logout")
    def leave() -> AnyResponse:
        sign_out(deps.store, flask.request.cookies.get(cookie, ""), deps.now())
        return _forget(flask.redirect("/login"), cookie)


def give_session(deps: Dependencies, settings: Settings, answer: AnyResponse, session: str) -> AnyResponse:
    """Put the session's number, and the token that goes with it, into cookies; the browser's session before it ends."""
    sign_out(deps.store, flask.request.cookies.get(session_cookie(settings), ""), deps.now())
    secure = settings.secure_cookies
    answer.set_cookie(session_cookie(settings), session, secure=secure, httponly=True, samesite="Lax", path="/")
    answer.set_cookie(CSRF_COOKIE, csrf_token(session), secure=secure, samesite="Lax", path="/")
    return answer


def refusal_of(error: RefusedError) -> str:
    """Why a sign-in was refused, in words; a wait says for how long."""
    if isinstance(error, TooSoonError):
        return text("refused.too_soon", seconds=error.seconds)
    return text(f"refused.{error.code}")


def refusal_page(page: str, error: RefusedError, status: int) -> Response:
    """The page that says it; a wait is 429 with its seconds, anything else `status`."""
    answer = Response(page, status, mimetype="text/html")
    if isinstance(error, TooSoonError):
        answer.status_code = TOO_MANY
        answer.headers["Retry-After"] = str(error.seconds)
    return answer


def _forget(answer: AnyResponse, cookie: str) -> AnyResponse:
    answer.delete_cookie(cookie, path="/")
    answer.delete_cookie(CSRF_COOKIE, path="/")
    return answer
