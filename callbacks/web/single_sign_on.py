"""Sign in at the organisation's own provider (OpenID Connect, code flow with PKCE)."""

from collections.abc import Mapping
from typing import Protocol

import flask
import requests
from authlib.integrations.base_client import OAuthError
from authlib.integrations.flask_client import OAuth
from flask import Flask
from joserfc.errors import JoseError
from werkzeug.wrappers import Response

from callbacks.dependencies import Dependencies
from callbacks.web.login import give_session, refusal_of, refusal_page
from callbacks.web.logs import log_failure
from callbacks.writing.plain_forms import landing
from data.atomic_files import secret_key
from data.settings import Settings
from data.store.guesses import TooSoonError, count_address, give_back
from data.store.ledger import RefusedError
from data.store.new_accounts import SUBJECT_OF_PROVIDER
from data.store.sessions import Identity, sign_in_as
from data.store.verification import note_wait
from data.text import text
from layouts.sign_in import single_sign_on_page

NEXT, KIND = "next", "oidc"


class Provider(Protocol):
    """What is used of a client of Authlib, which has no types."""

    def authorize_redirect(self, redirect_uri: str) -> Response:
        """Send the browser to the provider."""
        ...

    def authorize_access_token(self) -> Mapping[str, Mapping[str, object]]:
        """The provider's signed answer; `userinfo` holds its claims."""
        ...


class Clients(Protocol):
    """What is used of Authlib's registry of clients."""

    def register(
        self, name: str, *, client_id: str, client_secret: str, server_metadata_url: str, client_kwargs: dict[str, str]
    ) -> Provider:
        """A client of the provider whose metadata lie at the address."""
        ...


def add_single_sign_on(server: Flask, deps: Dependencies, settings: Settings) -> None:
    """Add `/login`, `/oidc/start` and `/oidc/callback`; who may do what stays in our own table."""
    server.secret_key = secret_key(settings.session_key_file)
    server.config.from_mapping(
        SESSION_COOKIE_NAME="oidc",
        SESSION_COOKIE_SECURE=settings.secure_cookies,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
    )
    provider = _registered(OAuth(server), settings)

    @server.get("/login")
    def show_login() -> str:
        return single_sign_on_page(landing(flask.request.args.get(NEXT, "/")), "")

    @server.get("/oidc/start")
    def start() -> Response:
        try:
            count_address(deps.store, KIND, flask.request.remote_addr or "", deps.now())
        except TooSoonError as error:
            note_wait(deps.store, "", error, deps.now(), KIND, flask.request.remote_addr or "")
            return refusal_page(single_sign_on_page("/", refusal_of(error)), error, 429)
        flask.session.clear()  # of sign-ins that were begun and left: the cookie is small
        flask.session[NEXT] = landing(flask.request.args.get(NEXT, "/"))
        way_back = flask.url_for("finish", _external=not settings.public_address)
        return provider.authorize_redirect(settings.public_address + way_back)

    @server.get("/oidc/callback")
    def finish() -> Response | tuple[str, int]:
        target = flask.session.pop(NEXT, "/")
        try:
            who = _identity_of(provider.authorize_access_token()["userinfo"], settings)
            session = sign_in_as(deps.store, deps.catalogue, who, deps.now())
        except (OAuthError, JoseError, KeyError, requests.RequestException) as error:
            log_failure(error)
            return single_sign_on_page("/", text("refused.bad_provider_answer")), 401
        except RefusedError as error:
            return single_sign_on_page("/", text(f"refused.{error.code}")), 403
        give_back(deps.store, KIND, flask.request.remote_addr or "")
        return give_session(flask.redirect(landing(target)), session, settings)


def _registered(clients: Clients, settings: Settings) -> Provider:
    return clients.register(
        "provider",
        client_id=settings.oidc_client_id,
        client_secret=settings.oidc_client_secret.get_secret_value(),
        server_metadata_url=f"{settings.issuer}/.well-known/openid-configuration",
        client_kwargs={"scope": "openid profile", "code_challenge_method": "S256"},
    )


def _identity_of(claims: Mapping[str, object], settings: Settings) -> Identity:
    """Whom the provider's signed answer names; the name is taken as it is written.

    Raises:
        OAuthError: there is no subject in it, or one that OpenID Connect does not allow.
    """
    issuer, subject = str(claims["iss"]).rstrip("/"), claims.get("sub")
    name = claims.get(settings.oidc_account_claim)
    if not isinstance(subject, str) or not SUBJECT_OF_PROVIDER.fullmatch(subject):
        raise OAuthError("invalid_subject")
    return Identity(issuer, subject, name if isinstance(name, str) else "")
