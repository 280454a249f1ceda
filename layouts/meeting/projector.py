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
from layouts.parts.version import version_name
from layouts.routes import Route


def projector(
    rows: UnitContext, route: Route, slides: Sequence[Slide], district: Filter, left: str, back: str
) -> list[AnyPanel]:
    """The one panel of the projected page; `left` is the address after it, `back` that of the running order.

    There is no way `back` where the order is on screen, or no meeting is run.
    """
    shown = _shown(rows, route, slides)
    tree = [
        *[
            slide_node(s, n, is_shown=n == shown, is_demonstration=is_invented(rows.snapshot, kinds_of([s])))
            for n, s in enumerate(slides, start=1)
        ],
        _foot(rows, slides[shown - 1], shown, len(slides)),
        _overlay("slide-picker", text("filter.district"), filter_select(district)),
        _overlay("slide-help", text("help.title"), paragraph(text("meeting.keys"))),
        link_to(text("meeting.to_order"), href=back, look="slide-leave", data_order="1") if back else None,
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


def filter_words(rows: UnitContext) -> str:
    """What the figures of a place and period are of, as it stands at the foot of a slide."""
    state = rows.state
    return " · ".join(
        (
            text("meeting.until", month=formatting.month(rows.period.snapshot_date)),
            text(f"stage.{state.stage}"),
            rows.covered_name or text("filter.city", count=len(rows.scoped)),
            text(f"basis.{state.basis}"),
            version_name(rows.snapshot.snapshot_id),
        )
    )


def _foot(rows: UnitContext, slide: Slide, shown: int, count: int) -> Node:
    """What the slide's figures are of, how long it has been shown, and the keys."""
    is_demonstration = is_invented(rows.snapshot, kinds_of([slide]))
    return block(
        run(
            text("app.demo") if is_demonstration else "",
            look="demo",
            id="slide-demo",
            hidden=None if is_demonstration else True,
        ),
        run(slide.footer, look="slide-filters", id="slide-filters"),
        run(look="slide-stale", id="slide-stale", hidden=True, data_words=text("meeting.stale")),
        run(look="slide-timer", id="slide-timer"),
        run(text("meeting.page"), " ", strong(str(shown), id="slide-number"), f"/{count}", look="slide-page"),
        run(text("meeting.foot_keys"), look="slide-keys"),
        look="slide-foot",
        data_snapshot=rows.snapshot.snapshot_id,
    )
