"""Sign in at the organisation's own provider (OpenID Connect, code flow with PKCE)."""

from collections.abc import Mapping
from datetime import UTC, datetime
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
from callbacks.web.provider_logout import Provider, add_provider_logout
from callbacks.writing.plain_forms import landing
from data.atomic_files import secret_key
from data.catalogue.access_tables import Role
from data.catalogue.loader import Catalogue
from data.settings import Settings
from data.store.guesses import TooSoonError, count_address, give_back
from data.store.new_accounts import SUBJECT_OF_PROVIDER
from data.store.provider_claims import Claims, words_of_claim
from data.store.refusals import RefusedError
from data.store.sessions import Identity, sign_in_as
from data.store.verification import note_wait
from data.text import text
from layouts.sign_in import single_sign_on_page

NEXT, KIND = "next", "oidc"
CLOCKS_APART = 60
"""Seconds by which the provider's clock may differ from ours."""
LONGEST_SESSION = 255


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
    _check_roles(deps.catalogue, settings)
    provider = _registered(OAuth(server), settings)
    add_provider_logout(server, deps, settings, provider)

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
        return provider.authorize_redirect(settings.public_address + way_back, **_demands(settings))

    @server.get("/oidc/callback")
    def finish() -> Response | tuple[str, int]:
        target = flask.session.pop(NEXT, "/")
        try:
            claims = provider.authorize_access_token()["userinfo"]
            _check_proof(claims, settings, deps.now())
            who = _identity_of(claims, settings)
            session = sign_in_as(deps.store, deps.catalogue, who, deps.now())
        except (OAuthError, JoseError, KeyError, requests.RequestException) as error:
            log_failure(error)
            return single_sign_on_page("/", text("refused.bad_provider_answer")), 401
        except RefusedError as error:
            return single_sign_on_page("/", text(f"refused.{error.code}")), 403
        give_back(deps.store, KIND, flask.request.remote_addr or "")
        return give_session(deps, settings, flask.redirect(landing(target)), session)


def _registered(clients: Clients, settings: Settings) -> Provider:
    return clients.register(
        "provider",
        client_id=settings.oidc_client_id,
        client_secret=settings.oidc_client_secret.get_secret_value(),
        server_metadata_url=f"{settings.issuer}/.well-known/openid-configuration",
        client_kwargs={"scope": "openid profile", "code_challenge_method": "S256"},
    )


def _check_roles(catalogue: Catalogue, settings: Settings) -> None:
    """Refuse to start where a claim would mean a role that there is not, or that two administrators change.

    Raises:
        ValueError: it would.
    """
    given = {r.role_code for r in catalogue.rows(Role) if not r.needs_two_administrators}
    if others := set(settings.roles_of_claims.values()) - given:
        raise ValueError(f"OVERSIGHT_OIDC_ROLES names {', '.join(sorted(others))}: no role that a provider gives")


def _demands(settings: Settings) -> dict[str, str]:
    """What is asked of the provider about how and when a person proves himself."""
    asked = {"acr_values": settings.oidc_acr_values.strip()} if settings.oidc_acr_values.strip() else {}
    seconds = settings.oidc_max_age_minutes * 60
    return {**asked, "max_age": str(seconds)} if seconds else asked


def _check_proof(claims: Mapping[str, object], settings: Settings, at: datetime) -> None:
    """Refuse an answer that does not say what was asked: asking alone binds no provider.

    Raises:
        RefusedError: `weak_proof`: another `acr`, none, or proven too long ago.
    """
    accepted = settings.oidc_acr_values.split()
    if accepted and claims.get("acr") not in accepted:
        raise RefusedError("weak_proof")
    if settings.oidc_max_age_minutes:
        proven = claims.get("auth_time")
        if not isinstance(proven, int | float) or isinstance(proven, bool):
            raise RefusedError("weak_proof")
        age = at.replace(tzinfo=UTC).timestamp() - proven
        if age > settings.oidc_max_age_minutes * 60 + CLOCKS_APART:
            raise RefusedError("weak_proof")


def _identity_of(claims: Mapping[str, object], settings: Settings) -> Identity:
    """Whom the provider's signed answer names; the name is taken as it is written.

    Raises:
        OAuthError: there is no subject in it, or one that OpenID Connect does not allow.
    """
    issuer, subject = str(claims["iss"]).rstrip("/"), claims.get("sub")
    name = claims.get(settings.oidc_account_claim)
    if not isinstance(subject, str) or not SUBJECT_OF_PROVIDER.fullmatch(subject):
        raise OAuthError("invalid_subject")
    session = claims.get("sid")
    said = words_of_claim(claims, settings.oidc_role_claim)
    roles = None if said is None else [role for value, role in settings.roles_of_claims.items() if value in said]
    told = Claims(
        roles, words_of_claim(claims, settings.oidc_unit_claim), words_of_claim(claims, settings.oidc_school_claim)
    )
    known = session if isinstance(session, str) and len(session) <= LONGEST_SESSION else ""
    return Identity(issuer, subject, name if isinstance(name, str) else "", told, known)
