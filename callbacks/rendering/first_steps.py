"""Before the first publication: first steps for each role, and the pages that need no figures."""

from callbacks.dependencies import Dependencies
from callbacks.pages.meetings import meetings_page
from callbacks.pages.method import Standing, method_page
from callbacks.rendering.page_context import period_filter
from data.access import Permission
from data.catalogue.access_tables import Role, RoleCapability
from data.catalogue.input_tables import DataPeriod, InputKind
from data.catalogue.loader import Catalogue
from data.catalogue.map_tables import MapVintage
from data.periods import Period, parse_period
from data.rows.common_dimensions import PeriodRow
from data.rows.context import FrameContext
from data.rows.publication import SnapshotInfo
from data.text import text
from data.view_state import Choices, parse
from layouts.ids import ShellId
from layouts.markup import Node, h
from layouts.page import AnyPanel, Panel
from layouts.pages.library import page as library_page
from layouts.parts.frame import action_link, header
from layouts.parts.glyph import ALL_LEVELS
from layouts.routes import LIBRARY, MEETING, METHOD, ROUTES, Address, Route

MESSAGE = "message"
UNPUBLISHED = SnapshotInfo("", "", "", "")
STEPS = ((Permission.RETURNS_SUBMIT, "submit"), (Permission.RETURNS_APPROVE, "approve"))
"""What a permission lets somebody do towards the first figures, in the order of the work."""


def render_first_steps(deps: Dependencies, address: Address) -> tuple[str, str, list[AnyPanel]]:
    """Name, title and panels of an address while nothing is published.

    口径, 政策 and 会议 are drawn from catalogue and store; every other page says what comes first.

    Raises:
        StoreDownError: the meetings cannot be read.
    """
    rows = _frame(deps, address)
    slots = [period_filter(rows.periods, rows.state, address.route)]
    if address.route is METHOD:
        title, panels = method_page(deps, rows, slots, Standing())
    elif address.route is LIBRARY:
        title, panels = library_page.document_title(), library_page.panels(rows, (), slots)
    elif address.route is MEETING:
        title, panels = meetings_page(deps, rows, slots)
    else:
        return MESSAGE, text("start.title"), [_first_steps(deps, rows, address)]
    return address.route.page, title, [*panels, Panel(ShellId.PROOF, "drawer", [])]


def _frame(deps: Dependencies, address: Address) -> FrameContext:
    """The frame on the newest period of the calendar that has begun."""
    open_now = [p for p in deps.catalogue.rows(DataPeriod) if p.opens_on <= deps.today()]
    known = sorted(p for p in (parse_period(r.period) for r in open_now) if p is not None)
    period = known[-1] if known else Period(deps.today(), str(deps.today().year))
    row = PeriodRow(period.code, period.snapshot_date, period.is_annual)
    vintage = deps.catalogue.in_force(MapVintage, period.snapshot_date)[0]
    choices = Choices((row.period,), (), (), (), ALL_LEVELS)
    return FrameContext(
        state=parse(address.search, choices),
        today=deps.today(),
        period=row,
        periods=[row],
        snapshot=UNPUBLISHED,
        map_vintage=vintage.vintage,
        map_note=vintage.note,
        asks_actor=not deps.current_viewer().account,
    )


def _first_steps(deps: Dependencies, rows: FrameContext, address: Address) -> Panel:
    """What this viewer can do now, and what comes by itself."""
    allowed = deps.current_viewer().permissions
    step_names = [name for permission, name in STEPS if permission in allowed]
    steps = [h("li", {"key": name}, text(f"start.{name}")) for name in (*step_names, "then")]
    links = [
        action_link(text(f"navigation.{route.page}"), route.path)
        for route in ROUTES
        if route in (METHOD, LIBRARY, MEETING) and route.needs in allowed
    ]
    desk = h("a", {"className": "button filled", "href": "/data"}, text("navigation.data"))
    body = h(
        "div",
        {"className": "notice", "role": "status"},
        h("h1", {"id": "content", "tabIndex": -1, "className": "small"}, text("start.title")),
        *_needed(deps.catalogue, address.route),
        h("p", {}, text("start.own" if step_names else "start.others")),
        h("ol", {}, *steps),
        h("div", {"className": "notice-actions"}, desk if step_names else None, *links),
    )
    return Panel(ShellId.MESSAGE, "head", [*header(address.route, rows.state), body])


def _needed(catalogue: Catalogue, route: Route) -> list[Node]:
    """The tables that a page is drawn from, and who hands each in and takes it over."""
    kinds = sorted((k for k in catalogue.rows(InputKind) if k.input_kind in route.draws), key=lambda k: k.display_order)
    by_permission: dict[str, list[str]] = {}
    for kind in kinds:
        by_permission.setdefault(kind.permission, []).append(kind.name)
    if not kinds:
        return []
    needed = [
        h(
            "li",
            {"key": permission},
            text("start.needs", who=_roles_with(catalogue, permission), tables="、".join(names)),
        )
        for permission, names in by_permission.items()
    ]
    taken = text("start.taken_over", who=_roles_with(catalogue, Permission.RETURNS_APPROVE))
    return [h("p", {}, text("start.missing")), h("ul", {}, *needed, h("li", {"key": "taken"}, taken))]


def _roles_with(catalogue: Catalogue, permission: str) -> str:
    """The roles that hold a permission, in the catalogue's order."""
    holders = {c.role_code for c in catalogue.rows(RoleCapability) if c.permission == permission}
    roles = sorted(catalogue.rows(Role), key=lambda r: r.display_order)
    return "、".join(r.name for r in roles if r.role_code in holders)
