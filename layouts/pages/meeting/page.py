"""会议 as a list of panels: meetings with their pinned figures, one running order, decisions."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from data.rows.context import FrameContext
from data.store.meetings import PROGRESS, AgendaSlide, Decision, Meeting
from data.text import text
from data.view_state import PROJECTOR
from layouts import formatting
from layouts.ids import MeetingId
from layouts.markup import Node, h
from layouts.page import AnyPanel, Panel
from layouts.parts.forms import date_field, long_field, number_field, send_form, text_field
from layouts.parts.frame import Filter, filter_bar, header, section
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
    head = [*header(MEETING, rows.state), filter_bar(filters, rows.snapshot, MEETING.draws)]
    return [
        Panel(MeetingId.HEAD, "head", head),
        Panel(MeetingId.ANSWER, "answer", _answer(view)),
        Panel(MeetingId.LIST, "list-panel", [_meetings(view)]),
        Panel(MeetingId.AGENDA, "agenda-panel", [_agenda(view)]),
        Panel(MeetingId.DECISIONS, "decisions-panel", _decisions(view)),
        Panel(MeetingId.SOURCE, "source-panel", [source_line(rows, MEETING.draws)]),
    ]


def document_title(view: MeetingView) -> str:
    """Browser tab and history entry."""
    name = view.chosen.title if view.chosen else ""
    return " · ".join(w for w in (name, text("navigation.meeting"), text("app.name")) if w)


def outcome_words(decisions: Sequence[Decision]) -> str:
    """上次议定7项：完成4，推进2，无进展1."""
    counts = {p: sum(1 for d in decisions if d.progress == p) for p in PROGRESS}
    return text("meetings.outcome", count=len(decisions), **counts)


def _answer(view: MeetingView) -> list[Node]:
    title = view.chosen.title if view.chosen else text("meetings.title", count=len(view.meetings))
    state = view.rows.state
    words = text("meetings.sub")
    if state.view:
        words = text("meetings.taken", subject=state.subject or state.view)
    elif view.earlier is not None:
        words = text(
            "meetings.last", day=formatting.day(view.earlier.held_on), outcome=outcome_words(view.earlier_decisions)
        )
    return [
        h("h1", {"id": "content", "tabIndex": -1, "className": "small"}, title),
        h("p", {"className": "sub"}, words),
    ]


def _meetings(view: MeetingView) -> Node:
    state = view.rows.state
    lines = [
        h(
            "tr",
            {
                "key": m.meeting_code,
                "className": "on" if view.chosen and m.meeting_code == view.chosen.meeting_code else None,
            },
            h(
                "th",
                {"scope": "row"},
                h("a", {"href": link(MEETING, state, meeting=m.meeting_code), "data-nav": "1"}, m.title),
            ),
            h("td", {}, formatting.day(m.held_on)),
            h(
                "td",
                {},
                h(
                    "a",
                    {
                        "href": link(OVERVIEW, state, snapshot=m.snapshot_id, meeting="", view="", subject=""),
                        "data-nav": "1",
                        "data-tip": m.snapshot_id,
                    },
                    text("meetings.figures"),
                ),
            ),
        )
        for m in view.meetings
    ]
    body: Node = h("p", {"className": "d"}, text("meetings.none"))
    if lines:
        body = h("table", {"className": "mini"}, h("tbody", {}, *lines))
    create = send_form(
        "meeting",
        text("meetings.create"),
        {"action": "create"},
        [
            text_field("title", text("meetings.name")),
            date_field("held_on", text("meetings.day"), value=view.today.isoformat()),
        ],
        asks_actor=view.rows.asks_actor,
    )
    if not view.rows.snapshot.snapshot_id:
        new: list[Node] = [h("p", {"className": "src"}, text("meetings.no_data"))]
    else:
        new = [h("h3", {}, text("meetings.new")), h("p", {"className": "src"}, text("meetings.pin_note")), create]
    return section(text("meetings.list"), body, *(new if view.may_edit else []))


def _agenda(view: MeetingView) -> Node:
    if view.chosen is None:
        return section(text("meetings.choose" if view.may_edit else "meetings.choose_one"))
    meeting = view.chosen
    run = link(
        MEETING,
        view.rows.state,
        meeting=meeting.meeting_code,
        snapshot=meeting.snapshot_id,
        mode=PROJECTOR,
        view="",
        subject="",
    )
    lines = [_slide(view, s, n) for n, s in enumerate(view.slides, start=1)]
    minutes = sum(s.minutes for s in view.slides)
    add = send_form(
        "meeting",
        text("meetings.add"),
        {"action": "add", "meeting_code": meeting.meeting_code},
        [
            text_field("address", text("meetings.address"), value=view.rows.state.view),
            text_field("title", text("meetings.slide_title"), value=view.rows.state.subject),
        ],
        asks_actor=view.rows.asks_actor,
    )
    return section(
        text("meetings.agenda", count=len(lines), minutes=minutes),
        h("ol", {"className": "agenda"}, *lines)
        if lines
        else h("p", {"className": "d"}, text("meetings.default_agenda")),
        *(
            [h("h3", {}, text("meetings.add_title")), h("p", {"className": "src"}, text("meetings.add_note")), add]
            if view.may_edit
            else []
        ),
        lead=h("a", {"href": run, "data-nav": "1", "className": "button"}, text("meetings.run")),
    )


def _slide(view: MeetingView, slide: AgendaSlide, number: int) -> Node:
    asks_actor, is_last = view.rows.asks_actor, number == len(view.slides)
    moves = [("up", -1)] * (number > 1) + [("down", 1)] * (not is_last) + [("drop", 0)]
    to_page = h("a", {"href": slide.address, "data-nav": "1"}, slide.title)
    if not view.may_edit:
        minutes = text("meetings.minutes", count=slide.minutes)
        return h("li", {"key": str(slide.slide_id)}, to_page, " ", h("span", {"className": "d"}, minutes))
    return h(
        "li",
        {"key": str(slide.slide_id)},
        to_page,
        h(
            "details",
            {},
            h("summary", {}, text("meetings.minutes", count=slide.minutes), " ", slide.note),
            send_form(
                "meeting",
                text("meetings.save"),
                {"action": "change", "slide_id": slide.slide_id},
                [
                    long_field("note", text("meetings.note"), value=slide.note, required=False),
                    number_field("minutes", text("meetings.minutes_field"), value=slide.minutes, least=1, most=120),
                ],
                asks_actor=asks_actor,
            ),
            *[
                send_form(
                    "meeting",
                    text(f"meetings.{name}"),
                    {"action": "shift", "slide_id": slide.slide_id, "by": by},
                    [],
                    asks_actor=asks_actor,
                )
                for name, by in moves
            ],
        ),
    )


def _decisions(view: MeetingView) -> list[Node]:
    if view.chosen is None:
        return [section(text("meetings.decisions_none"))]
    code = view.chosen.meeting_code
    form = send_form(
        "meeting",
        text("meetings.decide"),
        {"action": "decide", "meeting_code": code},
        [
            text_field("subject", text("meetings.subject"), value=view.rows.state.subject),
            text_field("address", text("meetings.address"), value=view.rows.state.view or "/"),
            long_field("resolution", text("meetings.resolution")),
            text_field("responsible_unit", text("ledger.column_unit"), required=False),
            date_field("due_on", text("ledger.column_due"), required=False),
        ],
        asks_actor=view.rows.asks_actor,
    )
    blocks: list[Node] = []
    if view.earlier is not None:
        title = text("meetings.before", name=view.earlier.title)
        blocks.append(section(title, _table(view, view.earlier_decisions)))
    now = section(
        text("meetings.decisions", count=len(view.decisions)),
        _table(view, view.decisions),
        *([h("h3", {}, text("meetings.decide")), form] if view.may_edit else []),
    )
    return [*blocks, now]


def _table(view: MeetingView, decisions: Sequence[Decision]) -> Node:
    if not decisions:
        return h("p", {"className": "d"}, text("meetings.no_decisions"))
    return h(
        "ul",
        {"className": "files"},
        *[
            h(
                "li",
                {"key": str(d.decision_id)},
                h("b", {}, h("a", {"href": d.address, "data-nav": "1"}, d.subject)),
                " ",
                d.resolution,
                h(
                    "span",
                    {"className": "d"},
                    " ",
                    d.responsible_unit,
                    " " + formatting.day(d.due_on) if d.due_on else "",
                    " ",
                    text(f"meetings.progress_{d.progress}"),
                ),
                None
                if not view.may_edit
                else h(
                    "details",
                    {},
                    h("summary", {}, text("meetings.set_progress")),
                    *[
                        send_form(
                            "meeting",
                            text(f"meetings.progress_{p}"),
                            {"action": "progress", "decision_id": d.decision_id, "version": d.version, "progress": p},
                            [],
                            asks_actor=view.rows.asks_actor,
                        )
                        for p in PROGRESS
                        if p != d.progress
                    ],
                ),
            )
            for d in decisions
        ],
    )
