"""One 督导意见书 or 群众热点: what it says, its terms, its letters, its history, and the next steps."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from data.catalogue.matter_tables import MatterState, Transition
from data.rows.matters import MatterRow
from data.store.audit import AuditRow
from data.store.steps import leads_back
from data.text import text
from layouts import formatting
from layouts.components.elements import block, disclosure, link_to, pairs, paragraph
from layouts.components.forms import (
    date_field,
    field,
    hidden_field,
    history_list,
    long_field,
    post_form,
    submit_button,
    text_field,
)
from layouts.components.sections import heading, region
from layouts.document import DAYS, DRAFTS, alert_line, document
from layouts.markup import Node
from layouts.office.audit_log import word
from layouts.office.matters import PATHS
from layouts.parts.demonstration import invented_line

NUMBERED = ("feed_back", "issue")
"""Steps by which a letter leaves, which has a number of the office."""
LONGEST_NUMBER = 60


@dataclass(frozen=True)
class MatterView:
    """The matter, what its terms give, the steps that who looks may take, and why others are not theirs.

    `terms` are days with their names, `unarranged_year` one whose days of rest are not known yet; `ways` lead on to
    what belongs to it.
    """

    row: MatterRow
    item: str
    states: Sequence[MatterState]
    terms: Sequence[tuple[str, date]]
    unarranged_year: int | None
    history: Sequence[AuditRow]
    transitions: Sequence[Transition]
    withheld: Sequence[str]
    ways: Sequence[tuple[str, str]]
    asks_actor: bool


def matter_page(view: MatterView, token: str, account_bar: Node, message: str, *, is_failure: bool) -> str:
    """The sentence, the facts and terms, the steps, the history."""
    matter = view.row.matter
    state = next(s.name for s in view.states if s.state_code == matter.state)
    return document(
        f"{text(f'matter.title_{matter.matter_kind}')} {matter.matter_code}",
        [
            paragraph(link_to(text("matter.back"), href=PATHS[matter.matter_kind], stays=False)),
            heading(text("matter.one_headline", party=view.row.party, subject=matter.subject, state=state), level=1),
            alert_line(message, is_failure=is_failure, role="alert" if is_failure else "status") if message else None,
            invented_line(is_demonstration=matter.is_demonstration),
            _facts(view),
            paragraph(text("matter.unarranged", year=view.unarranged_year), look="src")
            if view.unarranged_year
            else None,
            region(
                heading(text(f"matter.note_{matter.matter_kind}"), level=3),
                paragraph(matter.note or formatting.NONE, look="matter-note"),
            ),
            block(*[link_to(name, href=href, look="button", stays=False) for name, href in view.ways], look="in-row"),
            *[
                _step(view, transition, token)
                for transition in view.transitions
                if not leads_back(view.states, transition)
            ],
            *[
                _way_back(view, transition, token)
                for transition in view.transitions
                if leads_back(view.states, transition)
            ],
            *[paragraph(why, look="src") for why in view.withheld],
            region(heading(text("visit.history")), history_list([_entry(view, row) for row in view.history])),
        ],
        "office one-matter",
        account_bar=account_bar,
        scripts=[DRAFTS, DAYS],
    )


def _facts(view: MatterView) -> Node:
    matter = view.row.matter
    rows: list[tuple[Node, Node]] = [
        (text("matter.column.code"), matter.matter_code),
        (text("matter.column.party"), view.row.party),
    ]
    if view.item:
        rows.append((text("matter.item"), view.item))
    if matter.document_number:
        rows.append((text("matter.number"), matter.document_number))
    rows += [(name, formatting.day(day)) for name, day in view.terms]
    return pairs(rows, look="account-facts")


def _step(view: MatterView, transition: Transition, token: str) -> Node:
    """The step that leads on, to be seen first."""
    form = _form(view, transition, token, look="button filled")
    return region(heading(text(f"matter.step_{transition.action}"), level=3), form, look="matter-step")


def _way_back(view: MatterView, transition: Transition, token: str) -> Node:
    """A step back or aside: behind its name, with a lighter button."""
    name = text(f"matter.step_{transition.action}")
    return disclosure(name, _form(view, transition, token, look="button"), look="matter-back")


def _form(view: MatterView, transition: Transition, token: str, *, look: str) -> Node:
    """The form of one step, with what it needs."""
    matter, action = view.row.matter, transition.action
    is_numbered = matter.matter_kind == "opinion" and action in NUMBERED
    return post_form(
        f"{PATHS[matter.matter_kind]}/{matter.matter_code}",
        token,
        hidden_field("version", str(matter.version)),
        hidden_field("action", action),
        field("document_number", text("matter.number"), maxLength=LONGEST_NUMBER) if is_numbered else None,
        date_field("due_on", text(f"matter.day_{action}")) if transition.deadline else None,
        long_field("reason", text(f"matter.reason_{action}")) if transition.needs_reason else None,
        text_field("actor", text("form.actor")) if view.asks_actor else None,
        submit_button(text(f"matter.step_{action}"), look=look),
        look="office-form",
    )


def _entry(view: MatterView, row: AuditRow) -> tuple[str, str]:
    names = {s.state_code: s.name for s in view.states}
    moved = row.after.get("state")
    state = f"（{names[moved]}）" if moved in names else ""
    return (
        f"{formatting.moment(row.at)} {row.actor}",
        "".join((word("action", row.action), state, f"：{row.reason}" if row.reason else "")),
    )
