"""Registers the door before all else, and what every response carries after all else."""

from callbacks.dependencies import Dependencies
from callbacks.rendering.index_document import ServerRenderedDash
from callbacks.web.account_list import add_account_list
from callbacks.web.accounts import add_accounts
from callbacks.web.audit_pages import add_audit_pages
from callbacks.web.audit_trail import add_audit_trail
from callbacks.web.browser_files import add_browser_files
from callbacks.web.catalogue import add_catalogue
from callbacks.web.catalogue_change import add_catalogue_change
from callbacks.web.duties import add_duties
from callbacks.web.error_pages import add_errors
from callbacks.web.health import add_health
from callbacks.web.login import add_login, add_logout
from callbacks.web.logs import add_access_log, write_json_lines
from callbacks.web.one_account import add_one_account
from callbacks.web.privacy import add_privacy
from callbacks.web.publication_news import add_publication
from callbacks.web.rate_limits import share_counts
from callbacks.web.request_guard import callback_shapes, register_request_guard
from callbacks.web.second_factor import add_second_factor
from callbacks.web.security_contact import add_security_contact
from callbacks.web.server_desk import add_server_desk
from callbacks.web.single_sign_on import add_single_sign_on
from callbacks.web.static_files import register_headers, register_static_files, warm_up
from data.access import Permission
from data.settings import Settings
from layouts.routes import ROUTES


def register_door(app: ServerRenderedDash, deps: Dependencies, settings: Settings) -> None:
    """Logs, health, refusals, the guard of every request, and signing in."""
    server = app.server
    write_json_lines()
    share_counts(server, deps.store)
    add_health(server, deps, settings)
    add_security_contact(server, deps, settings)
    add_access_log(server)
    add_errors(server)
    register_request_guard(server, deps, settings)
    add_duties(server, deps, settings)
    add_audit_trail(server, deps, settings)
    if settings.login == "local":
        add_login(server, deps, settings)
        add_second_factor(server, deps, settings)
    if settings.login == "oidc":
        add_single_sign_on(server, deps, settings)
    if settings.has_login:
        add_logout(server, deps, settings)
        add_accounts(server, deps, settings)
        add_one_account(server, deps, settings)
        add_account_list(server, deps, settings)
        add_audit_pages(server, deps, settings)
        add_catalogue(server, deps, settings)
        add_catalogue_change(server, deps, settings)
        add_privacy(server, deps, settings)
        add_server_desk(server, deps, settings)


def register_responses(app: ServerRenderedDash, deps: Dependencies, settings: Settings) -> None:
    """What knows all callbacks and addresses: their shapes, compression, headers, the first requests."""
    server = app.server
    add_publication(server, deps, settings)
    server.config["CALLBACK_SHAPES"] = callback_shapes(app.callback_map)
    add_browser_files(server)
    register_static_files(server, settings.var_folder / "cache")
    register_headers(server, app.csp_hashes())
    asked_most = [r for r in ROUTES if not r.keys and r.needs is Permission.READ_FIGURES]
    warm_up(server, tuple(route.path for route in asked_most))
