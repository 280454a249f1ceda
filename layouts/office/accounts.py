"""The administrator's accounts and the auditor's log."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from data.store.accounts import Account
from data.store.audit import AuditEntry, ChainCheck
from data.text import text
from layouts import formatting
from layouts.document import document, field, hidden
from layouts.markup import Node, h


@dataclass(frozen=True)
class Choices:
    """What a new account may be: roles, and units by code."""

    roles: Sequence[tuple[str, str]]
    units: Sequence[tuple[str, str]]


def accounts_page(
    accounts: Sequence[Account], choices: Choices, token: str, strip: Node, said: str
) -> str:
    """Every account with its role and scope, and the form for another."""
    roles, units = dict(choices.roles), dict(choices.units)
    rows = [
        h("tr", {"key": a.account_name},
          h("td", {}, a.account_name), h("td", {}, a.person), h("td", {}, roles[a.role_code]),
          h("td", {}, "、".join([*(units.get(c, c) for c in a.district_codes), *a.school_codes])
            or formatting.NONE),
          h("td", {}, text("accounts.disabled" if a.is_disabled else "accounts.enabled")),
          h("td", {}, _act("disable", a.account_name, token) if not a.is_disabled else ""),
          h("td", {}, _reset(a.account_name, token)))
        for a in accounts
    ]  # fmt: skip
    heads = [h("th", {"scope": "col"}, text(f"accounts.column.{name}"))
             for name in ("name", "person", "role", "scope", "state", "disable",
                          "reset")]  # fmt: skip
    return document(text("accounts.title"), [
        h("h1", {}, text("accounts.title")),
        h("p", {"className": "told", "role": "status"}, said) if said else None,
        h("div", {"className": "scroll-x"},
          h("table", {"className": "plain-table"}, h("thead", {}, h("tr", {}, *heads)),
            h("tbody", {}, *rows))),
        h("h2", {}, text("accounts.new")), _new_form(choices, token),
    ], "office", strip=strip)  # fmt: skip


def _act(action: str, name: str, token: str) -> Node:
    return h("form", {"method": "post", "action": "/accounts"}, hidden("csrf_token", token),
             hidden("action", action), hidden("account_name", name),
             h("button", {"className": "plain", "type": "submit"},
               text(f"accounts.{action}")))  # fmt: skip


def _reset(name: str, token: str) -> Node:
    return h("form", {"method": "post", "action": "/accounts", "className": "in-row"},
             hidden("csrf_token", token), hidden("action", "reset"), hidden("account_name", name),
             h("input", {"name": "password", "type": "password", "autoComplete": "new-password",
                         "required": True, "aria-label": text("accounts.first_password")}),
             h("button", {"className": "plain", "type": "submit"},
               text("accounts.reset")))  # fmt: skip


def _new_form(choices: Choices, token: str) -> Node:
    roles = [h("option", {"value": code, "key": code}, name) for code, name in choices.roles]
    units = [h("option", {"value": code, "key": code}, name) for code, name in choices.units]
    return h(
        "form", {"method": "post", "action": "/accounts", "className": "office-form"},
        hidden("csrf_token", token), hidden("action", "create"),
        field("account_name", text("accounts.column.name"), longest=40),
        field("person", text("accounts.column.person"), longest=40),
        h("label", {}, h("span", {}, text("accounts.column.role")),
          h("select", {"name": "role_code"}, *roles)),
        h("label", {}, h("span", {}, text("accounts.unit")),
          h("select", {"name": "district_code"}, h("option", {"value": ""}, formatting.NONE),
            *units)),
        field("school_codes", text("accounts.schools"), is_required=False, longest=2000),
        field("password", text("accounts.first_password"), kind="password",
              complete="new-password"),
        h("p", {"className": "src"}, text("login.rule")),
        h("button", {"className": "button filled", "type": "submit"}, text("accounts.create")),
    )  # fmt: skip


def audit_page(
    entries: Sequence[AuditEntry], chain: ChainCheck, actions: Sequence[str], chosen: str,
    before: int | None, strip: Node,
) -> str:  # fmt: skip
    """The log, newest first; whether its chain is whole stands above it."""
    rows = [
        h("tr", {"key": str(e.sequence)},
          h("td", {"className": "num"}, str(e.sequence)),
          h("td", {"className": "num"}, formatting.moment(e.row.at)),
          h("td", {}, e.row.actor), h("td", {}, e.row.action), h("td", {}, e.subject_kind),
          h("td", {}, e.subject_id), h("td", {}, e.row.reason),
          h("td", {"className": "wrap"}, _changes(e)))
        for e in entries
    ]  # fmt: skip
    heads = [h("th", {"scope": "col"}, text(f"audit.column.{name}"))
             for name in ("sequence", "at", "actor", "action", "kind", "subject", "reason",
                          "change")]  # fmt: skip
    options = [h("option", {"value": a, "selected": a == chosen or None, "key": a}, a)
               for a in actions]  # fmt: skip
    state = (text("audit.whole", count=formatting.count(chain.entry_count))
             if chain.first_broken is None
             else text("audit.broken", sequence=str(chain.first_broken)))  # fmt: skip
    older = f"?action={chosen}&before={entries[-1].sequence}" if entries else ""
    return document(text("audit.title"), [
        h("h1", {}, text("audit.title")),
        h("p", {"className": "told" if chain.first_broken is None else "told told-fail",
                "role": "status"}, state),
        h("p", {"className": "src wrap"}, text("audit.head", hash=chain.head)),
        h("form", {"method": "get", "action": "/audit", "className": "in-row"},
          h("label", {}, h("span", {}, text("audit.column.action")),
            h("select", {"name": "action"}, h("option", {"value": ""}, text("audit.all")),
              *options)),
          h("button", {"className": "button", "type": "submit"}, text("audit.show"))),
        h("div", {"className": "scroll-x"},
          h("table", {"className": "plain-table"}, h("thead", {}, h("tr", {}, *heads)),
            h("tbody", {}, *rows))),
        h("p", {}, h("a", {"href": older, "className": "button"}, text("audit.older")))
        if older else None,
        h("p", {}, h("a", {"href": "/audit", "className": "button"}, text("audit.newest")))
        if before else None,
    ], "office", strip=strip)  # fmt: skip


def _changes(entry: AuditEntry) -> str:
    old, new = entry.row.before, entry.row.after
    names = dict.fromkeys((*old, *new))
    return "；".join(f"{n}：{_said(n, old)} → {_said(n, new)}" for n in names)


def _said(name: str, values: Mapping[str, Any]) -> str:
    """A kept value; an instant (`…_at`) as Beijing time."""
    value = values.get(name)
    if value and name.endswith("_at"):
        return formatting.moment(datetime.fromisoformat(str(value)))
    return formatting.NONE if value is None else str(value)
