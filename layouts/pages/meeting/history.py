"""What became of the last decisions, all meetings, and the form of a new one."""

from collections.abc import Sequence

from data.rows.meeting import DecisionCourse
from data.store.meetings import PROGRESS, Decision
from data.text import text
from layouts import formatting
from layouts.components.cells import count_cell
from layouts.components.data_table import Cell, Column, Kind, TableLook, cell, column, data_table
from layouts.components.elements import block, disclosure, link_to, list_item, numbered_list, paragraph, run, strong
from layouts.components.forms import choice_field, date_field, send_form, text_field
from layouts.markup import Node
from layouts.pages.meeting.rows import MeetingRecord, MeetingView
from layouts.parts.frame import section
from layouts.routes import MEETING, OVERVIEW, link

CHANGE_LOOKS = {"better": "c-ok", "worse": "c-fail", "flat": "d"}
PROGRESS_LOOKS = {"open": "c-fail", "advancing": "", "done": "c-ok"}


def last_decisions(view: MeetingView) -> list[Node]:
    """Each decision of the meeting before, with its measure then and now; progress is said in words."""
    if view.followed is None:
        return []
    items = [_decision(view, d) for d in view.followed.decisions]
    title = text("meetings.before", day=formatting.day(view.followed.meeting.held_on))
    body = numbered_list(items, look="decided") if items else paragraph(text("meetings.no_decisions"), look="d")
    return [section(title, body, paragraph(text("meetings.course_note"), look="src"))]


def _decision(view: MeetingView, decision: Decision) -> Node:
    forms = [
        send_form(
            "meeting",
            text(f"meetings.progress_{step}"),
            {"action": "progress", "decision_id": decision.decision_id, "version": decision.version, "progress": step},
            (),
            asks_actor=view.rows.asks_actor,
        )
        for step in PROGRESS
        if step != decision.progress
    ]
    measured = course(view.courses.get(decision.decision_id))
    return list_item(
        block(
            strong(link_to(decision.subject, href=decision.address)),
            run(text(f"meetings.progress_{decision.progress}"), look=PROGRESS_LOOKS[decision.progress]),
            look="decided-head",
        ),
        paragraph(decision.resolution, look="p"),
        block(run(_owner_words(decision), look="d"), *measured, look="decided-foot"),
        disclosure(text("meetings.set_progress"), *forms) if view.may_edit else None,
        key=str(decision.decision_id),
    )


def _owner_words(decision: Decision) -> str:
    due = formatting.day(decision.due_on) if decision.due_on else ""
    return " · ".join(part for part in (decision.responsible_unit, due) if part)


def course(measured: DecisionCourse | None) -> list[Node]:
    """达标项 30 → 32（共32项），变好; nothing where nothing is measured."""
    if measured is None:
        return []
    then, now, goal = (_figure(measured.kind, v, measured.goal) for v in (measured.then, measured.now, measured.goal))
    said = text(f"meetings.course_{measured.kind}", goal=goal)
    tip = text("meetings.course_days", then=formatting.month(measured.then_on), now=formatting.month(measured.now_on))
    return [
        run(said, " ", strong(then, " → ", now), look="course", data_tip=tip),
        run(text(f"meetings.change_{measured.change}"), look=CHANGE_LOOKS[measured.change]),
    ]


def _figure(kind: str, value: float, goal: float) -> str:
    if kind == "cv":
        return formatting.cv(value, goal)
    return text("meetings.item_met" if value else "meetings.item_unmet") if kind == "item" else formatting.count(value)


def meetings(view: MeetingView) -> list[Node]:
    """All meetings, the latest first."""
    if not view.records:
        return [section(text("meetings.list"), paragraph(text("meetings.none"), look="d"))]
    state = view.rows.state
    chosen = view.chosen.meeting.meeting_code if view.chosen else ""

    def title(record: MeetingRecord) -> Cell:
        meeting = record.meeting
        here = link(MEETING, state, meeting=meeting.meeting_code, snapshot="")
        return cell(link_to(meeting.title, href=here), " ", run(formatting.day(meeting.held_on), look="d"))

    def outcome(record: MeetingRecord) -> str:
        counts = [(p, sum(1 for d in record.decisions if d.progress == p)) for p in reversed(PROGRESS)]
        said = [text(f"meetings.progress_{p}") + str(n) for p, n in counts if n]
        count = len(record.decisions)
        return text("meetings.decided", count=count, outcome=" ".join(said)) if said else formatting.NONE

    def figures(record: MeetingRecord) -> Cell:
        fixed = {"snapshot": record.meeting.snapshot_id, "meeting": record.meeting.meeting_code}
        href = link(OVERVIEW, state, **fixed, view="", subject="")
        return cell(link_to(text("meetings.figures"), href=href))

    columns: list[Column[MeetingRecord]] = [
        column("meetings.column_", "title", title, Kind.NAME),
        column("meetings.column_", "outcome", outcome),
        column("meetings.column_", "pages", lambda r: count_cell(r.item_count), Kind.COUNT),
        column("meetings.column_", "figures", figures),
    ]
    look = TableLook[MeetingRecord](row=lambda r: "on" if r.meeting.meeting_code == chosen else "")
    table = data_table(
        columns, view.records, name=text("sheet.meetings"), key=lambda r: r.meeting.meeting_code, look=look
    )
    return [section(text("meetings.list"), table)]


def new_meeting(view: MeetingView) -> list[Node]:
    """The form of a new meeting, and of the chosen one's name and day."""
    if not view.may_edit:
        return []
    if not view.rows.snapshot.snapshot_id:
        return [paragraph(text("meetings.no_data"), look="src")]
    fields = [
        text_field("title", text("meetings.name")),
        date_field("held_on", text("meetings.day"), value=view.today.isoformat()),
        *order_fields(view),
    ]
    create = send_form(
        "meeting", text("meetings.create"), {"action": "create"}, fields, asks_actor=view.rows.asks_actor
    )
    form = disclosure(
        text("meetings.new"),
        paragraph(text("meetings.pin_note"), look="src"),
        create,
        is_open=not view.records or bool(view.rows.state.view and not view.chosen),
    )
    return [block(form, *_rename(view), look="meeting-forms")]


def order_fields(view: MeetingView) -> list[Node]:
    """From which running order a meeting begins: an office's template, or the last meeting's."""
    names = {t.template_code: t.name for t in view.templates}
    last = [("last", text("meetings.as_last"))] if view.records else []
    choices = [("", text("meetings.no_template")), *names.items(), *last]
    units = [("", text("meetings.no_unit")), *view.unit_names]
    return [
        choice_field("template", text("meetings.template"), choices),
        choice_field("district", text("meetings.template_unit"), units),
    ]


def _rename(view: MeetingView) -> list[Node]:
    if view.chosen is None:
        return []
    meeting = view.chosen.meeting
    fields: Sequence[Node] = (
        text_field("title", text("meetings.name"), value=meeting.title),
        date_field("held_on", text("meetings.day"), value=meeting.held_on.isoformat()),
    )
    about = {"action": "rename", "meeting_code": meeting.meeting_code, "version": meeting.version}
    form = send_form("meeting", text("meetings.save"), about, fields, asks_actor=view.rows.asks_actor)
    return [disclosure(text("meetings.rename"), form)]
