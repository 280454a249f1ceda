"""The running order of a meeting as pictures of its slides; who prepares it changes, moves and drops them."""

from data.store.agenda import AUDIENCES, MOST_MINUTES, AgendaSlide
from data.text import text
from layouts import formatting
from layouts.components.elements import block, disclosure, link_to, list_item, numbered_list, paragraph, run
from layouts.components.forms import choice_field, long_field, number_field, send_form, text_field
from layouts.markup import Node
from layouts.meeting.slide import Slide, kinds_of, slide_picture
from layouts.pages.meeting.history import order_fields
from layouts.pages.meeting.rows import MeetingView
from layouts.parts.demonstration import is_invented
from layouts.parts.frame import section
from layouts.routes import MEETING, link


def agenda(view: MeetingView) -> list[Node]:
    """The order of the chosen meeting; how to make one where there is none."""
    if view.chosen is None:
        return [section(text(f"meetings.choose{'' if view.may_edit else '_one'}"))]
    cards = [_card(view, slide, number) for number, slide in enumerate(view.slides, start=1)]
    title = text("meetings.agenda", title=view.chosen.meeting.title, count=len(cards), minutes=view.minutes)
    hint = text("meetings.order_hint") if view.may_edit and cards else ""
    return [
        section(
            title,
            paragraph(hint, look="src") if hint else None,
            numbered_list(cards, look="deck") if cards else paragraph(text("meetings.default_agenda"), look="d"),
            *(_additions(view) if view.may_edit else []),
        )
    ]


def _card(view: MeetingView, slide: Slide, number: int) -> Node:
    entry = slide.entry
    title = entry.title if entry else slide.title_words
    caption = [
        run(str(number), look="card-number"),
        link_to(title, href=_pinned(view, entry)) if entry else title,
        run(text("meetings.minutes", count=slide.minutes), look="d card-minutes") if slide.minutes else None,
    ]
    below = [part for part in (slide.title_words if entry else "", entry.speaker if entry else "") if part]
    return list_item(
        slide_picture(slide, number, is_demonstration=is_invented(view.rows.snapshot, kinds_of([slide]))),
        block(*caption, look="card-title"),
        paragraph(" · ".join(below), look="card-sub") if below else None,
        paragraph(slide.speaking_note, look="card-note") if slide.speaking_note and view.may_edit else None,
        _changes(view, entry) if entry and view.may_edit else None,
        look="card",
        key=str(entry.slide_id) if entry else "outcome",
        **(_moves(entry) if entry and view.may_edit else {}),
    )


def _moves(entry: AgendaSlide) -> dict[str, str]:
    """What a script needs to move it (`assets/modules/agenda.js`)."""
    return {"draggable": "true", "data_slide_id": str(entry.slide_id), "data_position": str(entry.position)}


def _pinned(view: MeetingView, entry: AgendaSlide) -> str:
    """The page of an item with the figures and the day of its meeting."""
    if view.chosen is None:
        return entry.address
    meeting = view.chosen.meeting
    joint = "&" if "?" in entry.address else "?"
    return f"{entry.address}{joint}snapshot={meeting.snapshot_id}&meeting={meeting.meeting_code}"


def _changes(view: MeetingView, entry: AgendaSlide) -> Node:
    def form(label: str, action: str, *fields: Node, **about: object) -> Node:
        subject = {"action": action, "slide_id": entry.slide_id, **about}
        return send_form("meeting", text(f"meetings.{label}"), subject, fields, asks_actor=view.rows.asks_actor)

    count = sum(1 for slide in view.slides if slide.entry)
    steps = {"up": entry.position - 1, "down": entry.position + 1}
    return disclosure(
        text("meetings.change"),
        form(
            "save",
            "change",
            text_field("title", text("meetings.slide_title"), value=entry.title),
            long_field("note", text("meetings.note"), value=entry.note, required=False),
            number_field("minutes", text("meetings.minutes_field"), value=entry.minutes, least=1, most=MOST_MINUTES),
            text_field("speaker", text("meetings.speaker"), value=entry.speaker, required=False),
            choice_field(
                "audience",
                text("meetings.audience"),
                [(a, text(f"meetings.audience_{a or 'readers'}")) for a in AUDIENCES],
                chosen=entry.audience,
            ),
        ),
        block(
            *[form(name, "place", position=to) for name, to in steps.items() if 1 <= to <= count],
            form("drop", "drop"),
            look="card-moves",
        ),
    )


def _additions(view: MeetingView) -> list[Node]:
    """A page by its address, or a whole order."""
    if view.chosen is None:
        return []
    state, code = view.rows.state, view.chosen.meeting.meeting_code
    asks_actor = view.rows.asks_actor
    page_fields = (
        *_which_meeting(view, code),
        text_field("address", text("meetings.address"), value=state.view),
        text_field("title", text("meetings.slide_title"), value=state.subject),
    )
    about = {"meeting_code": code}
    add = send_form("meeting", text("meetings.add"), {"action": "add"}, page_fields, asks_actor=asks_actor)
    fill = send_form(
        "meeting", text("meetings.fill"), {"action": "fill", **about}, order_fields(view), asks_actor=asks_actor
    )
    return [
        disclosure(
            text("meetings.add_title"),
            paragraph(text("meetings.add_note"), look="src"),
            add,
            _leaves_taken_view(view),
            is_open=bool(state.view),
        ),
        disclosure(text("meetings.fill_title"), fill, is_open=not view.slides),
    ]


def _which_meeting(view: MeetingView, code: str) -> list[Node]:
    """To which meeting a page is added: those that are not over, and the one on screen, which is chosen."""
    open_ones = [m for r in view.records if (m := r.meeting).held_on >= view.today or m.meeting_code == code]
    names = [(m.meeting_code, text("meetings.held", name=m.title, day=formatting.day(m.held_on))) for m in open_ones]
    return [choice_field("meeting_code", text("meetings.to_which"), names, chosen=code)]


def _leaves_taken_view(view: MeetingView) -> Node:
    """The way back from a view that was brought along and is not wanted."""
    state = view.rows.state
    if not state.view:
        return None
    return link_to(text("meetings.leave_taken"), href=link(MEETING, state, view="", subject=""), look="plain-link")
