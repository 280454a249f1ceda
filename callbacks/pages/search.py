"""Search as one types."""

from dash.dependencies import Input, Output

from callbacks.dependencies import Dependencies
from callbacks.pages.matters import matter_rows
from callbacks.rendering.binding import App, bind
from callbacks.web.logs import log_failure
from data.access import Permission
from data.atomic_files import DamagedFileError
from data.rows.matters import MatterRow
from data.rows.search import EntryRow
from data.store.engine import StoreDownError
from data.store.matter_lists import find_by_number
from data.text import text
from layouts.ids import ShellId
from layouts.markup import Node, to_json
from layouts.search.results import pages, search_results, search_said
from queries import search
from queries.reader import NoSnapshotError, OutdatedSnapshotError, Snapshot, TooSlowError

LONGEST = 40
LEAST_OF_NUMBER = 3
"""Two letters name a kind of matter; what follows, one of it."""


def show_found(deps: Dependencies, query: str | None) -> list[str]:
    """The results of what was typed, as a tree."""
    return [to_json(_results(deps, (query or "")[:LONGEST]))]


def _results(deps: Dependencies, query: str) -> list[Node]:
    try:
        snapshot = deps.warehouse.current()
        return search_results([*_matters(deps, snapshot, query), *search.find(snapshot, query, pages())], query)
    except NoSnapshotError:
        return search_said(text("state.no_snapshot"))
    except DamagedFileError:
        return search_said(text("state.damaged"))
    except OutdatedSnapshotError:
        return search_said(text("state.outdated"))
    except TooSlowError:
        return search_said(text("state.too_slow"))


def _matters(deps: Dependencies, snapshot: Snapshot, query: str) -> list[EntryRow]:
    """The visits, opinions and complaints whose number begins so; none while the store is down."""
    number = query.strip()
    if len(number) < LEAST_OF_NUMBER:
        return []
    try:
        matters = find_by_number(deps.store, deps.catalogue, snapshot.scope, number, search.MOST)
        rows = matter_rows(deps, snapshot, matters)
    except StoreDownError as error:
        log_failure(error)
        return []
    return [_entry(row) for row in rows]


def _entry(row: MatterRow) -> EntryRow:
    code = row.matter.matter_code
    return EntryRow(row.matter.matter_kind, code, code, f"{row.party} {row.matter.subject}", None, "")


def register(app: App, deps: Dependencies) -> None:
    """Wire what is typed to the results."""
    bind(
        app,
        deps,
        show_found,
        outputs=[Output(ShellId.SEARCH_RESULTS, "tree")],
        inputs=[Input(ShellId.SEARCH_TEXT, "data")],
        needs=Permission.READ_FIGURES,
        on_load=False,
    )
