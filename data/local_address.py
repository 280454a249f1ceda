"""What an address of this site is: the one answer for every address that comes from outside."""

import re
from urllib.parse import unquote, urlsplit

LONGEST = 1000
"""Characters; the longest address that a page of ours makes has some four hundred."""
MOST_ENCODINGS = 3
_PLAIN = re.compile(r"/(?!/)[^\s<>\"'\\`\ufffd]*")
_SLASHES = re.compile(r"[\uff0f\uff3c\u2044\u2215\u29f8\u29f5\ufe68]")  # drawn as / or \
_DOTS = re.compile(r"/\.{1,2}(?:/|$)")


def local_address(address: str) -> str | None:
    r"""The address as it was asked for, if it is a path (and query) of this site; else None.

    A browser drops tabs and line breaks, reads `\` as `/` and `//name` as another site, and a proxy
    may decode once more than we do: none of that may stand in it, plain or percent-encoded.
    """
    if len(address) > LONGEST or not _is_plain(address):
        return None
    path = address.partition("?")[0].partition("#")[0]
    for _ in range(MOST_ENCODINGS):
        path = unquote(path)
        if not _is_plain(path) or _SLASHES.search(path) or _DOTS.search(path):
            return None
    return address if path == unquote(path) else None


def pasted_address(address: str) -> str | None:
    """The same of what somebody copied from the browser's bar; the host there is left out."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return None
    if parts.scheme not in ("http", "https") or not parts.netloc or not address.isprintable():
        return local_address(address)
    return local_address((parts.path or "/") + (f"?{parts.query}" if parts.query else ""))


def host_name(host: str) -> str:
    """The name in `name:port`, as names are compared; empty for what is none."""
    try:
        return urlsplit(f"//{host}").hostname or ""
    except ValueError:
        return ""


def _is_plain(address: str) -> bool:
    return address.isprintable() and _PLAIN.fullmatch(address) is not None
