"""`/accounts/<name>`: one account looked at, changed after its effects were shown, unlocked, its sessions ended."""

import re
from dataclasses import replace
from urllib.parse import urlencode

import flask
from flask import Flask
from werkzeug.wrappers import Response

from callbacks.dependencies import Dependencies
from callbacks.rendering.binding import NotAllowedError
from callbacks.web.account_bar import office_strip
from callbacks.web.accounts import check_schools, choices_of
from callbacks.web.request_guard import csrf_token, lifetimes, session_cookie
from callbacks.writing.form_fields import date_field_of, int_field_of, text_field_of
from data.access import Permission, Viewer
from data.settings import Settings
from data.store.account_changes import (
    AccountChange,
    change_account,
    change_of,
    clear_factor,
    is_seen_differently,
    look_ahead,
    unlock_account,
)
from data.store.account_effects import effect_of, in_order, places_of
from data.store.accounts import Account, disable_account, find_account, list_accounts
from data.store.guesses import wait_of
from data.store.open_sessions import end_open_sessions, open_sessions
from data.store.personal import erase_person
from data.store.refusals import RefusedError
from data.store.second_factor import factor_of
from data.text import text
from layouts.office.account import AccountView, Preview, account_page

DONE = ("change", "unlock", "end_sessions", "drop_factor", "erase")
HANDLE = re.compile(r"[0-9a-f]{16}")
MOST_UNITS = 50


def add_one_account(server: Flask, deps: Dependencies, settings: Settings) -> None:
    """Add the page of one account."""

    def manager() -> Viewer:
        viewer = deps.current_viewer()
        if Permission.ACCOUNTS_MANAGE not in viewer.permissions:
            raise NotAllowedError(Permission.ACCOUNTS_MANAGE)
        return viewer

    def page(account: Account, said: str, *, typed: AccountChange | None = None, preview: Preview | None = None) -> str:
        token = csrf_token(flask.request.cookies.get(session_cookie(settings), ""))
        now = deps.now()
        view = AccountView(
            account,
            deps.today(),
            choices_of(deps, settings),
            typed or change_of(account),
            preview,
            in_order(places_of(deps.catalogue, preview.after if preview else account)),
            open_sessions(deps.store, account.account_name, now, lifetimes(settings)),
            round(wait_of(deps.store, account.account_name, now).total_seconds()),
            factor_of(deps.store, account.account_name),
        )
        is_failure = flask.request.method == "POST"
        return account_page(view, token, office_strip(deps, settings), said, is_failure=is_failure)

    def known(account_name: str) -> Account:
        account = find_account(deps.store, account_name)
        if account is None:
            flask.abort(404)
        return account

    @server.get("/accounts/<account_name>")
    def show_account(account_name: str) -> str:
        manager()
        account, done = known(account_name), flask.request.args.get("done", "")
        placeholders = {"name": account.account_name, "person": account.person}
        is_looked_at = flask.request.args.get("step") == "disable" and not account.is_disabled
        if is_looked_at:
            return page(account, "", preview=_shut(deps, account))
        return page(account, text(f"accounts.done.{done}", **placeholders) if done in DONE else "")

    @server.post("/accounts/<account_name>")
    def change_one_account(account_name: str) -> str | Response | tuple[str, int]:
        viewer = manager()
        account = known(account_name)
        typed = change_of(account)
        try:
            if flask.request.form.get("action") in ("preview", "change"):
                typed = _typed(account_name)
                check_schools(deps, typed.district_codes, typed.school_codes)
            if flask.request.form.get("action") == "preview":
                return page(account, "", typed=typed, preview=_preview(deps, viewer, typed))
            done, name = _carry_out(deps, viewer, typed)
        except RefusedError as error:
            return page(known(account_name), text(f"refused.{error.code}"), typed=typed), 400
        return flask.redirect(_place_after(done, name))


def _place_after(done: str, account_name: str) -> str:
    """Where it is said that it was done: an account that was shut is looked at among the others."""
    if done == "disable":
        return f"/accounts?{urlencode({'action': done, 'account_name': account_name})}"
    return f"/accounts/{account_name}?{urlencode({'done': done})}"


def _typed(account_name: str) -> AccountChange:
    """What the form says that the account is to be.

    Raises:
        RefusedError: a day or the version is none.
    """
    form = flask.request.form
    fields: dict[str, object] = dict(form.items())
    units = [code for code in form.getlist("district_code")[:MOST_UNITS] if code]
    return AccountChange(
        account_name,
        int_field_of(fields, "version"),
        text_field_of(fields, "person"),
        text_field_of(fields, "role_code"),
        tuple(dict.fromkeys(units)),
        tuple(form.get("school_codes", "").replace("、", " ").split()),
        date_field_of(fields, "valid_from"),
        date_field_of(fields, "valid_to"),
        text_field_of(fields, "department_code"),
    )


def _shut(deps: Dependencies, account: Account) -> Preview:
    """What the end of an account would mean."""
    return _meaning(deps, account, replace(account, is_disabled=True), shuts=True)


def _preview(deps: Dependencies, viewer: Viewer, change: AccountChange) -> Preview:
    """What the change would mean; nothing is done.

    Raises:
        RefusedError: it could not be done.
    """
    before, after = look_ahead(deps.store, deps.catalogue, viewer, change, deps.now())
    return _meaning(deps, before, after, shuts=False)


def _meaning(deps: Dependencies, before: Account, after: Account, *, shuts: bool) -> Preview:
    today = deps.today()
    others = [a for a in list_accounts(deps.store) if a.account_id != before.account_id and a.is_in_force(today)]
    was_in, is_in = before.is_in_force(today), after.is_in_force(today)
    return Preview(
        before,
        after,
        effect_of(deps.catalogue, before, after, others, was_in_force=was_in, is_in_force=is_in),
        shuts or is_seen_differently(before, after, today),
        is_new_today=is_in and not was_in,
        is_out_today=was_in and not is_in,
        shuts=shuts,
    )


def _carry_out(deps: Dependencies, viewer: Viewer, typed: AccountChange) -> tuple[str, str]:
    """Do the step; its word for the address of the page, and what the account is called from now on.

    Raises:
        RefusedError: it cannot be done.
    """
    form, now, name = flask.request.form, deps.now(), typed.account_name
    match form.get("action"):
        case "erase":
            gone = erase_person(deps.store, deps.catalogue, viewer, name, now)
            if gone is None:
                raise RefusedError("needs_second_administrator")
            return "erase", gone.account_name
        case "change":
            change_account(deps.store, deps.catalogue, viewer, typed, now)
            return "change", name
        case "disable":
            disable_account(deps.store, deps.catalogue, viewer, name, now)
            return "disable", name
        case "unlock":
            unlock_account(deps.store, viewer, name, now)
            return "unlock", name
        case "drop_factor":
            clear_factor(deps.store, deps.catalogue, viewer, name, now)
            return "drop_factor", name
        case "end_session":
            handle = form.get("session", "")
            if not HANDLE.fullmatch(handle):
                raise RefusedError("no_session")
            end_open_sessions(deps.store, viewer, name, handle, now)
            return "end_sessions", name
        case "end_sessions":
            end_open_sessions(deps.store, viewer, name, "", now)
            return "end_sessions", name
        case _:
            raise RefusedError("unknown_action")
