"""The pages outside the dashboard: sign in, and set another password."""

from urllib.parse import quote

from data.text import text
from layouts.components.elements import block, link_to, paragraph, run
from layouts.components.forms import account_field, hidden_field, plain_form, post_form, submit_button
from layouts.document import FORGET, door_document
from layouts.markup import Node


def login_page(address: str, message: str, *, asks_code: bool) -> str:
    """Name and password, and a code where accounts have a second factor; `address` is where to go afterwards."""
    code = account_field("code", text("login.code"), complete="one-time-code", required=False, longest=40)
    form = plain_form(
        "/login",
        hidden_field("next", address),
        account_field("account_name", text("login.name"), complete="username"),
        account_field("password", text("login.password"), complete="current-password", kind="password"),
        code if asks_code else None,
        submit_button(text("login.enter")),
    )
    return door_document(text("login.title"), form, message=message, scripts=[FORGET])


def single_sign_on_page(address: str, message: str) -> str:
    """One button that leads to the organisation's provider."""
    start = f"/oidc/start?next={quote(address)}"
    button = link_to(text("login.single"), href=start, look="button filled", stays=False)
    return door_document(text("login.title"), paragraph(button), message=message, scripts=[FORGET])


def password_page(token: str, message: str) -> str:
    """The old and the new password, and the way to the second factor."""
    form = post_form(
        "/password",
        token,
        account_field("old", text("login.old"), complete="current-password", kind="password"),
        account_field("new", text("login.new"), complete="new-password", kind="password"),
        paragraph(text("login.rule"), look="src"),
        submit_button(text("login.change")),
        paragraph(link_to(text("second_factor.title"), href="/second-factor", stays=False)),
    )
    return door_document(text("login.change_title"), form, message=message)


def account_strip(person: str, role: str, token: str, *, has_password: bool) -> Node:
    """Who is signed in, and the way out; stands above every page."""
    return block(
        run(text("login.signed_in", person=person, role=role), look="who"),
        link_to(text("login.change_title"), href="/password", stays=False) if has_password else None,
        link_to(text("privacy.title"), href="/privacy", stays=False),
        post_form("/logout", token, submit_button(text("login.leave"), look="plain")),
        look="account-strip",
    )
