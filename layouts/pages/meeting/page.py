"""会议: meetings with their pinned figures, one running order, decisions."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from data.rows.context import FrameContext
from data.store.meetings import PROGRESS, AgendaSlide, Decision, Meeting
from data.text import text
from data.view_state import PROJECTOR
from layouts import formatting
from layouts.components.cells import day_cell, file_column, linked
from layouts.components.data_table import Cell, Column, Kind, TableLook, cell, data_table
from layouts.components.elements import (
    bullet_list,
    disclosure,
    link_to,
    list_item,
    numbered_list,
    paragraph,
    run,
    strong,
)
from layouts.components.forms import date_field, long_field, number_field, send_form, text_field
from layouts.components.heads import headline, page_head, page_title
from layouts.components.sections import heading
from layouts.ids import MeetingId
from layouts.markup import Node
from layouts.page import AnyPanel, Panel
from layouts.parts.frame import Filter, section
from layouts.parts.source import source_line
from layouts.routes import MEETING, OVERVIEW, link


@dataclass(frozen=True)
class MeetingView:
    """All meetings, the chosen one with its running order and decisions, and the one before it.

    `may_edit` says whether the viewer prepares meetings; who does not is offered no form.
    """

    rows: FrameContext
    may_edit: bool
    meetings: Sequence[Meeting]
    chosen: Meeting | None
    slides: Sequence[AgendaSlide]
    decisions: Sequence[Decision]
    earlier: Meeting | None
    earlier_decisions: Sequence[Decision]
    today: date


def panels(view: MeetingView, filters: list[Filter]) -> list[AnyPanel]:
    """Every panel of the page in reading order."""
    rows = view.rows
    head = page_head(route=MEETING, state=rows.state, snapshot=rows.snapshot, filters=filters)
    return [
        Panel(MeetingId.HEAD, "head", head),
        Panel(MeetingId.ANSWER, "answer", _headline(view)),
        Panel(MeetingId.LIST, "list-panel", [_meetings(view)]),
        Panel(MeetingId.AGENDA, "agenda-panel", [_agenda(view)]),
        Panel(MeetingId.DECISIONS, "decisions-panel", _decisions(view)),
        Panel(MeetingId.SOURCE, "source-panel", [source_line(rows, MEETING.draws)]),
    ]


def document_title(view: MeetingView) -> str:
    """Browser tab and history entry."""
    return page_title(view.chosen.title if view.chosen else "", text("navigation.meeting"))


def outcome_words(decisions: Sequence[Decision]) -> str:
    """上次议定7项：完成4，推进2，无进展1."""
    counts = {p: sum(1 for d in decisions if d.progress == p) for p in PROGRESS}
    return text("meetings.outcome", count=len(decisions), **counts)


def _headline(view: MeetingView) -> list[Node]:
    state, earlier = view.rows.state, view.earlier
    title = view.chosen.title if view.chosen else text("meetings.title", count=len(view.meetings))
    sub = text("meetings.sub")
    if state.view:
        sub = text("meetings.taken", subject=state.subject or state.view)
    elif earlier is not None:
        outcome = outcome_words(view.earlier_decisions)
        sub = text("meetings.last", day=formatting.day(earlier.held_on), outcome=outcome)
    return headline(title, sub=[sub])


def _form(view: MeetingView, label: str, action: str, subject: dict[str, object], *fields: Node) -> Node:
    """A form that writes about a meeting, a slide or a decision."""
    return send_form("meeting", label, {"action": action, **subject}, fields, asks_actor=view.rows.asks_actor)


def _meetings(view: MeetingView) -> Node:
    body = _meeting_table(view) if view.meetings else paragraph(text("meetings.none"), look="d")
    return section(text("meetings.list"), body, *(_new_meeting(view) if view.may_edit else []))


def _meeting_table(view: MeetingView) -> Node:
    state, chosen = view.rows.state, view.chosen and view.chosen.meeting_code

    def figures(meeting: Meeting) -> Cell:
        href = link(OVERVIEW, state, snapshot=meeting.snapshot_id, meeting="", view="", subject="")
        return cell(link_to(text("meetings.figures"), href=href, data_tip=meeting.snapshot_id))

    columns: list[Column[Meeting]] = [
        file_column(
            "file_head.title", lambda m: linked(m.title, link(MEETING, state, meeting=m.meeting_code)), Kind.NAME
        ),
        file_column("file_head.day", lambda m: day_cell(m.held_on), Kind.DATE),
        file_column("file_head.figures", figures),
    ]
    look = TableLook[Meeting](has_head=False, row=lambda m: "on" if m.meeting_code == chosen else "")
    return data_table(columns, view.meetings, name=text("sheet.meetings"), key=lambda m: m.meeting_code, look=look)


def _new_meeting(view: MeetingView) -> list[Node]:
    if not view.rows.snapshot.snapshot_id:
        return [paragraph(text("meetings.no_data"), look="src")]
    name = text_field("title", text("meetings.name"))
    day = date_field("held_on", text("meetings.day"), value=view.today.isoformat())
    return [
        heading(text("meetings.new"), level=3),
        paragraph(text("meetings.pin_note"), look="src"),
        _form(view, text("meetings.create"), "create", {}, name, day),
    ]


def _agenda(view: MeetingView) -> Node:
    meeting, state = view.chosen, view.rows.state
    if meeting is None:
        return section(text(f"meetings.choose{'' if view.may_edit else '_one'}"))
    pinned = {"meeting": meeting.meeting_code, "snapshot": meeting.snapshot_id}
    run_href = link(MEETING, state, **pinned, mode=PROJECTOR, view="", subject="")
    items = [_slide(view, s, n) for n, s in enumerate(view.slides, start=1)]
    default = paragraph(text("meetings.default_agenda"), look="d")
    return section(
        text("meetings.agenda", count=len(items), minutes=sum(s.minutes for s in view.slides)),
        numbered_list(items, look="agenda") if items else default,
        *(_new_slide(view, meeting) if view.may_edit else []),
        lead=link_to(text("meetings.run"), href=run_href, look="button"),
    )


def _new_slide(view: MeetingView, meeting: Meeting) -> list[Node]:
    state = view.rows.state
    address = text_field("address", text("meetings.address"), value=state.view)
    title = text_field("title", text("meetings.slide_title"), value=state.subject)
    return [
        heading(text("meetings.add_title"), level=3),
        paragraph(text("meetings.add_note"), look="src"),
        _form(view, text("meetings.add"), "add", {"meeting_code": meeting.meeting_code}, address, title),
    ]


def _slide(view: MeetingView, slide: AgendaSlide, number: int) -> Node:
    """A slide of the running order; who may edit can change, move and drop it."""
    key, to_page = str(slide.slide_id), link_to(slide.title, href=slide.address)
    minutes = text("meetings.minutes", count=slide.minutes)
    if not view.may_edit:
        return list_item(to_page, " ", run(minutes, look="d"), key=key)
    moves = {"up": -1} if number > 1 else {}
    moves |= {"down": 1} if number < len(view.slides) else {}
    forms = [
        _form(view, text(f"meetings.{name}"), "shift", {"slide_id": slide.slide_id, "by": by})
        for name, by in {**moves, "drop": 0}.items()
    ]
    change = _form(
        view,
        text("meetings.save"),
        "change",
        {"slide_id": slide.slide_id},
        long_field("note", text("meetings.note"), value=slide.note, required=False),
        number_field("minutes", text("meetings.minutes_field"), value=slide.minutes, least=1, most=120),
    )
    return list_item(to_page, disclosure(f"{minutes} {slide.note}", change, *forms), key=key)


def _decisions(view: MeetingView) -> list[Node]:
    if view.chosen is None:
        return [section(text("meetings.decisions_none"))]
    parts: list[Node] = []
    if view.earlier is not None:
        before = text("meetings.before", name=view.earlier.title)
        parts.append(section(before, _decision_list(view, view.earlier_decisions)))
    new = [heading(text("meetings.decide"), level=3), _decision_form(view, view.chosen)] if view.may_edit else []
    title = text("meetings.decisions", count=len(view.decisions))
    return [*parts, section(title, _decision_list(view, view.decisions), *new)]


def _decision_form(view: MeetingView, meeting: Meeting) -> Node:
    state = view.rows.state
    return _form(
        view,
        text("meetings.decide"),
        "decide",
        {"meeting_code": meeting.meeting_code},
        text_field("subject", text("meetings.subject"), value=state.subject),
        text_field("address", text("meetings.address"), value=state.view or "/"),
        long_field("resolution", text("meetings.resolution")),
        text_field("responsible_unit", text("ledger.column_unit"), required=False),
        date_field("due_on", text("ledger.column_due"), required=False),
    )


def _decision_list(view: MeetingView, decisions: Sequence[Decision]) -> Node:
    if not decisions:
        return paragraph(text("meetings.no_decisions"), look="d")
    return bullet_list([_decision(view, d) for d in decisions], look="files")


def _decision(view: MeetingView, decision: Decision) -> Node:
    due = f" {formatting.day(decision.due_on)}" if decision.due_on else ""
    progress = text(f"meetings.progress_{decision.progress}")
    forms = [
        _form(
            view,
            text(f"meetings.progress_{step}"),
            "progress",
            {"decision_id": decision.decision_id, "version": decision.version, "progress": step},
        )
        for step in PROGRESS
        if step != decision.progress
    ]
    return list_item(
        strong(link_to(decision.subject, href=decision.address)),
        f" {decision.resolution}",
        run(f" {decision.responsible_unit}{due} {progress}", look="d"),
        disclosure(text("meetings.set_progress"), *forms) if view.may_edit else None,
        key=str(decision.decision_id),
    )
