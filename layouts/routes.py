"""Path ↔ page, and the only builder of links."""

from dataclasses import dataclass

from layouts.view_state import ViewState


@dataclass(frozen=True)
class Route:
    """A page; `libraries` are the script packages that only it needs."""

    page: str
    path: str
    libraries: tuple[str, ...] = ()


OVERVIEW = Route("overview", "/", ("plotly",))
LEAGUE = Route("league", "/league", ("dash_ag_grid",))
ROUTES = (OVERVIEW, LEAGUE)


def route_of(path: str | None) -> Route | None:
    """The page of a path; a trailing slash does not matter."""
    wanted = "/" + (path or "/").strip("/")
    return next((route for route in ROUTES if route.path == wanted), None)


def link(route: Route, state: ViewState, **changes: str) -> str:
    """The address of a page in a state."""
    return route.path + state.search_with(changes)
