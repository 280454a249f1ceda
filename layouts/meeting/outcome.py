"""What the meeting before decided, and what became of it."""

from collections.abc import Mapping, Sequence

from data.rows.meeting import DecisionCourse
from data.store.meetings import PROGRESS, Decision, Meeting
from data.text import text
from layouts import formatting
from layouts.components.cells import day_cell
from layouts.components.data_table import Cell, Column, Kind, cell, column, data_table
from layouts.components.elements import paragraph, run
from layouts.components.sections import region
from layouts.export.tables import tables_in
from layouts.meeting.slide import Slide, counted
from layouts.pages.meeting.history import PROGRESS_LOOKS, course
from layouts.pages.meeting.rows import outcome_words

NUMBER_TONES = {"open": "fail", "advancing": "", "done": "ok"}


def outcome_slide(meeting: Meeting, decisions: Sequence[Decision], courses: Mapping[int, DecisionCourse]) -> Slide:
    """One line per decision: who, until when, its measure then and now; progress is a word, not a length."""
    open_count = sum(1 for d in decisions if d.progress == "open")

    def progress(decision: Decision) -> Cell:
        word = text(f"meetings.progress_{decision.progress}")
        return cell(run(word, look=PROGRESS_LOOKS[decision.progress]))

    last: list[Column[Decision]] = [
        column("meetings.column_", "course", lambda d: _course(courses.get(d.decision_id))),
        column("meetings.column_", "outcome", progress),
    ]
    in_files: list[Column[Decision]] = [
        column("meetings.column_", "matter", lambda d: d.subject, Kind.NAME),
        column("meetings.column_", "resolution", lambda d: d.resolution),
        column("meetings.column_", "who", lambda d: d.responsible_unit or formatting.NONE),
        column("meetings.column_", "due", lambda d: day_cell(d.due_on), Kind.DATE),
        *last,
    ]
    on_wall: list[Column[Decision]] = [
        column("meetings.column_", "matter", lambda d: _two_lines(d.subject, d.resolution), Kind.NAME),
        column("meetings.column_", "who", lambda d: _two_lines(d.responsible_unit or formatting.NONE, _due(d))),
        *last,
    ]
    name, title = text("sheet.decisions"), text("meetings.each")
    table = data_table(on_wall, decisions, name=name, key=lambda d: str(d.decision_id))
    more = paragraph(look="slide-more", hidden=True, data_words=text("meeting.rows_more"))
    return Slide(
        "meeting",
        [("fail" if open_count else "", outcome_words(decisions))],
        text("meetings.held", name=meeting.title, day=formatting.day(meeting.held_on)),
        picture=region(table, more, look="slide-table", label=title),
        tables=tables_in([data_table(in_files, decisions, name=name)], title),
        numbers=[
            counted(
                sum(1 for d in decisions if d.progress == p),
                text("meeting.pieces"),
                text(f"meetings.progress_{p}"),
                tone=NUMBER_TONES[p],
            )
            for p in reversed(PROGRESS)
        ],
    )


def _two_lines(first: str, second: str) -> Cell:
    return cell(first, run(second, look="slide-second"))


def _due(decision: Decision) -> str:
    return formatting.day(decision.due_on) if decision.due_on else ""


def _course(measured: DecisionCourse | None) -> Cell:
    """Its measure then and now, and below it what that is."""
    said = course(measured)
    return cell(*said[:1], *(run(node, look="slide-second") for node in said[1:]))
