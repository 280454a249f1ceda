"""The projected page: all slides of the running order, one shown; foot, help, district picker."""

from collections.abc import Sequence

from data.rows.context import UnitContext
from data.text import text
from layouts import formatting
from layouts.components.elements import block, link_to, paragraph, run, strong
from layouts.ids import MeetingId
from layouts.markup import Node
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
        _overlay("slide-picker", text("filter.district"), filter_select(district)),
        _overlay("slide-help", text("help.title"), paragraph(text("meeting.keys"))),
        link_to(text("meeting.leave"), href=left, look="slide-leave", data_close="1"),
    ]
    return [Panel(MeetingId.SLIDES, "slides-panel", tree)]


def _overlay(identity: str, label: str, content: Node) -> Node:
    """What a key brings up over the slide."""
    return block(content, look="slide-overlay", id=identity, hidden=True, role="dialog", aria_label=label)


def _shown(rows: UnitContext, route: Route, slides: Sequence[Slide]) -> int:
    """The slide asked for; else the one about the page from which the mode was started."""
    if rows.state.slide.isdecimal() and 1 <= int(rows.state.slide) <= len(slides):
        return int(rows.state.slide)
    return next((n for n, s in enumerate(slides, start=1) if s.page == route.page), 1)


def _foot(rows: UnitContext, shown: int, slides: Sequence[Slide]) -> Node:
    """What the slide's figures are of, how long it has been shown, and the keys."""
    state, snapshot = rows.state, rows.snapshot
    filters = [
        text("meeting.until", month=formatting.month(rows.period.snapshot_date)),
        text(f"stage.{state.stage}"),
        rows.covered_name or text("filter.city", count=len(rows.scoped)),
        text(f"basis.{state.basis}"),
        text("meeting.snapshot", snapshot=snapshot.snapshot_id),
    ]
    return block(
        run(text("app.demo"), look="demo") if is_invented(snapshot, kinds_of(slides)) else None,
        run(" · ".join(filters), look="slide-filters"),
        run(look="slide-stale", id="slide-stale", hidden=True, data_words=text("meeting.stale")),
        run(look="slide-timer", id="slide-timer"),
        run(text("meeting.page"), " ", strong(str(shown), id="slide-number"), f"/{len(slides)}", look="slide-page"),
        run(text("meeting.foot_keys"), look="slide-keys"),
        look="slide-foot",
        data_snapshot=snapshot.snapshot_id,
    )
