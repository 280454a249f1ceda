"""The administrator's accounts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from data.store.accounts import Account
from data.text import text
from layouts import formatting
from layouts.document import DRAFTS, document, field, hidden
from layouts.markup import Node, h


@dataclass(frozen=True)
class Choices:
    """What a new account may be (roles, units by code), and what units are and were called."""

    roles: Sequence[tuple[str, str]]
    units: Sequence[tuple[str, str]]
    units_ever: Mapping[str, str]
    has_provider: bool
    """Whether people sign in at the organisation's provider."""


def accounts_page(accounts: Sequence[Account], choices: Choices, token: str, strip: Node, said: str) -> str:
    """Every account with its role and scope, and the form for another."""
    roles, units = dict(choices.roles), choices.units_ever
    rows = [
        h(
            "tr",
            {"key": a.account_name},
            h("td", {}, a.account_name),
            h("td", {}, a.person),
            h("td", {}, roles[a.role_code]),
            h("td", {}, "、".join([*(units.get(c, c) for c in a.district_codes), *a.school_codes]) or formatting.NONE),
            h("td", {}, text("accounts.disabled") if a.is_disabled else text("accounts.enabled")),
            h("td", {}, _disable(a.account_name, token) if not a.is_disabled else ""),
            h("td", {}, _reset(a.account_name, token)),
            h("td", {}, _bind(a, token)) if choices.has_provider else None,
        )
        for a in accounts
    ]
    columns = ["name", "person", "role", "scope", "state", "disable", "reset"]
    heads = [
        h("th", {"scope": "col"}, text(f"accounts.column.{name}"))
        for name in (*columns, *(["identity"] if choices.has_provider else []))
    ]
    return document(
        text("accounts.title"),
        [
            h("h1", {}, text("accounts.title")),
            h("p", {"className": "told", "role": "status"}, said) if said else None,
            h(
                "div",
                {"className": "scroll-x"},
                h("table", {"className": "plain-table"}, h("thead", {}, h("tr", {}, *heads)), h("tbody", {}, *rows)),
            ),
            h("h2", {}, text("accounts.new")),
            _new_form(choices, token),
        ],
        "office",
        strip=strip,
        scripts=[DRAFTS],
    )


def _disable(name: str, token: str) -> Node:
    """Opens on request and says what follows, before anything happens."""
    return h(
        "details",
        {},
        h("summary", {}, text("accounts.disable")),
        h(
            "form",
            {"method": "post", "action": "/accounts", "className": "stacked"},
            hidden("csrf_token", token),
            hidden("action", "disable"),
            hidden("account_name", name),
            h("p", {}, text("accounts.disable_means")),
            h("button", {"className": "button", "type": "submit"}, text("accounts.disable_confirm")),
        ),
    )


def _reset(name: str, token: str) -> Node:
    return h(
        "form",
        {"method": "post", "action": "/accounts", "className": "in-row"},
        hidden("csrf_token", token),
        hidden("action", "reset"),
        hidden("account_name", name),
        h(
            "input",
            {
                "name": "password",
                "type": "password",
                "autoComplete": "new-password",
                "required": True,
                "aria-label": text("accounts.first_password"),
            },
        ),
        h("button", {"className": "plain", "type": "submit"}, text("accounts.reset")),
    )


def _bind(account: Account, token: str) -> Node:
    """Who the account is at the provider; another number, or none until the next sign-in there."""
    return h(
        "form",
        {"method": "post", "action": "/accounts", "className": "in-row"},
        hidden("csrf_token", token),
        hidden("action", "bind"),
        hidden("account_name", account.account_name),
        h(
            "input",
            {
                "name": "subject",
                "value": account.subject or "",
                "maxLength": 255,
                "autoComplete": "off",
                "aria-label": text("accounts.column.identity"),
            },
        ),
        h("button", {"className": "plain", "type": "submit"}, text("accounts.bind")),
    )


def _new_form(choices: Choices, token: str) -> Node:
    roles = [h("option", {"value": code, "key": code}, name) for code, name in choices.roles]
    units = [h("option", {"value": code, "key": code}, name) for code, name in choices.units]
    return h(
        "form",
        {"method": "post", "action": "/accounts", "className": "office-form"},
        hidden("csrf_token", token),
        hidden("action", "create"),
        field("account_name", text("accounts.column.name"), longest=40),
        field("person", text("accounts.column.person"), longest=40),
        h("label", {}, h("span", {}, text("accounts.column.role")), h("select", {"name": "role_code"}, *roles)),
        h(
            "label",
            {},
            h("span", {}, text("accounts.unit")),
            h("select", {"name": "district_code"}, h("option", {"value": ""}, formatting.NONE), *units),
        ),
        field("school_codes", text("accounts.schools"), is_required=False, longest=2000),
        field("password", text("accounts.first_password"), kind="password", complete="new-password"),
        h("p", {"className": "src"}, text("login.rule")),
        field("subject", text("accounts.subject"), is_required=False, longest=255) if choices.has_provider else None,
        h("button", {"className": "button filled", "type": "submit"}, text("accounts.create")),
    )
