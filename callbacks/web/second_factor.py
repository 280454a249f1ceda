"""`/second-factor`: the holder of a local account begins, confirms, renews and gives up the second factor."""

import flask
from flask import Flask
from werkzeug.wrappers import Response as AnyResponse

from callbacks.dependencies import Dependencies
from callbacks.web.login import LONGEST, refusal_of, refusal_page
from callbacks.web.request_guard import SECOND_FACTOR, csrf_token, session_cookie
from data.settings import Settings
from data.store.accounts import Account, find_account
from data.store.refusals import RefusedError
from data.store.second_factor import begin_factor, begun_secret, confirm_factor, factor_of, remove_factor, renew_codes
from data.text import text
from layouts.second_factor import FactorView, second_factor_page


def add_second_factor(server: Flask, deps: Dependencies, settings: Settings) -> None:
    """Add the page of the viewer's own second factor."""

    def own() -> Account:
        account = find_account(deps.store, deps.current_viewer().account)
        if account is None:
            flask.abort(404)
        return account

    def page(account: Account, said: str = "", *, secret: str | None = None, codes: tuple[str, ...] = ()) -> str:
        token = csrf_token(flask.request.cookies.get(session_cookie(settings), ""))
        is_due = account.role_code in settings.demanding_roles
        factor = factor_of(deps.store, account.account_name)
        return second_factor_page(FactorView(account.account_name, factor, secret, codes, is_due), token, said)

    @server.get(SECOND_FACTOR)
    def show_second_factor() -> str:
        due = deps.current_viewer().must_add_factor
        return page(own(), text("second_factor.due") if due else "")

    @server.post(SECOND_FACTOR)
    def change_second_factor() -> str | AnyResponse:
        account, now = own(), deps.now()
        action, code = flask.request.form.get("action"), flask.request.form.get("code", "")[:LONGEST]
        try:
            match action:
                case "begin":
                    return page(account, secret=begin_factor(deps.store, account))
                case "confirm":
                    return page(account, codes=tuple(confirm_factor(deps.store, account, code, now)))
                case "renew":
                    return page(account, codes=tuple(renew_codes(deps.store, account, code, now)))
                case "remove":
                    if account.role_code in settings.demanding_roles:
                        raise RefusedError("factor_demanded")
                    remove_factor(deps.store, account, code, now)
                    return flask.redirect(SECOND_FACTOR)
                case _:
                    raise RefusedError("unknown_action")
        except RefusedError as error:
            secret = begun_secret(deps.store, account.account_name) if action == "confirm" else None
            return refusal_page(page(account, refusal_of(error), secret=secret), error, 400)
