"""Path ↔ page, and the only builder of links.

A page about one thing has it in its path: `/school/<code>`; everything else stands in the query.
"""

from dataclasses import dataclass
from enum import Enum
from urllib.parse import parse_qsl, quote, unquote, urlencode

from data.access import Permission
from data.view_state import ViewState
from layouts.parts.demonstration import SLIDE_KINDS, UNIT_KINDS

LONGEST = 4000
"""Characters of path and query: servers take no longer ones, and no link of ours comes near."""


class CachePolicy(Enum):
    """What must be the same for a page to be shown again without drawing it."""

    NONE = "none"
    SNAPSHOT = "snapshot"
    """The snapshot alone."""
    RECORD = "record"
    """The snapshot, the store's record and the day."""
    TASKS = "tasks"
    """The snapshot, what task books promise and the day."""


class NavigationGroup(Enum):
    """Pages that stand together in the navigation."""

    FIGURES = "figures"
    SUPERVISION = "supervision"
    READING = "reading"
    OFFICE = "office"


@dataclass(frozen=True)
class PlainPage:
    """A page of forms outside the dashboard; whoever holds one of the permissions `needs` may open it."""

    page: str
    path: str
    needs: tuple[Permission, ...]
    group: NavigationGroup = NavigationGroup.OFFICE


@dataclass(frozen=True)
class Route:
    """A page; `keys` are the state values in its path, `libraries` the scripts only it needs.

    `needs` is what a viewer must be allowed to do to open it; a page that `requires_store` has nothing to show
    without the operational store; `cache` says what a page that was drawn once is kept with. It `draws` rows of
    these input kinds, and stands with its `group` in the navigation. The slide of its view `projects` the panels of
    these classes; where it names none, the first below its sentence.
    """

    page: str
    path: str
    libraries: tuple[str, ...] = ()
    keys: tuple[str, ...] = ()
    is_in_navigation: bool = True
    needs: Permission = Permission.READ_FIGURES
    requires_store: bool = False
    cache: CachePolicy = CachePolicy.NONE
    draws: tuple[str, ...] = ()
    group: NavigationGroup = NavigationGroup.FIGURES
    projects: tuple[str, ...] = ()


@dataclass(frozen=True)
class Address:
    """A page with the values in its path, and the query string."""

    route: Route
    values: dict[str, str]
    search: str


_SUPERVISION, _READING, _OFFICE = NavigationGroup.SUPERVISION, NavigationGroup.READING, NavigationGroup.OFFICE
OVERVIEW = Route("overview", "/", cache=CachePolicy.SNAPSHOT, draws=UNIT_KINDS, projects=("map-panel", "actions-panel"))
PLAN = Route("plan", "/plan", cache=CachePolicy.RECORD, draws=(*UNIT_KINDS, "issue"))
LEAGUE = Route("league", "/league", ("dash_ag_grid",), draws=UNIT_KINDS)
MATRIX = Route("matrix", "/matrix", cache=CachePolicy.SNAPSHOT, draws=UNIT_KINDS)
TREND = Route("trend", "/trend", cache=CachePolicy.SNAPSHOT, draws=UNIT_KINDS, projects=("chart-panel", "change-panel"))
WARN = Route(
    "warn", "/warn", requires_store=True, cache=CachePolicy.RECORD, draws=(*UNIT_KINDS, "issue"), group=_SUPERVISION
)
ROUNDS = Route("rounds", "/rounds", cache=CachePolicy.RECORD, draws=("visit", "school_return"), group=_SUPERVISION)
LEDGER = Route(
    "ledger",
    "/ledger",
    requires_store=True,
    cache=CachePolicy.RECORD,
    draws=("issue", *UNIT_KINDS),
    group=_SUPERVISION,
    projects=("table-panel",),
)
FUNDS = Route("funds", "/funds", cache=CachePolicy.SNAPSHOT, draws=("fund", *UNIT_KINDS), group=_SUPERVISION)
LEADS = Route(
    "leads",
    "/leads",
    needs=Permission.LEADS_READ,
    draws=("school_return",),
    group=_SUPERVISION,
    projects=("tests-panel", "side-panel"),
)
LIBRARY = Route("library", "/library", cache=CachePolicy.SNAPSHOT, draws=("policy",), group=_READING)
METHOD = Route(
    "method", "/method", cache=CachePolicy.SNAPSHOT, draws=UNIT_KINDS, group=_READING, projects=("standing-panel",)
)
TASKS = Route(
    "tasks", "/tasks", requires_store=True, draws=("issue", *UNIT_KINDS), group=_OFFICE, projects=("list-panel",)
)
MEETING = Route(
    "meeting", "/meeting", needs=Permission.MEETINGS_READ, requires_store=True, draws=SLIDE_KINDS, group=_OFFICE
)
CHANGES = Route(
    "changes",
    "/changes",
    is_in_navigation=False,
    needs=Permission.MEETINGS_READ,
    draws=UNIT_KINDS,
    projects=("cells-panel", "side-panel"),
)
DISTRICT = Route(
    "district", "/district", keys=("district",), is_in_navigation=False, cache=CachePolicy.TASKS, draws=UNIT_KINDS
)
SCHOOL = Route("school", "/school", keys=("school",), is_in_navigation=False, draws=("school_return", "issue"))
CV = Route(
    "cv",
    "/cv",
    keys=("district", "stage", "indicator"),
    is_in_navigation=False,
    cache=CachePolicy.SNAPSHOT,
    draws=("school_return",),
    projects=("plot-panel", "shares-panel"),
)
ROUTES = (
    OVERVIEW,
    PLAN,
    LEAGUE,
    MATRIX,
    TREND,
    WARN,
    ROUNDS,
    LEDGER,
    FUNDS,
    LEADS,
    LIBRARY,
    METHOD,
    TASKS,
    MEETING,
    CHANGES,
    DISTRICT,
    SCHOOL,
    CV,
)
LETTERS = "/letters"
"""Before the year and the number of a letter that was sent."""
VISITS = PlainPage("visits", "/visits", (Permission.READ_FIGURES,), NavigationGroup.SUPERVISION)
OPINIONS = PlainPage("opinions", "/opinions", (Permission.READ_FIGURES,), NavigationGroup.SUPERVISION)
DUTIES = PlainPage("duties", "/duties", (Permission.READ_FIGURES,), NavigationGroup.SUPERVISION)
COMPLAINTS = PlainPage("complaints", "/complaints", (Permission.READ_FIGURES,), NavigationGroup.SUPERVISION)
LOOK_BACKS = PlainPage("look_back", "/look-back", (Permission.READ_FIGURES,), NavigationGroup.SUPERVISION)
SURVEYS = PlainPage("surveys", "/surveys", (Permission.READ_FIGURES,), NavigationGroup.SUPERVISION)
TASK_BOOKS = PlainPage("task_books", "/task-books", (Permission.READ_FIGURES,), NavigationGroup.SUPERVISION)
RETURNS = PlainPage("data", "/data", (Permission.RETURNS_SUBMIT, Permission.RETURNS_APPROVE))
ACCOUNTS = PlainPage("accounts", "/accounts", (Permission.ACCOUNTS_MANAGE,))
AUDIT = PlainPage("audit", "/audit", (Permission.AUDIT_READ,))
CATALOGUE = PlainPage("catalogue", "/catalogue", (Permission.CATALOGUE_PROPOSE, Permission.CATALOGUE_RELEASE))
SERVER = PlainPage("server", "/server", (Permission.ACCOUNTS_MANAGE,))
INSPECTORS = PlainPage("inspectors", "/inspectors", (Permission.READ_FIGURES,), NavigationGroup.SUPERVISION)
"""Those that are not in the navigation are reached from 过程督导."""
PLAIN_PAGES = (
    RETURNS,
    VISITS,
    CATALOGUE,
    ACCOUNTS,
    AUDIT,
    SERVER,
    INSPECTORS,
    OPINIONS,
    COMPLAINTS,
    DUTIES,
    LOOK_BACKS,
    SURVEYS,
    TASK_BOOKS,
)
NAVIGATION: tuple[Route | PlainPage, ...] = (
    RETURNS,
    *(route for route in ROUTES if route.is_in_navigation),
    VISITS,
    CATALOGUE,
    ACCOUNTS,
    AUDIT,
    SERVER,
)
"""What stands in the navigation, each group in this order."""


def address_of(path: str | None, search: str | None) -> Address | None:
    """The page of a path, None where there is none; a trailing slash does not matter."""
    if len(path or "") + len(search or "") > LONGEST:
        return None
    parts = [unquote(part) for part in (path or "/").strip("/").split("/")]
    for route in ROUTES:
        if "/" + parts[0] == route.path and len(parts) == 1 + len(route.keys):
            return Address(route, dict(zip(route.keys, parts[1:], strict=True)), search or "")
    return None


def plain_page_of(path: str) -> PlainPage | None:
    """The plain page to which a path belongs: its own, or one below it."""
    return next((p for p in PLAIN_PAGES if path == p.path or path.startswith(f"{p.path}/")), None)


def link(route: Route, state: ViewState, **changes: str) -> str:
    """The address of a page in a state; a page about one thing needs its keys in either."""
    if not route.keys:
        return route.path + state.search_with(changes)
    parts = [quote(str(changes.get(key, getattr(state, key))), safe="") for key in route.keys]
    left_out = {key: "" if key != "stage" else "both" for key in route.keys}
    left_out |= {"indicator": "verdict"} if "indicator" in route.keys else {}
    return "/".join((route.path, *parts)) + state.search_with({**changes, **left_out})


def unpinned(address: Address) -> str:
    """The same page of the publication in force; empty where the address names no publication."""
    asked = parse_qsl(address.search.removeprefix("?"))
    left = [(key, value) for key, value in asked if key not in ("snapshot", "meeting")]
    if len(left) == len(asked):
        return ""
    path = "/".join((address.route.path, *(quote(v, safe="") for v in address.values.values())))
    return path + (f"?{urlencode(left)}" if left else "")
