"""Plain documents outside the dashboard: sign in, returns of offices, accounts, failures."""

import hashlib
from collections.abc import Sequence
from functools import cache
from html import escape

from data.settings import ROOT
from data.text import text
from layouts.assets import style_address
from layouts.components.elements import link_to, paragraph
from layouts.components.sections import heading
from layouts.markup import Node, to_html

ICON = (
    "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16'%3E"
    "%3Crect width='16' height='16' rx='3' fill='%231f3a5f'/%3E"
    "%3Cpath d='M4 11V8h2v3zm3 0V5h2v6zm3 0V3h2v8z' fill='%23fff'/%3E%3C/svg%3E"
)  # in the page: a file would be asked for again at every change of the address
PAGE = """<!DOCTYPE html><html lang="zh-CN" translate="no"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1"><title>{title}</title>
<link rel="icon" href="{icon}">{styles}{scripts}</head>
<body>{account_bar}<main class="{class_name}" id="content" tabindex="-1">{body}</main></body></html>"""
DRAFTS = "/assets/boot/drafts.js"
"""Keeps what is typed into the forms of a page until it is taken."""
DAYS = "/assets/boot/days.js"
WAITING = "/assets/boot/waiting.js"
"""Sends a form whose answer takes a while once, and says so."""
FORGET = "/assets/boot/visit-forget.js"
"""Takes the kept page of visits from the device where nobody is signed in."""
SCRIPT = '<script src="{}" defer></script>'
MODULE = '<script type="module" src="{}"></script>'
STYLE = '<link rel="stylesheet" href="{}">'


@cache
def versioned(address: str) -> str:
    """The address of an asset of ours with a mark of its content, so that a browser may keep it."""
    content = (ROOT / address.removeprefix("/")).read_bytes()
    return f"{address}?v={hashlib.sha256(content).hexdigest()[:8]}"


def document(
    title: str,
    body: Sequence[Node],
    class_name: str,
    *,
    account_bar: Node = None,
    scripts: Sequence[str] = (),
    modules: Sequence[str] = (),
) -> str:
    """A whole HTML page; `account_bar` stands above it; `modules` are addresses that carry their version."""
    return PAGE.format(
        title=escape(title),
        icon=ICON,
        class_name=class_name,
        account_bar=to_html([old_browser_note(), *([account_bar] if account_bar else [])]),
        body=to_html([n for n in body if n is not None]),
        styles=STYLE.format(style_address()),
        scripts="".join(
            [*(SCRIPT.format(versioned(a)) for a in scripts), *(MODULE.format(address) for address in modules)]
        ),
    )


def old_browser_note() -> Node:
    """Says what a browser before Chromium 105 may draw badly; a style sheet that newer ones know takes it away."""
    return paragraph(text("app.old_browser"), look="old-browser")


def door_document(title: str, *body: Node, message: str = "", scripts: Sequence[str] = ()) -> str:
    """A page outside the dashboard, under the product's name; `message` says why one is still here."""
    alert = alert_line(message, is_failure=True, role="alert") if message else None
    return document(
        title, [heading(text("app.name"), level=1), heading(title), alert, *body], "sign-in", scripts=scripts
    )


def message_document(title: str, message: str, number: str, link: tuple[str, str]) -> str:
    """Says what happened, what to do, the number to quote, and where to go (label, href)."""
    label, href = link
    way_on = link_to(label, href=href, look="button", stays=False)
    return door_document(title, paragraph(message), paragraph(number, look="src"), paragraph(way_on))


def alert_line(message: str, *, is_failure: bool = False, role: str | None = None) -> Node:
    """A sentence that must be seen."""
    return paragraph(message, look="told told-fail" if is_failure else "told", role=role)
