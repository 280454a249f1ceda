"""The administrator's accounts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from data.store.accounts import Account
from data.text import text
from layouts import formatting
from layouts.components.data_table import Cell, Column, cell, column
from layouts.components.elements import link_to, paragraph
from layouts.components.forms import account_field, bare_field, choice_field, hidden_field, post_form, submit_button
from layouts.components.sections import heading
from layouts.document import DRAFTS, alert_line, document
from layouts.markup import Node
from layouts.office.account_table import AccountPart, part_head, scope_words
from layouts.office.table import office_table


@dataclass(frozen=True)
class Choices:
    """What a new account may be (roles, units by code), and what units are and were called."""

    roles: Sequence[tuple[str, str]]
    units: Sequence[tuple[str, str]]
    units_ever: Mapping[str, str]
    has_provider: bool
    """Whether people sign in at the organisation's provider."""
    today: date
    departments: Sequence[tuple[str, str]] = ()


NAMED_UNITS = 5


@dataclass(frozen=True)
class Lacking:
    """Roles that nobody who can sign in has, and units for which nobody can hand in; by name."""

    roles: Sequence[str] = ()
    units: Sequence[str] = ()


def accounts_page(
    part: AccountPart, choices: Choices, token: str, account_bar: Node, message: str, lacking: Lacking
) -> str:
    """What accounts are lacking, a part of the accounts with role and scope, and the form for another."""
    title = text("accounts.title")
    return document(
        title,
        [
            heading(title, level=1),
            alert_line(message, role="status") if message else None,
            paragraph(link_to(text("account_list.title"), href="/account-list", stays=False)),
            *_lacking(lacking),
            *part_head(part),
            _table(part.accounts, choices, token) if part.accounts else None,
            heading(text("accounts.new")),
            _new_form(choices, token),
        ],
        "office",
        account_bar=account_bar,
        scripts=[DRAFTS],
    )


def _lacking(lacking: Lacking) -> list[Node]:
    named, rest = "、".join(lacking.units[:NAMED_UNITS]), lacking.units[NAMED_UNITS:]
    count = formatting.count(len(lacking.units))
    units = text("accounts.no_unit_many", count=count, units=named) if rest else text("accounts.no_unit", units=named)
    sentences = [
        text("accounts.no_role", roles="、".join(lacking.roles)) if lacking.roles else "",
        units if lacking.units else "",
    ]
    return [paragraph(sentence, look="src", key=sentence) for sentence in sentences if sentence]


def _table(accounts: Sequence[Account], choices: Choices, token: str) -> Node:
    roles, units = dict(choices.roles), choices.units_ever

    def disable(account: Account) -> Cell | str:
        return "" if account.is_disabled else cell(_disable(account.account_name))

    columns: list[Column[Account]] = [
        column("accounts.column.", "name", lambda a: cell(_link(a.account_name))),
        column("accounts.column.", "person", lambda a: a.person),
        column("accounts.column.", "role", lambda a: roles[a.role_code]),
        column("accounts.column.", "scope", lambda a: scope_words(a, units)),
        column("accounts.column.", "state", lambda a: state_of(a, choices.today)),
        column("accounts.column.", "disable", disable),
        column("accounts.column.", "reset", lambda a: cell(_reset(a.account_name, token))),
    ]
    if choices.has_provider:
        columns.append(column("accounts.column.", "identity", lambda a: cell(_bind(a, token))))
    return office_table(columns, accounts, name=text("accounts.title"), key=lambda a: a.account_name)


def _link(name: str) -> Node:
    return link_to(name, href=f"/accounts/{name}", stays=False)


def state_of(account: Account, today: date) -> str:
    """启用 or 停用; outside its validity, that too."""
    if account.is_disabled:
        return text("accounts.disabled")
    return text("accounts.enabled") if account.is_valid_on(today) else text("accounts.not_valid")


def validity_words(account: Account) -> str:
    """From when and until when an account is valid; 长期 where neither is said."""
    return days_words(account.valid_from, account.valid_to)


def days_words(valid_from: date | None, valid_to: date | None) -> str:
    """自…起至…; 长期 where neither is said."""
    begun = valid_from and text("accounts.one.from_day", day=valid_from.isoformat())
    over = valid_to and text("accounts.one.to_day", day=valid_to.isoformat())
    return "".join(filter(None, (begun, over))) or text("accounts.one.always")


def department_field(choices: Choices, chosen: str) -> Node:
    """The department of an account that answers for one."""
    return choice_field(
        "department_code", text("accounts.department"), [("", formatting.NONE), *choices.departments], chosen=chosen
    )


def _form(token: str, action: str, name: str, *fields: Node, look: str) -> Node:
    """A form that does something with the account of that name."""
    hidden = [hidden_field("action", action), hidden_field("account_name", name)]
    return post_form("/accounts", token, *hidden, *fields, look=look)


def _disable(name: str) -> Node:
    """Leads to what follows for whom, before anything happens."""
    return link_to(text("accounts.disable"), href=f"/accounts/{name}?step=disable", stays=False)


def _reset(name: str, token: str) -> Node:
    password = bare_field(
        "password", text("accounts.first_password"), type="password", autoComplete="new-password", required=True
    )
    return _form(token, "reset", name, password, submit_button(text("accounts.reset"), look="plain"), look="in-row")


def _bind(account: Account, token: str) -> Node:
    """Who the account is at the provider; another number, or none until the next sign-in there."""
    label, number = text("accounts.column.identity"), account.subject or ""
    subject = bare_field("subject", label, value=number, maxLength=255, autoComplete="off")
    bind = submit_button(text("accounts.bind"), look="plain")
    return _form(token, "bind", account.account_name, subject, bind, look="in-row")


def _new_form(choices: Choices, token: str) -> Node:
    subject = account_field("subject", text("accounts.subject"), required=False, longest=255)
    return post_form(
        "/accounts",
        token,
        hidden_field("action", "create"),
        account_field("account_name", text("accounts.column.name"), longest=40),
        account_field("person", text("accounts.column.person"), longest=40),
        choice_field("role_code", text("accounts.column.role"), choices.roles),
        choice_field("district_code", text("accounts.unit"), [("", formatting.NONE), *choices.units]),
        account_field("school_codes", text("accounts.schools"), required=False, longest=2000),
        department_field(choices, ""),
        account_field("password", text("accounts.first_password"), kind="password", complete="new-password"),
        paragraph(text("login.rule"), look="src"),
        subject if choices.has_provider else None,
        submit_button(text("accounts.create")),
        look="office-form",
    )
