"""One account at the administrator's desk: what it is, what a change of it would mean, and where it is signed in."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from data.store.account_changes import AccountChange
from data.store.account_effects import Effect, Place
from data.store.accounts import Account
from data.store.new_accounts import is_erased
from data.store.open_sessions import OpenSession
from data.store.second_factor import Factor
from data.text import text
from layouts import formatting
from layouts.components.data_table import Column, Kind, cell, column
from layouts.components.elements import block, bullet_list, disclosure, link_to, list_item, pairs, paragraph
from layouts.components.forms import choice_field, date_field, field, hidden_field, post_form, submit_button
from layouts.components.sections import heading
from layouts.document import DAYS, alert_line, document
from layouts.markup import Node
from layouts.office.accounts import Choices, department_field, state_of, validity_words
from layouts.office.table import office_table


@dataclass(frozen=True)
class Preview:
    """A change that was looked at: the account as it would be and what that means.

    `is_new_today` / `is_out_today`: whether the holder may sign in today only after it, or no more.
    """

    before: Account
    after: Account
    effect: Effect
    ends_sessions: bool
    is_new_today: bool
    is_out_today: bool
    shuts: bool = False
    """Whether it is the account's end, not another form of it."""


@dataclass(frozen=True)
class AccountView:
    """The account, what it may become, what was typed, and where it is signed in; `wait` in seconds."""

    account: Account
    today: date
    choices: Choices
    typed: AccountChange
    preview: Preview | None
    places: Sequence[Place]
    sessions: Sequence[OpenSession]
    wait: int
    factor: Factor | None


def account_page(view: AccountView, token: str, account_bar: Node, message: str, *, is_failure: bool) -> str:
    """What one account is, the form that changes it, and its sessions."""
    account = view.account
    title = text("accounts.one.title", name=account.account_name, person=account.person)
    return document(
        title,
        [
            paragraph(link_to(text("accounts.one.back"), href="/accounts", stays=False)),
            heading(title, level=1),
            alert_line(message, is_failure=is_failure, role="status") if message else None,
            _facts(view),
            *_preview(view, token),
            heading(text("accounts.one.edit")),
            _edit_form(view, token),
            heading(text("accounts.one.sign_in")),
            *_sign_in(view, token),
            *_erase(view, token),
        ],
        "office",
        account_bar=account_bar,
        scripts=[DAYS],
    )


def _form(view: AccountView, token: str, action: str, *fields: Node, look: str) -> Node:
    address = f"/accounts/{view.account.account_name}"
    return post_form(address, token, hidden_field("action", action), *fields, look=look)


def _facts(view: AccountView) -> Node:
    account = view.account
    rows: list[tuple[Node, Node]] = [
        (text("accounts.one.state"), state_of(account, view.today)),
        (text("accounts.one.role"), dict(view.choices.roles)[account.role_code]),
        (text("accounts.one.scope"), _places(view.places, view.choices.units_ever) or formatting.NONE),
        (text("accounts.department"), _department(view, account) or formatting.NONE),
        (text("accounts.one.validity"), validity_words(account)),
    ]
    return pairs(rows, look="account-facts")


def _department(view: AccountView, account: Account) -> str:
    return dict(view.choices.departments).get(account.department_code, account.department_code)


def _edit_form(view: AccountView, token: str) -> Node:
    typed, offered = view.typed, [("", formatting.NONE), *view.choices.units]
    known = [code for code in typed.district_codes if code in dict(view.choices.units)]
    units = [
        choice_field("district_code", text(f"accounts.one.{'another_unit' if n else 'unit'}"), offered, chosen=code)
        for n, code in enumerate([*known, ""])
    ]
    schools = " ".join(typed.school_codes)
    return _form(
        view,
        token,
        "preview",
        hidden_field("version", str(view.account.version)),
        field("person", text("accounts.column.person"), value=typed.person, autoComplete="off", maxLength=40),
        choice_field("role_code", text("accounts.column.role"), view.choices.roles, chosen=typed.role_code),
        *units,
        field("school_codes", text("accounts.one.schools"), value=schools, required=False, maxLength=25_000),
        department_field(view.choices, typed.department_code),
        date_field("valid_from", text("accounts.one.valid_from"), value=_day(typed.valid_from), required=False),
        date_field("valid_to", text("accounts.one.valid_to"), value=_day(typed.valid_to), required=False),
        submit_button(text("accounts.one.preview")),
        look="office-form",
    )


def _preview(view: AccountView, token: str) -> list[Node]:
    """What changes for whom, and the button that does it; nothing before a change was looked at."""
    preview = view.preview
    if preview is None:
        return []
    lines = [list_item(effect, key=str(n)) for n, effect in enumerate(_effects(view, preview))]
    title = heading(text("accounts.one.preview_title"))
    if preview.shuts:
        means = list_item(text("accounts.disable_means"), key="means")
        return [title, bullet_list([means, *lines], look="effects"), _shut_form(view, token)]
    typed = view.typed
    form = _form(
        view,
        token,
        "change",
        hidden_field("version", str(typed.version)),
        hidden_field("person", typed.person),
        hidden_field("role_code", typed.role_code),
        *[hidden_field("district_code", code) for code in typed.district_codes],
        hidden_field("school_codes", " ".join(typed.school_codes)),
        hidden_field("department_code", typed.department_code),
        hidden_field("valid_from", _day(typed.valid_from)),
        hidden_field("valid_to", _day(typed.valid_to)),
        submit_button(text("accounts.one.confirm")),
        link_to(text("accounts.one.leave"), href=f"/accounts/{view.account.account_name}", look="button", stays=False),
        look="in-row",
    )
    return [title, bullet_list(lines, look="effects"), form]


def _shut_form(view: AccountView, token: str) -> Node:
    leave = link_to(text("accounts.one.leave"), href="/accounts", look="button", stays=False)
    return _form(view, token, "disable", submit_button(text("accounts.disable_confirm")), leave, look="in-row")


def _effects(view: AccountView, preview: Preview) -> list[str]:
    before, after, effect, names = preview.before, preview.after, preview.effect, view.choices.units_ever
    where, validity = _places(view.places, names), (validity_words(before), validity_words(after))
    is_other_scope = bool(effect.sees or effect.sees_no_more)
    said: list[tuple[bool, str, dict[str, object]]] = [
        (before.person != after.person, "renamed", {"before": before.person, "after": after.person}),
        (bool(effect.may), "may", {"what": "、".join(effect.may)}),
        (bool(effect.may_no_more), "may_no_more", {"what": "、".join(effect.may_no_more)}),
        (bool(effect.sees), "sees", {"where": _places(effect.sees, names)}),
        (bool(effect.sees_no_more), "sees_no_more", {"where": _places(effect.sees_no_more, names)}),
        (is_other_scope and bool(where), "scope", {"where": where}),
        (is_other_scope and not where, "sees_nothing", {}),
        (
            before.department_code != after.department_code,
            "department",
            {
                "before": _department(view, before) or formatting.NONE,
                "after": _department(view, after) or formatting.NONE,
            },
        ),
        (validity[0] != validity[1], "validity", {"before": validity[0], "after": validity[1]}),
        (preview.is_out_today and not preview.shuts, "out_today", {}),
        (preview.is_new_today, "in_today", {}),
        (preview.ends_sessions and bool(view.sessions), "ends", {"count": formatting.count(len(view.sessions))}),
    ]
    left = [
        text("accounts.effect.nobody_left", place=_places([place], names), what="、".join(what))
        for place, what in effect.nobody_left
    ]
    return [
        text(f"accounts.effect.{key}", person=after.person, **details) for is_so, key, details in said if is_so
    ] + left


def _sign_in(view: AccountView, token: str) -> list[Node]:
    unlock = _form(view, token, "unlock", submit_button(text("accounts.one.unlock"), look="button"), look="in-row")
    waits = text("accounts.one.waits", seconds=view.wait) if view.wait else text("accounts.one.waits_not")
    wait_and_factor = [paragraph(waits), unlock if view.wait else None, *_factor(view, token)]
    if not view.sessions:
        return [*wait_and_factor, paragraph(text("accounts.one.no_sessions"))]
    title = text("accounts.one.sessions", count=formatting.count(len(view.sessions)))

    def end(session: OpenSession) -> Node:
        button = submit_button(text("accounts.one.end"), look="plain")
        return _form(view, token, "end_session", hidden_field("session", session.handle), button, look="in-row")

    columns: list[Column[OpenSession]] = [
        column("accounts.session.", "started", lambda s: formatting.moment(s.started_at), Kind.MOMENT),
        column("accounts.session.", "seen", lambda s: formatting.moment(s.seen_at), Kind.MOMENT),
        column("accounts.session.", "address", lambda s: s.address or formatting.NONE),
        column("accounts.session.", "end", lambda s: cell(end(s))),
    ]
    end_all = submit_button(text("accounts.one.end_all"), look="button")
    return [
        *wait_and_factor,
        block(paragraph(title), office_table(columns, view.sessions, name=title, key=lambda s: s.handle)),
        _form(view, token, "end_sessions", end_all, look="in-row"),
    ]


def _factor(view: AccountView, token: str) -> list[Node]:
    """Whether a second factor is in use, and how one that was lost is taken off."""
    if view.factor is None or view.factor.confirmed_at is None:
        return []
    since = formatting.moment(view.factor.confirmed_at)
    left = formatting.count(view.factor.recovery_left)
    confirm = submit_button(text("accounts.one.drop_factor_confirm"), look="button")
    means = paragraph(text("accounts.one.drop_factor_means"))
    drop = _form(view, token, "drop_factor", means, confirm, look="stacked")
    return [
        paragraph(text("second_factor.in_use", since=since, count=left)),
        disclosure(text("accounts.one.drop_factor"), drop),
    ]


def _erase(view: AccountView, token: str) -> list[Node]:
    """How the person of a shut account is let go of, two administrators asking for it."""
    if not view.account.is_disabled or is_erased(view.account.account_name):
        return []
    means = paragraph(text("accounts.one.erase_means"))
    confirm = submit_button(text("accounts.one.erase_confirm"), look="button")
    return [disclosure(text("accounts.one.erase"), _form(view, token, "erase", means, confirm, look="stacked"))]


def _places(places: Sequence[Place], units: Mapping[str, str]) -> str:
    return "、".join(_place(place, units) for place in places)


def _place(place: Place, units: Mapping[str, str]) -> str:
    match place.kind:
        case "city":
            return text("accounts.one.all")
        case "unit":
            return units.get(place.code, place.code)
        case "schools":
            return text("accounts.one.schools_of", unit=units.get(place.code, place.code))
        case _:
            return text("accounts.one.school", code=place.code)


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""
