"""Search as one types."""

from dash.dependencies import Input, Output

from callbacks.dependencies import Dependencies
from callbacks.rendering.binding import App, bind
from data.access import Permission
from data.atomic_files import DamagedFileError
from data.text import text
from layouts.ids import ShellId
from layouts.markup import Node, to_json
from layouts.search.results import pages, search_results, search_said
from queries import search
from queries.reader import NoSnapshotError, OutdatedSnapshotError, TooSlowError

LONGEST = 40


def show_found(deps: Dependencies, query: str | None) -> list[str]:
    """The results of what was typed, as a tree."""
    return [to_json(_results(deps, (query or "")[:LONGEST]))]


def _results(deps: Dependencies, query: str) -> list[Node]:
    try:
        return search_results(search.find(deps.warehouse.current(), query, pages()), query)
    except NoSnapshotError:
        return search_said(text("state.no_snapshot"))
    except DamagedFileError:
        return search_said(text("state.damaged"))
    except OutdatedSnapshotError:
        return search_said(text("state.outdated"))
    except TooSlowError:
        return search_said(text("state.too_slow"))


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
