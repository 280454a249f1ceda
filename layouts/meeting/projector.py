"""The projected page: all slides of the running order, one shown; foot, help, district picker."""

from collections.abc import Sequence
from dataclasses import dataclass

from data.rows.context import UnitContext
from data.text import text
from layouts import formatting
from layouts.components.elements import action_button, block, link_to, paragraph, run, strong
from layouts.ids import MeetingId
from layouts.markup import Node
from layouts.meeting.slide import Slide, kinds_of, slide_node
from layouts.page import AnyPanel, Panel
from layouts.parts.demonstration import is_invented
from layouts.parts.frame import Filter, filter_select
from layouts.parts.version import version_name
from layouts.routes import Route


@dataclass(frozen=True)
class Ways:
    """Addresses that the wall leads to; empty where there is no such way.

    `left` is out of meeting mode, `order` the running order, `live` the figures of now or back to the meeting's.
    """

    left: str
    order: str
    live: str
    presenter: str


def projector(rows: UnitContext, route: Route, slides: Sequence[Slide], district: Filter, ways: Ways) -> list[AnyPanel]:
    """The one panel of the projected page."""
    shown = shown_number(rows, route, slides)
    tree = [
        *[
            slide_node(s, n, is_shown=n == shown, is_demonstration=is_invented(rows.snapshot, kinds_of([s])))
            for n, s in enumerate(slides, start=1)
        ],
        _foot(rows, slides[shown - 1], shown, len(slides), ways),
        _overlay("slide-picker", text("filter.district"), filter_select(district)),
        _overlay("slide-help", text("help.title"), paragraph(text("meeting.keys"))),
        _overlay("slide-read", text("meetings.decision"), paragraph()),
        _way(text("meeting.to_order"), ways.order, data_order="1"),
        _way(text("meeting.live"), ways.live, data_live="1"),
        _way(text("presenter.open"), ways.presenter, data_presenter="1", target="_blank"),
        _way(text("meeting.leave"), ways.left, data_close="1"),
    ]
    return [Panel(MeetingId.SLIDES, "slides-panel", tree)]


def _way(label: str, href: str, **attributes: str) -> Node:
    """A link that a key follows."""
    return link_to(label, href=href, look="slide-leave", key="", stays=True, **attributes) if href else None


def _overlay(identity: str, label: str, content: Node) -> Node:
    """What a key brings up over the slide."""
    return block(content, look="slide-overlay", id=identity, hidden=True, role="dialog", aria_label=label)


def shown_number(rows: UnitContext, route: Route, slides: Sequence[Slide]) -> int:
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


def _foot(rows: UnitContext, slide: Slide, shown: int, count: int, ways: Ways) -> Node:
    """What the slide's figures are of, how long it has been shown, and what keys do, for who has none."""
    is_demonstration = is_invented(rows.snapshot, kinds_of([slide]))
    return block(
        run(
            text("app.demo") if is_demonstration else "",
            look="demo",
            id="slide-demo",
            hidden=None if is_demonstration else True,
        ),
        run(text("meeting.live_mark"), look="slide-live") if rows.state.live else None,
        run(slide.footer, look="slide-filters", id="slide-filters"),
        run(look="slide-stale", id="slide-stale", hidden=True, data_words=text("meeting.stale")),
        run(look="slide-timer", id="slide-timer"),
        run(text("meeting.page"), " ", strong(str(shown), id="slide-number"), f"/{count}", look="slide-page"),
        _menu(ways),
        look="slide-foot",
        data_snapshot=rows.snapshot.snapshot_id,
    )


def _menu(ways: Ways) -> Node:
    """The small menu: each button does what its key does (`assets/modules/slide-keys.js`)."""
    names = ["back", "on", "district", "blank", "light", "full"]
    names += ["order"] * bool(ways.order) + ["live"] * bool(ways.live) + ["presenter"] * bool(ways.presenter)
    buttons = [
        action_button(
            text(f"meeting.do_{name}"),
            look="plain",
            key=name,
            data_slide_does=name,
            title=text(f"meeting.hint_{name}"),
            aria_label=text(f"meeting.hint_{name}"),
        )
        for name in [*names, "help"]
    ]
    return block(*buttons, link_to(text("meeting.do_leave"), href=ways.left, look="plain"), look="slide-menu")
