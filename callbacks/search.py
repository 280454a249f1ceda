"""Search as one types."""

import dash
from dash.dependencies import Input, Output

from callbacks.binding import bind
from callbacks.dependencies import Dependencies
from data.access import Permission
from data.durable import DamagedFileError
from layouts.ids import ShellId
from layouts.markup import to_json
from layouts.search.results import pages, search_results
from queries import search
from queries.reader import NoSnapshotError, OutdatedSnapshotError, TooSlowError

LONGEST = 40


def show_found(deps: Dependencies, words: str | None) -> list[str]:
    """The results of what was typed, as a tree."""
    wanted = (words or "")[:LONGEST]
    try:
        found = search.find(deps.warehouse.current(), wanted, pages())
    except (NoSnapshotError, OutdatedSnapshotError, DamagedFileError, TooSlowError):
        found = []
    return [to_json(search_results(found, wanted))]


def register(app: dash.Dash, deps: Dependencies) -> None:
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
