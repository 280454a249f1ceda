"""Sign in at the organisation's own provider (OpenID Connect, code flow with PKCE)."""

import flask
import requests
from authlib.integrations.base_client import OAuthError
from authlib.integrations.flask_client import OAuth
from flask import Flask
from joserfc.errors import JoseError
from werkzeug.wrappers import Response

from callbacks.dependencies import Dependencies
from callbacks.limits import count
from callbacks.login import give_session, own_path
from callbacks.logs import log_failure
from data.durable import secret_key
from data.settings import Settings
from data.store.ledger import RefusedError
from data.store.sessions import sign_in_as
from data.text import text
from layouts.sign_in import single_sign_on_page

NEXT = "next"


def add_single_sign_on(server: Flask, deps: Dependencies, settings: Settings) -> None:
    """Add `/login`, `/oidc/start` and `/oidc/callback`; who may do what stays in our own table."""
    server.secret_key = secret_key(settings.session_key_file)
    server.config.update(
        SESSION_COOKIE_NAME="oidc", SESSION_COOKIE_SECURE=settings.secure_cookies,
        SESSION_COOKIE_HTTPONLY=True, SESSION_COOKIE_SAMESITE="Lax",
    )  # fmt: skip
    issuer = settings.oidc_issuer.rstrip("/")
    provider = OAuth(server).register(
        "provider", client_id=settings.oidc_client_id,
        client_secret=settings.oidc_client_secret.get_secret_value(),
        server_metadata_url=f"{issuer}/.well-known/openid-configuration",
        client_kwargs={"scope": "openid profile", "code_challenge_method": "S256"},
    )  # fmt: skip

    @server.get("/login")
    def show_login() -> str:
        return single_sign_on_page(own_path(flask.request.args.get(NEXT, "/")), "")

    @server.get("/oidc/start")
    def start() -> Response:
        count("login", flask.request.remote_addr or "")
        flask.session.clear()  # of sign-ins that were begun and left: the cookie is small
        flask.session[NEXT] = own_path(flask.request.args.get(NEXT, "/"))
        return provider.authorize_redirect(flask.url_for("finish", _external=True))

    @server.get("/oidc/callback")
    def finish() -> Response | tuple[str, int]:
        wanted = flask.session.pop(NEXT, "/")
        try:
            claims = provider.authorize_access_token()["userinfo"]
            account_name = str(claims.get(settings.oidc_account_claim, "")).lower()
            session = sign_in_as(deps.store, account_name, deps.now())
        except (OAuthError, JoseError, KeyError, requests.RequestException) as error:
            log_failure(error)
            return single_sign_on_page("/", text("refused.bad_provider_answer")), 401
        except RefusedError as error:
            return single_sign_on_page("/", text(f"refused.{error.code}")), 403
        return give_session(flask.redirect(own_path(wanted)), session, settings)
