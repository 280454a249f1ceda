"""What meetings decided that the units in view must carry out."""

from data.store.meetings import TakenDecision
from data.text import text
from layouts import formatting
from layouts.components.cells import day_cell, linked
from layouts.components.data_table import Column, Kind, column, data_table
from layouts.markup import Node
from layouts.pages.ledger.opening import IN_WORDS, LONGEST_SUBJECT
from layouts.pages.ledger.rows import LedgerView
from layouts.parts.frame import section
from layouts.routes import LEDGER, link


def decided(view: LedgerView) -> list[Node]:
    """Each decision with who, until when, and how far it has come; nothing where there is none."""
    if not view.decided:
        return []
    columns: list[Column[TakenDecision]] = [
        column("meetings.column_", "matter", lambda t: linked(t.decision.subject, t.decision.address), Kind.NAME),
        column("meetings.column_", "resolution", lambda t: t.decision.resolution),
        column("meetings.column_", "who", lambda t: t.decision.responsible_unit or formatting.NONE),
        column("meetings.column_", "due", lambda t: day_cell(t.decision.due_on), Kind.DATE),
        column("meetings.column_", "outcome", lambda t: text(f"meetings.progress_{t.decision.progress}")),
        column("meetings.column_", "title", lambda t: t.meeting_title),
        column("meetings.column_", "day", lambda t: day_cell(t.held_on), Kind.DATE),
    ]
    if view.opening.origins:
        columns.append(column("opening.column_", "open", lambda t: linked(text("opening.in_words"), _way(view, t))))
    title = text("ledger.decided", count=len(view.decided))
    table = data_table(columns, view.decided, name=text("sheet.decisions"), key=lambda t: str(t.decision.decision_id))
    return [section(title, table)]


def _way(view: LedgerView, taken: TakenDecision) -> str:
    """The form of a new issue with the decision's words."""
    said = text("opening.decided", day=formatting.day(taken.held_on), resolution=taken.decision.resolution)
    about = {"about": IN_WORDS, "subject": said[:LONGEST_SUBJECT], "district": taken.decision.district_code}
    return link(LEDGER, view.rows.state, **about, issue="", why="")
