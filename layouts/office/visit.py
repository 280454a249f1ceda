"""One visit: what was seen of each thing, the issues that came of it, photographs, history, and the next step."""

from collections.abc import Sequence
from dataclasses import dataclass

from data.catalogue.matter_tables import MatterState, Transition
from data.rows.visits import VisitRow
from data.store.audit import AuditRow
from data.store.visit_photos import VisitPhoto
from data.store.visits import Answer
from data.text import text
from layouts import formatting
from layouts.components.answers import photograph
from layouts.components.cells import linked
from layouts.components.data_table import Cell, Column, Kind, cell, column
from layouts.components.elements import block, disclosure, link_to, pairs, paragraph
from layouts.components.forms import (
    date_field,
    hidden_field,
    history_list,
    long_field,
    post_form,
    submit_button,
    text_field,
)
from layouts.components.rest import no_rows
from layouts.components.sections import heading, region
from layouts.document import DAYS, DRAFTS, alert_line, document
from layouts.markup import Node
from layouts.office.audit_log import word
from layouts.office.table import long_words, office_table
from layouts.parts.demonstration import invented_line
from layouts.routes import SCHOOL


@dataclass(frozen=True)
class VisitView:
    """The visit with all that belongs to it; `transitions` are the steps that who looks may take.

    `may_record` where the viewer may record it now.
    """

    row: VisitRow
    states: Sequence[MatterState]
    answers: Sequence[Answer]
    photos: Sequence[VisitPhoto]
    history: Sequence[AuditRow]
    transitions: Sequence[Transition]
    may_record: bool
    asks_actor: bool


def visit_page(view: VisitView, token: str, account_bar: Node, message: str, *, is_failure: bool) -> str:
    """The sentence, the facts, what was seen, and the steps."""
    visit = view.row.visit
    return document(
        text("visit.one_title", code=visit.matter_code),
        [
            paragraph(link_to(text("visit.back_to_list"), href="/visits", stays=False)),
            heading(_headline(view), level=1),
            alert_line(message, is_failure=is_failure, role="alert" if is_failure else "status") if message else None,
            invented_line(is_demonstration=visit.is_demonstration),
            _facts(view),
            _way_to_record(view) if view.may_record else None,
            *_answers(view),
            *_steps(view, token),
            region(heading(text("visit.history")), history_list(_entries(view))),
        ],
        "office visits one-matter",
        account_bar=account_bar,
        scripts=[DRAFTS, DAYS],
    )


def _headline(view: VisitView) -> str:
    row = view.row
    if row.visit.state != "recorded":
        name = next(s.name for s in view.states if s.state_code == row.visit.state)
        return text("visit.one_headline", school=row.school_name, state=name)
    issues = {a.issue_code for a in view.answers if a.issue_code}
    return text("visit.one_recorded", school=row.school_name, findings=row.findings, issues=len(issues))


def _facts(view: VisitView) -> Node:
    visit = view.row.visit
    school = visit.school_code or ""
    rows: list[tuple[Node, Node]] = [
        (text("visit.column.school"), link_to(view.row.school_name, href=f"{SCHOOL.path}/{school}", stays=False)),
        (text("visit.column.unit"), view.row.unit_name),
        (text("visit.column.round"), str(visit.round or formatting.NONE)),
        (text("visit.column.due"), formatting.day(visit.due_on) if visit.due_on else formatting.NONE),
        (text("visit.column.person"), view.row.person or formatting.NONE),
    ]
    if visit.state == "recorded":
        rows.append((text("visit.column.done"), formatting.day(visit.done_on) if visit.done_on else formatting.NONE))
        rows.append((text("visit.impression"), visit.note or formatting.NONE))
    return pairs(rows, look="account-facts")


def _answers(view: VisitView) -> list[Node]:
    if view.row.visit.state != "recorded":
        return []
    if not view.answers:
        return [no_rows(text("visit.no_answers"))]
    numbered = list(enumerate(view.answers))
    columns: list[Column[tuple[int, Answer]]] = [
        column("visit.answer.", "title", lambda a: cell(a[1].title, look="b"), Kind.NAME),
        column("visit.answer.", "side", lambda a: text(f"visit.side_name_{a[1].side}")),
        column("visit.answer.", "reported", lambda a: long_words(a[1].reported)),
        column("visit.answer.", "answer", lambda a: _answer(a[1])),
        column("visit.answer.", "seen", lambda a: long_words(_seen(a[1]))),
        column("visit.answer.", "photos", lambda a: _photos(view, a[0])),
        column("visit.answer.", "issue", lambda a: _issue(a[1])),
    ]
    table = office_table(columns, numbered, name=text("visit.seen_title"), key=lambda a: str(a[0]))
    return [region(heading(text("visit.seen_title")), table)]


def _answer(answer: Answer) -> Cell:
    said = text(f"visit.answer_{answer.answer}")
    return cell(said, look="t-unmet" if answer.answer == "differs" else "mut" if answer.answer == "unseen" else "")


def _seen(answer: Answer) -> str:
    measured = text("visit.measured_words", measured=answer.measured) if answer.measured else ""
    return "；".join(w for w in (measured, answer.words) if w) or formatting.NONE


def _photos(view: VisitView, position: int) -> Cell:
    shown = [p for p in view.photos if p.position == position]
    if not shown:
        return cell(formatting.NONE)
    return cell(block(*[photograph(f"/visits/photo/{p.photo_id}", _photo_words(p)) for p in shown], look="photos"))


def _photo_words(photo: VisitPhoto) -> str:
    place = photo.place or text("visit.no_place")
    return text("visit.photo_words", moment=formatting.moment(photo.taken_at), place=place)


def _issue(answer: Answer) -> Cell:
    if not answer.issue_code:
        return cell(formatting.NONE)
    return linked(answer.issue_code, f"/ledger?issue={answer.issue_code}")


def _way_to_record(view: VisitView) -> Node:
    """The next step of a visit that is to come."""
    href = f"/visits/record#{view.row.visit.school_code}"
    return block(link_to(text("visit.record_here"), href=href, look="button filled", stays=False), look="in-row")


def _steps(view: VisitView, token: str) -> list[Node]:
    """The steps of who plans: another day, or none; each with its reason."""
    visit = view.row.visit
    return [
        disclosure(
            text(f"visit.step_{t.action}"),
            post_form(
                f"/visits/{visit.matter_code}",
                token,
                hidden_field("version", str(visit.version)),
                hidden_field("action", t.action),
                date_field("due_on", text("visit.column.due")) if t.deadline else None,
                long_field("reason", text("visit.reason")),
                text_field("actor", text("form.actor")) if view.asks_actor else None,
                submit_button(text(f"visit.step_{t.action}"), look="button"),
            ),
        )
        for t in view.transitions
        if t.needs_reason
    ]


def _entries(view: VisitView) -> list[tuple[str, str]]:
    return [
        (f"{formatting.moment(row.at)} {row.actor}", " ".join(w for w in (word("action", row.action), row.reason) if w))
        for row in view.history
    ]
