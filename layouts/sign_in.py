"""The pages outside the dashboard: sign in, and set another password."""

from html import escape

from data.text import text
from layouts.markup import Node, h, to_html

PAGE = """<!DOCTYPE html><html lang="zh-CN"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1"><title>{title}</title>
<link rel="stylesheet" href="/assets/tokens.css"><link rel="stylesheet" href="/assets/app.css">
<link rel="stylesheet" href="/assets/pages.css"></head>
<body><main class="sign-in">{body}</main></body></html>"""


def login_page(wanted: str, said: str) -> str:
    """Name and password; `wanted` is where to go afterwards."""
    return _page(text("login.title"), "/login", said, text("login.enter"), [
        _hidden("next", wanted),
        _field("account_name", text("login.name"), "username"),
        _field("password", text("login.password"), "current-password", kind="password"),
    ])  # fmt: skip


def password_page(token: str, said: str) -> str:
    """The old and the new password."""
    return _page(text("login.change_title"), "/password", said, text("login.change"), [
        _hidden("csrf_token", token),
        _field("old", text("login.old"), "current-password", kind="password"),
        _field("new", text("login.new"), "new-password", kind="password"),
        h("p", {"className": "src"}, text("login.rule")),
    ])  # fmt: skip


def account_strip(person: str, role: str, token: str) -> Node:
    """Who is signed in, and the way out; stands above every page."""
    return h(
        "div", {"className": "account-strip"},
        h("span", {}, text("login.signed_in", person=person, role=role)),
        h("a", {"href": "/password"}, text("login.change_title")),
        h("form", {"method": "post", "action": "/logout"}, _hidden("csrf_token", token),
          h("button", {"className": "plain", "type": "submit"}, text("login.leave"))),
    )  # fmt: skip


def _page(title: str, action: str, said: str, button: str, fields: list[Node]) -> str:
    body = [
        h("h1", {}, text("app.name")), h("h2", {}, title),
        h("p", {"className": "said said-fail", "role": "alert"}, said) if said else None,
        h("form", {"method": "post", "action": action}, *fields,
          h("button", {"className": "button filled", "type": "submit"}, button)),
    ]  # fmt: skip
    return PAGE.format(title=escape(title), body=to_html([n for n in body if n is not None]))


def _hidden(name: str, value: str) -> Node:
    return h("input", {"type": "hidden", "name": name, "value": value})


def _field(name: str, label: str, complete: str, *, kind: str = "text") -> Node:
    return h("label", {}, h("span", {}, label),
             h("input", {"name": name, "type": kind, "required": True, "autoComplete": complete,
                         "maxLength": 200}))  # fmt: skip
