"""`/publication`: which publication is in force, so that an open page learns of a new one."""

from flask import Flask

from callbacks.dependencies import Dependencies
from callbacks.rendering.binding import NotAllowedError
from callbacks.web.request_guard import NEWS
from data.access import Permission
from data.atomic_files import DamagedFileError
from data.settings import Settings
from data.text import text
from data.warehouse.snapshots import moves
from layouts import formatting
from queries import common_dimensions
from queries.reader import NoSnapshotError, Snapshot


def add_publication(server: Flask, deps: Dependencies, settings: Settings) -> None:
    """Add `GET /publication`: `snapshot` (empty where there is none) and `words` to say of it."""

    @server.get(NEWS)
    def show() -> dict[str, str]:
        scoped = deps.for_viewer()
        if Permission.READ_FIGURES not in scoped.current_viewer().permissions:
            raise NotAllowedError(Permission.READ_FIGURES)
        try:
            snapshot = scoped.warehouse.current()
        except NoSnapshotError:
            return {"snapshot": "", "words": ""}
        known = snapshot.info.snapshot_id
        return {"snapshot": known, "words": _words(snapshot, is_back=_is_back(settings, known))}


def _is_back(settings: Settings, snapshot_id: str) -> bool:
    """Whether readers were moved to it from a later one; no where the moves cannot be read."""
    try:
        return any(move.to == snapshot_id for move in moves(settings.snapshots_folder))
    except DamagedFileError:
        return False


def _words(snapshot: Snapshot, *, is_back: bool) -> str:
    month = formatting.month(common_dimensions.periods(snapshot)[-1].snapshot_date)
    return text("state.news_back" if is_back else "state.news", month=month)
