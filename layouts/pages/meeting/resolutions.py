"""What a meeting is asked, what it decided, and what changed since the one before."""

from data.store.meetings import Decision
from data.text import text
from layouts import formatting
from layouts.components.cells import day_cell, linked
from layouts.components.data_table import Column, Kind, column, data_table
from layouts.components.elements import block, disclosure, paragraph, run, strong
from layouts.markup import Node
from layouts.meeting.decision_form import decision_form
from layouts.pages.meeting.rows import MeetingView
from layouts.parts.frame import section
from layouts.routes import OVERVIEW


def to_decide(view: MeetingView) -> list[Node]:
    """What the slides ask the meeting to decide, and on which page."""
    asked = [(matter, number) for number, slide in enumerate(view.slides, start=1) for matter in slide.decide]
    if not asked:
        return []
    columns: list[Column[tuple[str, int]]] = [
        column("meetings.column_", "asked", lambda row: row[0], Kind.NAME),
        column("meetings.column_", "page", lambda row: text("meetings.page_number", number=row[1])),
    ]
    return [section(text("meetings.to_decide"), data_table(columns, asked, name=text("meetings.to_decide")))]


def resolutions(view: MeetingView) -> list[Node]:
    """The decisions of the chosen meeting, unless they are followed up already, and the form of another."""
    if view.chosen is None:
        return []
    taken = view.chosen.decisions
    columns: list[Column[Decision]] = [
        column("meetings.column_", "matter", lambda d: linked(d.subject, d.address), Kind.NAME),
        column("meetings.column_", "resolution", lambda d: d.resolution),
        column("meetings.column_", "who", lambda d: d.responsible_unit or formatting.NONE),
        column("meetings.column_", "due", lambda d: day_cell(d.due_on), Kind.DATE),
        column("meetings.column_", "outcome", lambda d: text(f"meetings.progress_{d.progress}")),
    ]
    title = text("meetings.decide_later") if view.is_over else text("meetings.decisions", count=len(taken))
    table = data_table(columns, taken, name=text("sheet.decisions"), key=lambda d: str(d.decision_id))
    body = table if taken else paragraph(text("meetings.no_decisions"), look="d")
    form = disclosure(
        text("meetings.decide"),
        decision_form(
            view.chosen.meeting.meeting_code,
            view.unit_names,
            address=view.rows.state.view or OVERVIEW.path,
            subject=view.rows.state.subject,
            asks_actor=view.rows.asks_actor,
            asks_address=True,
        ),
        is_open=bool(view.rows.state.view),
    )
    return [section(title, None if view.is_over else body, form if view.may_edit else None)]


def changes_since(view: MeetingView) -> list[Node]:
    """自6月18日以来: newly complying, newly failing, newly overdue, closed."""
    since = view.since
    if since is None:
        return []
    facts = [
        (len(since.met), "met", since.met),
        (len(since.unmet), "unmet", since.unmet),
        (len(since.overdue), "overdue", since.overdue),
        (since.closed_issue_count, "closed", ()),
        (since.overdue_issue_count, "late", ()),
    ]
    cells = [
        block(
            strong(formatting.count(count), look=f"c-{name}" if count else ""),
            run(text(f"meetings.since_{name}")),
            run("、".join(names), look="d"),
            look="since-fact",
            key=name,
        )
        for count, name, names in facts
    ]
    title = text("meetings.since", day=formatting.day(since.held_on))
    return [section(title, block(*cells, look="since-facts"))]
