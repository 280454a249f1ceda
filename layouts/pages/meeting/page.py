"""会议: what became of the last decisions, the running order as pictures, what is to be decided."""

from data.text import text
from data.view_state import PRESENTER, PROJECTOR
from layouts import formatting
from layouts.components.elements import action_button, link_to, run
from layouts.components.heads import headline, page_head, page_title
from layouts.ids import MeetingId
from layouts.markup import Node
from layouts.page import AnyPanel, Panel
from layouts.pages.meeting.agenda import agenda
from layouts.pages.meeting.history import last_decisions, meetings, new_meeting
from layouts.pages.meeting.resolutions import changes_since, resolutions, to_decide
from layouts.pages.meeting.rows import MeetingView, outcome_words
from layouts.parts.frame import Filter
from layouts.parts.source import source_line
from layouts.routes import MEETING, link


def panels(view: MeetingView, filters: list[Filter]) -> list[AnyPanel]:
    """Every panel of the page in reading order."""
    rows = view.rows
    head = page_head(route=MEETING, state=rows.state, snapshot=rows.snapshot, filters=filters)
    return [
        Panel(MeetingId.HEAD, "head", head),
        Panel(MeetingId.ANSWER, "answer", _headline(view)),
        Panel(MeetingId.LIST, "list-panel", [*last_decisions(view), *meetings(view), *new_meeting(view)]),
        Panel(MeetingId.AGENDA, "agenda-panel", agenda(view)),
        Panel(MeetingId.DECISIONS, "decisions-panel", [*to_decide(view), *resolutions(view), *changes_since(view)]),
        Panel(MeetingId.SOURCE, "source-panel", [source_line(rows, MEETING.draws)]),
    ]


def document_title(view: MeetingView) -> str:
    """Browser tab and history entry."""
    return page_title(view.chosen.meeting.title if view.chosen else "", text("navigation.meeting"))


def _headline(view: MeetingView) -> list[Node]:
    """上次议定3项：完成1，推进1，无进展1；12月24日的会，已备6页."""
    parts: list[str] = []
    if view.followed is not None:
        outcome = outcome_words(view.followed.decisions)
        day = formatting.day(view.followed.meeting.held_on)
        parts.append(text("meetings.of_day" if view.is_over else "meetings.last", day=day, outcome=outcome))
    if view.chosen is not None and not view.is_over:
        key = "prepared" if view.slides else "unprepared"
        day = formatting.day(view.chosen.meeting.held_on)
        parts.append(text(f"meetings.{key}", day=day, count=view.item_count))
    title = text("brief.semicolon").join(parts) or text("meetings.none_title")
    return [*headline(title, sub=[_sub(view)]), *_buttons(view)]


def _sub(view: MeetingView) -> str:
    state = view.rows.state
    if state.view:
        return text("meetings.taken", subject=state.subject or state.view)
    return text("meetings.sub")


def _buttons(view: MeetingView) -> list[Node]:
    """Begin on the wall, and open what only the presenter sees."""
    if view.chosen is None:
        return []
    meeting = view.chosen.meeting
    fixed = {"meeting": meeting.meeting_code, "snapshot": meeting.snapshot_id, "view": "", "subject": ""}
    wall = link(MEETING, view.rows.state, **fixed, mode=PROJECTOR)
    desk = link(MEETING, view.rows.state, **fixed, mode=PRESENTER)
    return [
        run(
            link_to(text("meetings.run"), href=wall, look="button filled", data_run="1"),
            link_to(text("presenter.open"), href=desk, look="button", stays=False, target="_blank", rel="noopener"),
            action_button(text("materials.download"), action="export", data_kind="materials"),
            action_button(text("minutes.download"), action="export", data_kind="minutes"),
            look="meeting-buttons",
        )
    ]
