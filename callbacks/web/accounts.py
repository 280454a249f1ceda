"""`/accounts` for the administrator, `/audit` for the auditor: forms, checked on the server."""

import re
from collections.abc import Sequence
from dataclasses import replace
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
from data.catalogue.loader import Catalogue
from data.catalogue.supervision_tables import IssueStatus, WarningRule
from data.catalogue.tables import District, Indicator, Parameter, PlanPhase, Source
from data.importing.previous_return import SCHOOL_RETURN, returned_scopes
from data.settings import Settings
from data.store import audit
from data.store.accounts import (
    create_account,
    disable_account,
    find_account,
    list_accounts,
    names_of_roles,
    reset_password,
)
from data.store.identities import bind_account
from data.store.ledger import RefusedError
from data.store.names import account_names
from data.store.new_accounts import MOST_SCHOOLS, NewAccount
from data.text import text
from layouts.office.accounts import Choices, accounts_page
from layouts.office.audit_log import AuditView, audit_page, names_of_codes
from queries import common_dimensions
from queries.reader import NoSnapshotError

PAGE_ENTRIES = 200
DONE = ("create", "disable", "reset", "bind")
ENTRY = re.compile(r"[0-9]{1,9}")


def add_accounts(server: Flask, deps: Dependencies, settings: Settings) -> None:
    """Add the pages of the administrator and of the auditor."""

    def viewer_with(permission: Permission) -> Viewer:
        viewer = deps.current_viewer()
        if permission not in viewer.permissions:
            raise NotAllowedError(permission)
        return viewer

    def page(said: str = "") -> str:
        token = csrf_token(flask.request.cookies.get(session_cookie(settings), ""))
        choices = choices_of(deps, settings)
        return accounts_page(list_accounts(deps.store), choices, token, office_strip(deps, settings), said)

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

    @server.get("/audit")
    def show_audit() -> str:
        viewer_with(Permission.AUDIT_READ)
        known = audit.actions(deps.store)
        chosen = next((a for a in known if a == flask.request.args.get("action")), "")
        entry = flask.request.args.get("before", "")
        before = int(entry) if ENTRY.fullmatch(entry) else None
        names_on_screen = account_names(deps.store)
        entries = [
            replace(e, row=names_on_screen.of_history([e.row])[0])
            for e in audit.entries(deps.store, action=chosen, before=before, most=PAGE_ENTRIES)
        ]
        chain = audit.check_chain(deps.store, audit.read_heads(settings.audit_heads_file))
        by_number = {a.account_id: a.account_name for a in list_accounts(deps.store)}
        names = names_of_codes() | _names_of_rows(deps.catalogue) | by_number
        view = AuditView(entries, chain, known, chosen, before, names)
        return audit_page(view, office_strip(deps, settings))


def _names_of_rows(catalogue: Catalogue) -> dict[str, str]:
    """The words of the codes that are rows of the catalogue."""
    return {
        **dict(names_of_roles(catalogue)),
        **{s.status_code: s.name for s in catalogue.rows(IssueStatus)},
        **{r.warning_code: r.name for r in catalogue.rows(WarningRule)},
        **{d.district_code: d.short_name for d in catalogue.rows(District)},
        **{s.source_code: s.document_number or s.title for s in catalogue.rows(Source)},
        **{p.parameter_code: p.name for p in catalogue.rows(Parameter)},
        **{i.indicator_code: i.short_name for i in catalogue.rows(Indicator)},
        **{p.phase_code: p.name for p in catalogue.rows(PlanPhase)},
        "parameters": text("catalogue.table.parameters"),
    }


def choices_of(deps: Dependencies, settings: Settings) -> Choices:
    """What an account may be today, and the names of all units there ever were."""
    offered, has_provider = units_offered(deps, settings), settings.login == "oidc"
    return Choices(names_of_roles(deps.catalogue), offered, _units_ever(deps), has_provider, deps.today())


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
                name, form.get("person", "").strip(), form.get("role_code", ""), units, schools, *identity
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
