"""`/publication`: which publication is in force, so that an open page learns of a new one."""

from flask import Flask

from callbacks.binding import NotAllowedError
from callbacks.dependencies import Dependencies
from callbacks.gate import NEWS
from data.access import Permission
from data.text import text
from layouts import formatting
from queries import shell
from queries.reader import NoSnapshotError, Snapshot


def add_publication(server: Flask, deps: Dependencies) -> None:
    """Add `GET /publication`: `snapshot` (empty where there is none) and `words` to say of it."""

    @server.get(NEWS)
    def show() -> dict[str, str]:
        own = deps.for_viewer()
        if Permission.READ_FIGURES not in own.current_viewer().permissions:
            raise NotAllowedError(Permission.READ_FIGURES)
        try:
            snapshot = own.warehouse.current()
        except NoSnapshotError:
            return {"snapshot": "", "words": ""}
        words = snapshot.remembered("publication", lambda: _words(snapshot))
        return {"snapshot": snapshot.info.snapshot_id, "words": words}


def _words(snapshot: Snapshot) -> str:
    latest = shell.periods(snapshot)[-1]
    return text("state.news", month=formatting.month(latest.snapshot_date))
