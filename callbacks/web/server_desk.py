"""`/server` for the administrator: backup, disk and retention of the installation; never a figure of a unit."""

from datetime import UTC, datetime

from flask import Flask

from callbacks.dependencies import Dependencies
from callbacks.rendering.binding import NotAllowedError
from callbacks.web.account_bar import office_strip
from data.access import Permission
from data.backups import last_backup
from data.disk_use import disk_use
from data.pruning import outlived
from data.settings import Settings
from layouts.office.server import BackupState, ServerView, server_page

HOUR = 3600


def add_server_desk(server: Flask, deps: Dependencies, settings: Settings) -> None:
    """Add the page."""

    @server.get("/server")
    def show_server() -> str:
        if Permission.ACCOUNTS_MANAGE not in deps.current_viewer().permissions:
            raise NotAllowedError(Permission.ACCOUNTS_MANAGE)
        return server_page(view_of(deps, settings), office_strip(deps, settings))


def view_of(deps: Dependencies, settings: Settings) -> ServerView:
    """How the installation is now.

    Raises:
        StoreDownError: the store cannot be reached.
    """
    growth_days = _parameter(deps, "disk_growth_days")
    use = disk_use(settings, growth_days, deps.now())
    is_short = use.days_left is not None and use.days_left <= _parameter(deps, "disk_days_warned")
    gone = outlived(settings, deps.store, deps.catalogue, deps.now())
    return ServerView(backup_state(deps, settings), use, growth_days, is_short, gone)


def backup_state(deps: Dependencies, settings: Settings) -> BackupState | None:
    """The last good backup and whether it is too long ago; None where there never was one."""
    last = last_backup(settings)
    if last is None:
        return None
    most = _parameter(deps, "backup_hours")
    seconds = last.age_seconds(deps.now().replace(tzinfo=UTC))
    made_at = datetime.fromisoformat(last.made_at)
    return BackupState(last, made_at, int(seconds // HOUR), most, is_late=seconds > most * HOUR)


def _parameter(deps: Dependencies, code: str) -> int:
    return int(deps.catalogue.parameter(code, deps.today()))
