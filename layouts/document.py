"""Plain documents outside the dashboard: sign in, returns of offices, accounts, failures."""

import hashlib
from collections.abc import Sequence
from functools import cache
from html import escape

from data.settings import ROOT
from data.text import text
from layouts.assets import style_address
from layouts.markup import Node, h, to_html

ICON = (
    "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16'%3E"
    "%3Crect width='16' height='16' rx='3' fill='%231f3a5f'/%3E"
    "%3Cpath d='M4 11V8h2v3zm3 0V5h2v6zm3 0V3h2v8z' fill='%23fff'/%3E%3C/svg%3E"
)  # in the page: a file would be asked for again at every change of the address
PAGE = """<!DOCTYPE html><html lang="zh-CN" translate="no"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1"><title>{title}</title>
<link rel="icon" href="{icon}">{styles}{scripts}</head>
<body>{strip}<main class="{class_name}">{body}</main></body></html>"""
DRAFTS = "/assets/boot/drafts.js"
"""Keeps what is typed into the forms of a page until it is taken."""
SCRIPT = '<script src="{}" defer></script>'
STYLE = '<link rel="stylesheet" href="{}">'


@cache
def versioned(address: str) -> str:
    """The address of an asset of ours with a mark of its content, so that a browser may keep it."""
    content = (ROOT / address.removeprefix("/")).read_bytes()
    return f"{address}?v={hashlib.sha256(content).hexdigest()[:8]}"


def document(
    title: str, body: Sequence[Node], class_name: str, *, strip: Node = None, scripts: Sequence[str] = ()
) -> str:
    """A whole HTML page; `strip` stands above it."""
    return PAGE.format(
        title=escape(title),
        icon=ICON,
        class_name=class_name,
        strip=to_html([strip] if strip else []),
        body=to_html([n for n in body if n is not None]),
        styles=STYLE.format(style_address()),
        scripts="".join(SCRIPT.format(versioned(address)) for address in scripts),
    )


def message_document(title: str, words: str, number: str, link: tuple[str, str]) -> str:
    """Says what happened, what to do, the number to quote, and where to go (label, href)."""
    return document(
        title,
        [
            h("h1", {}, text("app.name")),
            h("h2", {}, title),
            h("p", {}, words),
            h("p", {"className": "src"}, number),
            h("p", {}, h("a", {"className": "button", "href": link[1]}, link[0])),
        ],
        "sign-in",
    )


def hidden(name: str, value: str) -> Node:
    """A field that the form carries unseen."""
    return h("input", {"type": "hidden", "name": name, "value": value})


def field(
    name: str, label: str, *, kind: str = "text", complete: str = "off", is_required: bool = True, longest: int = 200
) -> Node:
    """A labelled text field."""
    return h(
        "label",
        {},
        h("span", {}, label),
        h(
            "input",
            {
                "name": name,
                "type": kind,
                "required": is_required or None,
                "autoComplete": complete,
                "maxLength": longest,
            },
        ),
    )
