"""`/accounts` for the administrator, `/audit` for the auditor: forms, checked on the server."""

import flask
from flask import Flask
from werkzeug.wrappers import Response

from callbacks.binding import NotAllowedError
from callbacks.dependencies import Dependencies
from callbacks.gate import csrf_token, session_cookie
from callbacks.office_frame import office_strip
from data.access import Permission, Viewer
from data.catalogue.supervision_tables import IssueStatus
from data.catalogue.tables import District
from data.settings import Settings
from data.store import audit
from data.store.accounts import (
    NewAccount,
    create_account,
    disable_account,
    list_accounts,
    names_of_roles,
    reset_password,
)
from data.store.ledger import RefusedError
from data.text import text
from layouts.office.accounts import Choices, accounts_page
from layouts.office.audit_log import AuditView, audit_page, names_of_codes

PAGE_ENTRIES = 200


def add_accounts(server: Flask, deps: Dependencies, settings: Settings) -> None:
    """Add the pages of the administrator and of the auditor."""

    def viewer_with(permission: Permission) -> Viewer:
        viewer = deps.current_viewer()
        if permission not in viewer.permissions:
            raise NotAllowedError(permission)
        return viewer

    def page(said: str = "") -> str:
        units = [(d.district_code, f"{d.name}（{d.district_code}）")
                 for d in deps.catalogue.rows(District)]  # fmt: skip
        token = csrf_token(flask.request.cookies.get(session_cookie(settings), ""))
        choices = Choices(names_of_roles(deps.catalogue), units)
        return accounts_page(list_accounts(deps.store), choices, token,
                             office_strip(deps, settings), said)  # fmt: skip

    @server.get("/accounts")
    def show_accounts() -> str:
        viewer_with(Permission.ACCOUNTS_MANAGE)
        return page()

    @server.post("/accounts")
    def change_accounts() -> str | Response | tuple[str, int]:
        viewer = viewer_with(Permission.ACCOUNTS_MANAGE)
        try:
            _carry_out(deps, viewer)
        except RefusedError as error:
            return page(text(f"refused.{error.code}")), 400
        return flask.redirect("/accounts")

    @server.get("/audit")
    def show_audit() -> str:
        viewer_with(Permission.AUDIT_READ)
        chosen = flask.request.args.get("action", "")[:40]
        before = flask.request.args.get("before", type=int)
        found = audit.entries(deps.store, action=chosen, before=before, most=PAGE_ENTRIES)
        chain = audit.check_chain(deps.store, audit.read_heads(settings.audit_heads_file))
        names = {**names_of_codes(), **dict(names_of_roles(deps.catalogue)),
                 **{s.status_code: s.name for s in deps.catalogue.rows(IssueStatus)}}  # fmt: skip
        view = AuditView(found, chain, audit.actions(deps.store), chosen, before, names)
        return audit_page(view, office_strip(deps, settings))


def _carry_out(deps: Dependencies, viewer: Viewer) -> None:
    form, now = flask.request.form, deps.now()
    name, password = form.get("account_name", "")[:40], form.get("password", "")[:200]
    match form.get("action"):
        case "create":
            units = tuple(c for c in [form.get("district_code", "")] if c)
            schools = tuple(form.get("school_codes", "")[:2000].replace("、", " ").split())
            wanted = NewAccount(name, form.get("person", "")[:40], form.get("role_code", ""),
                                units, schools)  # fmt: skip
            create_account(deps.store, deps.catalogue, viewer, wanted, password, now)
        case "disable":
            disable_account(deps.store, viewer, name, now)
        case "reset":
            reset_password(deps.store, viewer, name, password, now)
        case _:
            raise RefusedError("unknown_action")
