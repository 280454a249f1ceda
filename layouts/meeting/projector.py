"""The projected page: all slides of the running order, one shown; foot, help, district picker."""

from collections.abc import Sequence

from data.rows.context import UnitContext
from data.text import text
from layouts import formatting
from layouts.ids import MeetingId
from layouts.markup import Node, h
from layouts.meeting.slide import Slide, kinds_of, slide_node
from layouts.page import AnyPanel, Panel
from layouts.parts.demonstration import is_invented
from layouts.parts.frame import Filter, filter_select
from layouts.routes import Route


def projector(rows: UnitContext, route: Route, slides: Sequence[Slide], district: Filter, left: str) -> list[AnyPanel]:
    """The one panel of the projected page; `left` is the address after it."""
    shown = _shown(rows, route, slides)
    tree = [
        *[slide_node(s, n, is_shown=n == shown) for n, s in enumerate(slides, start=1)],
        _foot(rows, shown, slides),
        h(
            "div",
            {
                "id": "slide-picker",
                "className": "slide-overlay",
                "hidden": True,
                "role": "dialog",
                "aria-label": text("filter.district"),
            },
            filter_select(district),
        ),
        h(
            "div",
            {
                "id": "keyboard-help",
                "className": "slide-overlay",
                "hidden": True,
                "role": "dialog",
                "aria-label": text("help.title"),
            },
            h("p", {}, text("meeting.keys")),
        ),
        h("a", {"href": left, "data-nav": "1", "data-close": "1", "className": "slide-leave"}, text("meeting.leave")),
    ]
    return [Panel(MeetingId.SLIDES, "slides-panel", tree)]


def _shown(rows: UnitContext, route: Route, slides: Sequence[Slide]) -> int:
    """The slide asked for; else the one about the page from which the mode was started."""
    if rows.state.slide.isdecimal() and 1 <= int(rows.state.slide) <= len(slides):
        return int(rows.state.slide)
    return next((n for n, s in enumerate(slides, start=1) if s.page == route.page), 1)


def _foot(rows: UnitContext, shown: int, slides: Sequence[Slide]) -> Node:
    state = rows.state
    parts = [
        text("meeting.until", month=formatting.month(rows.period.snapshot_date)),
        text(f"stage.{state.stage}"),
        rows.covered_name or text("filter.city", count=len(rows.scoped)),
        text(f"basis.{state.basis}"),
        text("meeting.snapshot", snapshot=rows.snapshot.snapshot_id),
    ]
    mark = h("span", {"className": "demo"}, text("app.demo"))
    return h(
        "div",
        {"className": "slide-foot", "data-snapshot": rows.snapshot.snapshot_id},
        mark if is_invented(rows.snapshot, kinds_of(slides)) else None,
        h("span", {"className": "slide-filters"}, " · ".join(parts)),
        h(
            "span",
            {"className": "slide-stale", "id": "slide-stale", "hidden": True, "data-words": text("meeting.stale")},
        ),
        h("span", {"className": "slide-timer", "id": "slide-timer"}),
        h(
            "span",
            {"className": "slide-page"},
            text("meeting.page"),
            " ",
            h("b", {"id": "slide-number"}, str(shown)),
            f"/{len(slides)}",
        ),
        h("span", {"className": "slide-keys"}, text("meeting.foot_keys")),
    )
