"""主持人视图: what the hall sees, what comes next, notes and times, and the entry of decisions; never on the wall."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from data.rows.context import UnitContext
from data.rows.meeting import DecisionCourse
from data.store.meetings import Decision, Meeting
from data.text import text
from layouts import formatting
from layouts.components.data_table import Cell, Column, Kind, cell, column, data_table
from layouts.components.elements import action_button, block, link_to, list_item, numbered_list, paragraph, run, strong
from layouts.components.sections import heading, region
from layouts.ids import MeetingId
from layouts.markup import Node
from layouts.meeting.decision_form import decision_form
from layouts.meeting.slide import Slide, kinds_of, slide_picture
from layouts.page import AnyPanel, Panel
from layouts.pages.meeting.history import PROGRESS_LOOKS, course
from layouts.pages.meeting.rows import MeetingRecord, outcome_words
from layouts.parts.demonstration import is_invented
from layouts.parts.version import version_name
from layouts.routes import OVERVIEW


@dataclass(frozen=True)
class PresenterView:
    """A running order and the slide that is on the wall; without a meeting it is a default order.

    `followed` is the meeting before with its decisions, `courses` their measures by number; `may_edit` says whether
    decisions are entered; `left` is the address after it.
    """

    rows: UnitContext
    slides: Sequence[Slide]
    shown: int
    meeting: Meeting | None
    followed: MeetingRecord | None
    courses: Mapping[int, DecisionCourse]
    unit_names: Sequence[tuple[str, str]]
    may_edit: bool
    left: str


def presenter(view: PresenterView) -> list[AnyPanel]:
    """The one panel of the presenter's window."""
    tree = [
        _bar(view),
        paragraph(text("presenter.apart"), look="presenter-apart", role="status", data_apart="1"),
        paragraph(look="presenter-apart", role="status", hidden=True, data_elsewhere=text("presenter.elsewhere")),
        _titles(view),
        *[_picture(view, slide, number) for number, slide in enumerate(view.slides, start=1)],
        _notes(view),
        _entry(view),
        block(_order(view), _followed(view), look="presenter-side"),
    ]
    return [Panel(MeetingId.PRESENTER, "presenter-panel", tree)]


def _bar(view: PresenterView) -> Node:
    """Who, what time it is, how long the slide has been shown and how much is left."""
    is_demonstration = is_invented(view.rows.snapshot, kinds_of(view.slides))
    left = run(look="presenter-time", data_shows="left", data_words=text("presenter.left_minutes"))
    return block(
        heading(text("presenter.title"), level=1, identity="content", takes_focus=True),
        run(view.meeting.title if view.meeting else text("presenter.default_order")),
        run(text("app.demo"), look="demo") if is_demonstration else None,
        run(text("presenter.clock"), " ", strong(look="presenter-time", data_shows="clock"), look="presenter-clock"),
        run(text("presenter.spent"), " ", strong(look="presenter-time", data_shows="spent")),
        run(text("presenter.left"), " ", left) if any(s.minutes for s in view.slides) else None,
        action_button(text("presenter.blank"), look="button", data_presenter_does="blank"),
        action_button(text("presenter.light"), look="button", data_presenter_does="light"),
        link_to(text("presenter.end"), href=view.left, look="button filled"),
        look="presenter-bar",
    )


def _titles(view: PresenterView) -> Node:
    count = len(view.slides)
    on_wall = [text("presenter.on_wall"), strong(str(view.shown), data_shows="number"), f"/{count}"]
    return block(heading(*on_wall, level=2), heading(text("presenter.next"), level=2), look="presenter-titles")


def _picture(view: PresenterView, slide: Slide, number: int) -> Node:
    is_demonstration = is_invented(view.rows.snapshot, kinds_of([slide]))
    place = {view.shown: "now", view.shown + 1: "next"}.get(number, "")
    return slide_picture(slide, number, is_demonstration=is_demonstration, look=place)


def _of_slide(view: PresenterView, number: int, *children: Node) -> Node:
    """What stands there while its slide is on the wall."""
    is_hidden = None if number == view.shown else True
    return block(*children, key=str(number), data_of_slide=str(number), hidden=is_hidden)


def _notes(view: PresenterView) -> Node:
    parts = [
        _of_slide(
            view,
            number,
            paragraph(text("presenter.speaker", name=slide.entry.speaker), look="d")
            if slide.entry and slide.entry.speaker
            else None,
            paragraph(slide.speaking_note or text("presenter.no_note"), look="presenter-note"),
            numbered_list([list_item(matter, key=matter) for matter in slide.decide]) if slide.decide else None,
        )
        for number, slide in enumerate(view.slides, start=1)
    ]
    return region(heading(text("presenter.notes")), *parts, look="p presenter-notes")


def _entry(view: PresenterView) -> Node:
    """A form for each slide, so that nothing typed about one is sent about another."""
    if view.meeting is None or not view.may_edit:
        note = text("presenter.no_meeting") if view.may_edit else text("presenter.no_entry")
        return region(heading(text("meetings.decide")), paragraph(note, look="d"), look="p presenter-entry")
    code = view.meeting.meeting_code
    forms = [
        _of_slide(
            view,
            number,
            decision_form(
                code,
                view.unit_names,
                address=slide.entry.address if slide.entry else OVERVIEW.path,
                subject=slide.own_title or slide.title_words,
                asks_actor=view.rows.asks_actor,
                asks_address=False,
            ),
        )
        for number, slide in enumerate(view.slides, start=1)
    ]
    buttons = block(
        action_button(text("presenter.read"), look="button", data_presenter_does="read"),
        action_button(text("presenter.unread"), look="button", data_presenter_does="unread"),
        run(text("presenter.unseen"), look="d"),
        look="presenter-read",
    )
    return region(heading(text("meetings.decide")), *forms, buttons, look="p presenter-entry")


def _order(view: PresenterView) -> Node:
    rows = [
        list_item(
            action_button(
                strong(str(number)),
                run(slide.own_title or (slide.entry.title if slide.entry else slide.title_words)),
                run(text("meetings.minutes", count=slide.minutes) if slide.minutes else "", look="d"),
                look="presenter-go",
                data_go=str(number),
                aria_current="true" if number == view.shown else "false",
            ),
            key=str(number),
        )
        for number, slide in enumerate(view.slides, start=1)
    ]
    return region(heading(text("presenter.order")), numbered_list(rows, look="presenter-order"), look="p")


def _followed(view: PresenterView) -> Node:
    """What became of the last decisions, and of which publication all figures are."""
    version = text("presenter.fixed", version=version_name(view.rows.snapshot.snapshot_id))
    if view.followed is None:
        return paragraph(version, look="src")

    def progress(decision: Decision) -> Cell:
        return cell(run(text(f"meetings.progress_{decision.progress}"), look=PROGRESS_LOOKS[decision.progress]))

    columns: list[Column[Decision]] = [
        column("meetings.column_", "matter", lambda d: d.subject, Kind.NAME),
        column("meetings.column_", "course", lambda d: cell(*course(view.courses.get(d.decision_id)))),
        column("meetings.column_", "outcome", progress),
    ]
    table = data_table(columns, view.followed.decisions, name=text("sheet.decisions"))
    outcome = outcome_words(view.followed.decisions)
    day = formatting.day(view.followed.meeting.held_on)
    title = text("meetings.of_day", day=day, outcome=outcome)
    return region(heading(title), table, paragraph(version, look="src"), look="p")
