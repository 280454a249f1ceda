"""The provider signs somebody out: told by itself (back channel), or by the person's browser (front channel)."""

from collections.abc import Mapping
from typing import Protocol

import flask
import requests
from flask import Flask
from joserfc import jwt
from joserfc.errors import InvalidKeyIdError, JoseError
from joserfc.jwk import KeySet
from werkzeug.wrappers import Response

from callbacks.dependencies import Dependencies
from callbacks.web.logs import log_failure
from data.logout_token import CLOCKS_APART, OLDEST, LogoutTokenError, checked
from data.settings import Settings
from data.store.guesses import TooSoonError, count_address, give_back, is_first_use
from data.store.sessions import sign_out_at_provider

BACK, FRONT = "/oidc/back-channel-logout", "/oidc/front-channel-logout"
SIGNED_BY = frozenset({"RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"})
"""With a key that only the provider has; never without one, never with one that we know."""
TYPES = frozenset({"", "jwt", "logout+jwt"})
LONGEST = 16 * 1024
KIND = "logout_token"
"""Tokens of one address that do not hold are counted: each unknown key asks the provider anew."""


class Provider(Protocol):
    """What is used of a client of Authlib, which has no types."""

    def authorize_redirect(self, redirect_uri: str, **asked: str) -> Response:
        """Send the browser to the provider."""
        ...

    def load_server_metadata(self) -> Mapping[str, object]:
        """What the provider publishes of itself."""
        ...

    def fetch_jwk_set(self, force: bool = False) -> Mapping[str, object]:
        """The provider's public keys, asked once or, with `force`, anew."""
        ...

    def authorize_access_token(self) -> Mapping[str, Mapping[str, object]]:
        """The provider's signed answer; `userinfo` holds its claims."""
        ...


def add_provider_logout(server: Flask, deps: Dependencies, settings: Settings, provider: Provider) -> None:
    """Add both addresses; they are open, since no session of ours asks."""

    @server.post(BACK)
    def end_by_provider() -> tuple[dict[str, str], int]:
        address = flask.request.remote_addr or ""
        try:
            count_address(deps.store, KIND, address, deps.now())
            claims = _claims_of(flask.request.form.get("logout_token", "")[:LONGEST], provider)
            subject, session = checked(claims, settings.issuer, settings.oidc_client_id, deps.now())
            number = f"{settings.issuer} {claims['jti']}"
            if not is_first_use(deps.store, number, deps.now(), deps.now() + OLDEST + 2 * CLOCKS_APART):
                raise LogoutTokenError("jti was used")
        except TooSoonError:
            return {"error": "temporarily_unavailable"}, 429
        except (LogoutTokenError, JoseError, ValueError, requests.RequestException) as error:
            log_failure(error)
            return {"error": "invalid_request"}, 400
        give_back(deps.store, KIND, address)
        sign_out_at_provider(deps.store, settings.issuer, subject, session, deps.now(), "oidc_back_channel")
        return {}, 200

    @server.get(FRONT)
    def end_by_browser() -> tuple[str, int]:
        issuer, session = flask.request.args.get("iss", "").rstrip("/"), flask.request.args.get("sid", "")
        if issuer != settings.issuer or not session:
            return "", 400
        sign_out_at_provider(deps.store, issuer, "", session, deps.now(), "oidc_front_channel")
        return "", 200


def _claims_of(token: str, provider: Provider) -> Mapping[str, object]:
    """What a token says, once the provider's signature holds; keys are asked anew for one that is not known.

    Raises:
        JoseError: it does not hold.
        ValueError: it is no token.
    """
    offered = provider.load_server_metadata().get("id_token_signing_alg_values_supported")
    named = {str(a) for a in offered} if isinstance(offered, list) else {"RS256"}  # type: ignore[misc]
    algorithms = sorted(named & SIGNED_BY)
    try:
        read = jwt.decode(token, _keys(provider, force=False), algorithms=algorithms)
    except InvalidKeyIdError:  # the provider has signed with a new one since
        read = jwt.decode(token, _keys(provider, force=True), algorithms=algorithms)
    if str(read.header.get("typ", "")).lower() not in TYPES:
        raise LogoutTokenError("typ")
    return read.claims


def _keys(provider: Provider, *, force: bool) -> KeySet:
    return KeySet.import_key_set(provider.fetch_jwk_set(force=force))  # type: ignore[arg-type]
