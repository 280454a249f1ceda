"""A little OpenID Connect provider on loopback whose people, keys and logout tokens a test makes."""

import json
import threading
import time
import uuid
import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

import requests
from werkzeug.serving import make_server

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    import flask
    import oidc_provider_mock
    from joserfc import jwt
    from joserfc.jwk import RSAKey
    from oidc_provider_mock._storage import storage

EVENT = "http://schemas.openid.net/event/backchannel-logout"
CLIENT = "oversight"
JSON = {"Content-Type": "application/json"}


@dataclass(frozen=True)
class Provider:
    """Its address, and what it says of people and of logouts."""

    address: str
    key: RSAKey

    def say(self, subject: str, **claims: object) -> None:
        """What the provider says of somebody from now on."""
        answer = requests.put(f"{self.address}/users/{subject}", data=json.dumps(claims), headers=JSON, timeout=10)
        assert answer.status_code == 204, answer.text

    def token(
        self, *, key: RSAKey | None = None, algorithm: str = "RS256", typ: str = "logout+jwt", **claims: object
    ) -> str:
        """A logout token (OpenID Connect Back-Channel Logout 1.0, 2.4); None leaves a claim out."""
        now = int(time.time())
        usual: dict[str, object] = {
            "iss": self.address,
            "aud": CLIENT,
            "iat": now,
            "exp": now + 120,
            "jti": uuid.uuid4().hex,
            "events": {EVENT: {}},
        }
        said: Mapping[str, object] = {k: v for k, v in {**usual, **claims}.items() if v is not None}
        return jwt.encode({"alg": algorithm, "typ": typ}, dict(said), key or self.key, algorithms=[algorithm])


@contextmanager
def identity_provider() -> Iterator[Provider]:
    """A provider that knows nobody yet; it demands a nonce."""
    app = oidc_provider_mock.app(require_nonce=True)

    @app.get("/its-own-key")
    def key() -> flask.Response:
        return flask.jsonify(storage.jwk.as_dict(is_private=True))

    server = make_server("localhost", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    address = f"http://localhost:{server.server_port}"
    try:
        own = requests.get(f"{address}/its-own-key", timeout=10).json()
        yield Provider(address, RSAKey.import_key(own))
    finally:
        server.shutdown()
        thread.join()
