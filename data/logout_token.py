"""What a logout token of an OpenID Connect provider must say before anybody is signed out by it."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import TypeGuard

EVENT = "http://schemas.openid.net/event/backchannel-logout"
"""The standard's name of a logout; nobody asks that address."""
OLDEST, CLOCKS_APART = timedelta(minutes=5), timedelta(minutes=1)
"""How old a token may be, and how far the clocks may differ."""


class LogoutTokenError(ValueError):
    """A logout token that is none of our provider's, for us, or of this moment."""


def checked(claims: Mapping[str, object], issuer: str, client: str, at: datetime) -> tuple[str, str]:
    """Whom a token signs out, and of which session (OpenID Connect Back-Channel Logout 1.0, 2.6).

    Returns:
        The person's number and the session's, one of them empty where it is not named.

    Raises:
        LogoutTokenError: another issuer or audience, not of this moment, no logout, a token for something else, or
            neither person nor session.
    """
    now = at.replace(tzinfo=UTC).timestamp()
    audience, issued, ends = claims.get("aud"), claims.get("iat"), claims.get("exp")
    events, apart = claims.get("events"), CLOCKS_APART.total_seconds()
    subject, session = claims.get("sub", ""), claims.get("sid", "")
    is_event = isinstance(events, dict) and isinstance(events.get(EVENT), dict)  # type: ignore[union-attr]
    faults = {
        "iss": str(claims.get("iss", "")).rstrip("/") != issuer,
        "aud": client not in (audience if isinstance(audience, list) else [audience]),
        "iat": not _is_number(issued) or not now - OLDEST.total_seconds() - apart <= issued <= now + apart,
        "exp": ends is not None and (not _is_number(ends) or ends < now - apart),
        "jti": not isinstance(claims.get("jti"), str) or not claims.get("jti"),
        "events": not is_event,
        "nonce": "nonce" in claims,
        "sub": not isinstance(subject, str) or not isinstance(session, str) or not (subject or session),
    }
    if wrong := [name for name, is_wrong in faults.items() if is_wrong]:
        raise LogoutTokenError(", ".join(wrong))
    return str(subject), str(session)


def _is_number(value: object) -> TypeGuard[float]:
    return isinstance(value, int | float) and not isinstance(value, bool)
