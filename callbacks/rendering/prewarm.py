"""What viewers ask first of a new snapshot is drawn in the background, so that nobody waits."""

import atexit
import logging
import threading
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace

from callbacks.dependencies import Dependencies
from callbacks.rendering.dispatch import page_of
from callbacks.rendering.issue_counts import issue_board
from data.access import LOCAL_VIEWER
from data.atomic_files import DamagedFileError
from data.rows.publication import SnapshotInfo
from data.store.engine import StoreDownError
from data.view_state import ViewState
from layouts.routes import DISTRICT, MATRIX, MEETING, OVERVIEW, TREND, link
from queries import common_dimensions
from queries.reader import NoSnapshotError, OutdatedSnapshotError, Snapshot

log = logging.getLogger("oversight.prewarm")
LOOK_S = 5.0
REST_S = 0.01  # between pages, for whoever waits for an answer meanwhile


def start_prewarming(deps: Dependencies) -> None:
    """Start the thread that draws ahead, now and after each publication; it ends with the process.

    It is waited for at the end: a thread cut off inside the database engine takes the process down.
    """
    everything = replace(deps, current_viewer=lambda: LOCAL_VIEWER).for_viewer()
    ended = threading.Event()
    thread = threading.Thread(target=_follow, args=(everything, ended), name="drawing-ahead", daemon=True)
    thread.start()

    @atexit.register
    def end() -> None:
        ended.set()
        thread.join(timeout=LOOK_S)


def _follow(deps: Dependencies, ended: threading.Event) -> None:
    drawn: SnapshotInfo | None = None
    while not ended.is_set():
        try:
            drawn = _catch_up(deps, drawn, ended)
        except (NoSnapshotError, OutdatedSnapshotError, DamagedFileError) as error:
            log.info("nothing to draw ahead: %s", error)
        ended.wait(LOOK_S)


def _catch_up(deps: Dependencies, drawn: SnapshotInfo | None, ended: threading.Event) -> SnapshotInfo:
    """Draw ahead what is in force, unless it is drawn, and read the ledger; a newer one waits for the next look.

    No snapshot is held between two pages: one that was left could not be closed.
    """
    snapshot = deps.warehouse.current()
    info, addresses = snapshot.info, list(prewarm_addresses(snapshot)) if snapshot.info != drawn else []
    if addresses:
        with suppress(StoreDownError):
            issue_board(deps, snapshot)
    del snapshot
    for path, search in addresses:
        if ended.wait(REST_S) or deps.warehouse.current().info != info:
            break
        page_of(deps, path, search)
    return info


def prewarm_addresses(snapshot: Snapshot) -> Iterator[tuple[str, str]]:
    """Paths and query strings that are one click away from the overview as it opens."""
    periods = common_dimensions.periods(snapshot)
    latest, state = periods[-1].period, ViewState()
    units = common_dimensions.units(snapshot, latest, state.basis)
    addresses = [
        *[link(OVERVIEW, state, district=u.district_code) for u in units],
        *[link(OVERVIEW, state, indicator=i.indicator_code) for i in common_dimensions.indicators(snapshot, latest)],
        *[link(OVERVIEW, state, period=p.period) for p in periods[:-1]],
        link(MATRIX, state),
        link(TREND, state),
        link(MEETING, state),
        *[link(DISTRICT, state, district=u.district_code) for u in units],
    ]
    for address in addresses:
        path, mark, search = address.partition("?")
        yield path, mark + search
