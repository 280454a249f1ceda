"""Whether a request is meant for this installation: by a name of ours, and by no proxy unknown."""

import ipaddress
from collections.abc import Mapping

import flask

from data.local_address import host_name
from data.settings import Settings

HANDED_ON = ("Forwarded", "Via", "X-Real-IP", "X-Client-IP", "CF-Connecting-IP", "True-Client-IP")
HANDED_ON_START = "X-Forwarded"
OLD_PROTOCOLS = ("HTTP/0.9", "HTTP/1.0")  # no browser speaks them; a proxy left as installed may


class WrongHostError(Exception):
    """The request was for another name than ours."""


class UndeclaredProxyError(Exception):
    """Somebody handed the request on, and no proxy of ours is declared."""


def check_host(settings: Settings) -> None:
    """Let a request pass that names this installation and came the way that is declared.

    Raises:
        WrongHostError: `Host` (or, from a declared proxy, `X-Forwarded-Host`) is no name of ours.
        UndeclaredProxyError: it was handed on, and `proxy_hops` is 0 or the peer none of `proxy_addresses`.
    """
    if is_handed_on() and not (settings.proxy_hops and _is_of_proxies(settings)):
        raise UndeclaredProxyError
    if host_name(flask.request.host) not in settings.host_names:
        raise WrongHostError


def _is_of_proxies(settings: Settings) -> bool:
    """Whether the connection itself, whatever its headers say, comes from where our proxies stand."""
    environ = flask.request.environ
    before: Mapping[str, str] = environ.get("werkzeug.proxy_fix.orig", environ)
    try:
        peer = ipaddress.ip_address(before.get("REMOTE_ADDR", ""))
    except ValueError:
        return not before.get("REMOTE_ADDR")  # a socket of this host
    return any(peer in network for network in settings.proxy_networks)


def is_handed_on() -> bool:
    """Whether anything tells that a proxy stands between the viewer and us."""
    headers = flask.request.headers
    return (
        any(name in headers for name in HANDED_ON)
        or any(name.title().startswith(HANDED_ON_START) for name, _ in headers)
        or flask.request.environ.get("SERVER_PROTOCOL") in OLD_PROTOCOLS
    )


def is_from_this_host() -> bool:
    """Whether the request was made on the host itself, and not handed on by a proxy there."""
    address = ipaddress.ip_address(flask.request.remote_addr or "0.0.0.0")  # noqa: S104
    return address.is_loopback and not is_handed_on()
