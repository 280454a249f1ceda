"""The pages outside the dashboard: sign in, and set another password."""

from collections.abc import Sequence
from urllib.parse import quote

from data.text import text
from layouts.document import document, field, hidden
from layouts.markup import Node, h


def login_page(wanted: str, said: str) -> str:
    """Name and password; `wanted` is where to go afterwards."""
    return _page(
        text("login.title"),
        "/login",
        said,
        text("login.enter"),
        [
            hidden("next", wanted),
            field("account_name", text("login.name"), complete="username"),
            field("password", text("login.password"), complete="current-password", kind="password"),
        ],
    )


def single_sign_on_page(wanted: str, said: str) -> str:
    """One button that leads to the organisation's provider."""
    address = f"/oidc/start?next={quote(wanted)}"
    return document(
        text("login.title"),
        [
            h("h1", {}, text("app.name")),
            h("h2", {}, text("login.title")),
            h("p", {"className": "told told-fail", "role": "alert"}, said) if said else None,
            h("p", {}, h("a", {"className": "button filled", "href": address}, text("login.single"))),
        ],
        "sign-in",
    )


def password_page(token: str, said: str) -> str:
    """The old and the new password."""
    return _page(
        text("login.change_title"),
        "/password",
        said,
        text("login.change"),
        [
            hidden("csrf_token", token),
            field("old", text("login.old"), complete="current-password", kind="password"),
            field("new", text("login.new"), complete="new-password", kind="password"),
            h("p", {"className": "src"}, text("login.rule")),
        ],
    )


def account_strip(person: str, role: str, token: str, links: Sequence[tuple[str, str]], *, has_password: bool) -> Node:
    """Where one may go, who is signed in, and the way out; stands above every page."""
    places = [h("a", {"href": path, "key": path}, name) for path, name in links]
    if not person:
        return h("div", {"className": "account-strip"}, *places) if places else None
    return h(
        "div",
        {"className": "account-strip"},
        *places,
        h("span", {"className": "who"}, text("login.signed_in", person=person, role=role)),
        h("a", {"href": "/password"}, text("login.change_title")) if has_password else None,
        h(
            "form",
            {"method": "post", "action": "/logout"},
            hidden("csrf_token", token),
            h("button", {"className": "plain", "type": "submit"}, text("login.leave")),
        ),
    )


def _page(title: str, action: str, said: str, button: str, fields: list[Node]) -> str:
    return document(
        title,
        [
            h("h1", {}, text("app.name")),
            h("h2", {}, title),
            h("p", {"className": "told told-fail", "role": "alert"}, said) if said else None,
            h(
                "form",
                {"method": "post", "action": action},
                *fields,
                h("button", {"className": "button filled", "type": "submit"}, button),
            ),
        ],
        "sign-in",
    )
