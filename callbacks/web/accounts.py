"""`/accounts` for the administrator: forms, checked on the server."""

from collections.abc import Sequence
from urllib.parse import urlencode

import flask
from flask import Flask
from werkzeug.wrappers import Response

from callbacks.dependencies import Dependencies
from callbacks.rendering.binding import NotAllowedError
from callbacks.web.account_bar import office_strip
from callbacks.web.login import LONGEST
from callbacks.web.request_guard import csrf_token, session_cookie
from data.access import Permission, Viewer
from data.catalogue.access_tables import Role, RoleCapability
from data.catalogue.tables import District
from data.departments import departments_on
from data.importing.previous_return import SCHOOL_RETURN, returned_scopes
from data.settings import Settings
from data.store.accounts import (
    Account,
    create_account,
    disable_account,
    find_account,
    list_accounts,
    names_of_roles,
    reset_password,
)
from data.store.identities import bind_account
from data.store.new_accounts import MOST_SCHOOLS, NewAccount
from data.store.refusals import RefusedError
from data.text import text
from layouts.office.account_table import LONGEST_SEARCH, part_of
from layouts.office.accounts import Choices, Lacking, accounts_page
from queries import common_dimensions
from queries.reader import NoSnapshotError

DONE = ("create", "disable", "reset", "bind")


def add_accounts(server: Flask, deps: Dependencies, settings: Settings) -> None:
    """Add the page of the administrator."""

    def viewer_with(permission: Permission) -> Viewer:
        viewer = deps.current_viewer()
        if permission not in viewer.permissions:
            raise NotAllowedError(permission)
        return viewer

    def page(said: str = "") -> str:
        token = csrf_token(flask.request.cookies.get(session_cookie(settings), ""))
        choices = choices_of(deps, settings)
        accounts = list_accounts(deps.store)
        lacking = _lacking(deps, accounts, choices)
        asked = flask.request.args
        part = part_of(
            accounts,
            dict(choices.roles),
            choices.units_ever,
            asked.get("search", "").strip()[:LONGEST_SEARCH],
            asked.get("part", 1, type=int),
            asked.get("account_name", ""),
        )
        return accounts_page(part, choices, token, office_strip(deps, settings), said, lacking)

    @server.get("/accounts")
    def show_accounts() -> str:
        viewer_with(Permission.ACCOUNTS_MANAGE)
        return page(_done(deps))

    @server.post("/accounts")
    def change_accounts() -> str | Response | tuple[str, int]:
        viewer = viewer_with(Permission.ACCOUNTS_MANAGE)
        try:
            _carry_out(deps, settings, viewer)
        except RefusedError as error:
            return page(text(f"refused.{error.code}")), 400
        done = {name: flask.request.form.get(name, "") for name in ("action", "account_name")}
        return flask.redirect(f"/accounts?{urlencode(done)}")


def _lacking(deps: Dependencies, accounts: Sequence[Account], choices: Choices) -> Lacking:
    """The roles and units that no account in force is for; departments may go without."""
    held = [a for a in accounts if a.is_in_force(deps.today())]
    capabilities = deps.catalogue.rows(RoleCapability)
    handing_in = {c.role_code for c in capabilities if c.permission == Permission.RETURNS_SUBMIT}
    kinds = {r.role_code: r.scope_kind for r in deps.catalogue.rows(Role)}
    of_units = {
        code
        for account in held
        if account.role_code in handing_in and kinds[account.role_code] == "district"
        for code in account.district_codes
    }
    roles = {a.role_code for a in held} | {r.role_code for r in deps.catalogue.rows(Role) if r.department_level}
    return Lacking(
        [name for code, name in choices.roles if code not in roles],
        [name for code, name in choices.units if code not in of_units],
    )


def choices_of(deps: Dependencies, settings: Settings) -> Choices:
    """What an account may be today, and the names of all units there ever were."""
    offered, has_provider = units_offered(deps, settings), settings.login == "oidc"
    departments = [(d.department_code, d.name) for d in departments_on(deps.catalogue, deps.today())]
    return Choices(names_of_roles(deps.catalogue), offered, _units_ever(deps), has_provider, deps.today(), departments)


def units_offered(deps: Dependencies, settings: Settings) -> list[tuple[str, str]]:
    """Code and label of the units of today that report, and of others whose returns are here."""
    holding = {code for _, code in returned_scopes(settings.batches_folder, SCHOOL_RETURN)}
    return [
        (d.district_code, f"{d.name}（{d.district_code}）")
        for d in deps.catalogue.in_force(District, deps.today())
        if d.is_expected or d.district_code in holding
    ]


def _units_ever(deps: Dependencies) -> dict[str, str]:
    """The label of every unit by its code; one that is no more says until when it was."""
    said = {
        d.district_code: d.district_code
        if d.valid_to is None
        else text("accounts.until", unit=d.district_code, day=d.valid_to.isoformat())
        for d in deps.catalogue.rows(District)
    }
    return {d.district_code: f"{d.name}（{said[d.district_code]}）" for d in deps.catalogue.rows(District)}


def check_schools(deps: Dependencies, units: Sequence[str], schools: Sequence[str]) -> None:
    """Refuse schools that no return of the units names, once there are returns.

    Raises:
        RefusedError: `unknown_school`, or more than an account holds.
    """
    if len(schools) > MOST_SCHOOLS:
        raise RefusedError("bad_school_code")
    try:
        snapshot = deps.warehouse.current()
    except NoSnapshotError:
        return
    for code in schools if units else ():
        places = common_dimensions.school_place(snapshot, code)
        if not {p.district_code for p in places} & set(units):
            raise RefusedError("unknown_school")


def _done(deps: Dependencies) -> str:
    """What was done last, in words, as the address says it and the account bears out."""
    asked = flask.request.args
    account = find_account(deps.store, asked.get("account_name", "")[:LONGEST])
    action = asked.get("action", "")
    if account is None or action not in DONE or account.is_disabled != (action == "disable"):
        return ""
    return text(f"accounts.done.{action}", name=account.account_name, person=account.person)


def _carry_out(deps: Dependencies, settings: Settings, viewer: Viewer) -> None:
    form, now = flask.request.form, deps.now()
    name, password = form.get("account_name", ""), form.get("password", "")[:LONGEST]
    issuer, subject = settings.issuer, form.get("subject", "").strip()
    match form.get("action"):
        case "create":
            units = tuple(c for c in [form.get("district_code", "")] if c)
            if not dict(units_offered(deps, settings)).keys() >= set(units):
                raise RefusedError("unknown_unit")
            schools = tuple(form.get("school_codes", "").replace("、", " ").split())
            check_schools(deps, units, schools)
            identity = (issuer, subject) if subject else (None, None)
            new_account = NewAccount(
                name,
                form.get("person", "").strip(),
                form.get("role_code", ""),
                units,
                schools,
                *identity,
                department_code=form.get("department_code", ""),
            )
            create_account(deps.store, deps.catalogue, viewer, new_account, password, now)
        case "disable":
            disable_account(deps.store, deps.catalogue, viewer, name, now)
        case "reset":
            reset_password(deps.store, deps.catalogue, viewer, name, password, now)
        case "bind" if settings.login == "oidc":
            bind_account(deps.store, deps.catalogue, viewer, name, issuer, subject, now)
        case _:
            raise RefusedError("unknown_action")
