"""走访: what is to come and what was recorded; a round is planned from a proposal."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from data.catalogue.matter_tables import MatterState
from data.rows.visits import ProposedVisit, VisitRow
from data.text import text
from layouts import formatting
from layouts.components.answers import tick_row
from layouts.components.cells import count_cell, day_cell, linked
from layouts.components.data_table import Cell, Column, Kind, cell, column
from layouts.components.elements import block, link_to, paragraph, run
from layouts.components.forms import (
    choice_field,
    date_field,
    hidden_field,
    number_field,
    post_form,
    query_form,
    submit_button,
    text_field,
)
from layouts.components.rest import no_rows
from layouts.components.sections import heading, region
from layouts.document import DAYS, DRAFTS, alert_line, document
from layouts.markup import Node
from layouts.office.matter_filter import MatterFilter, state_bar, unit_filter
from layouts.office.supervision_ways import supervision_ways
from layouts.office.table import long_words, office_table
from layouts.parts.demonstration import invented_line
from layouts.routes import VISITS

MOST_ROWS = 200
MOST_ROUND = 99


@dataclass(frozen=True)
class Proposal:
    """The schools of a unit, those proposed first; `chosen` are ticked. `inspectors` may be sent."""

    district_code: str
    unit_name: str
    schools: Sequence[ProposedVisit]
    chosen: frozenset[str]
    inspectors: Sequence[tuple[str, str]]
    round_number: int
    due_on: str
    assignee: str


@dataclass(frozen=True)
class VisitsView:
    """The visits of the filter, how many there are in each state, and the proposal where one is asked for."""

    rows: Sequence[VisitRow]
    counts: Mapping[str, int]
    late_count: int
    states: Sequence[MatterState]
    state: str
    district_code: str
    units: Sequence[tuple[str, str]]
    proposal: Proposal | None
    today: date
    may_plan: bool
    may_record: bool
    asks_actor: bool
    """Whether nobody signs in, so that who plans gives a name."""


def visits_page(view: VisitsView, token: str, account_bar: Node, message: str, *, is_failure: bool) -> str:
    """The sentence, the filter, the visits, and the form of a round."""
    return document(
        text("visit.title"),
        [
            supervision_ways(VISITS.path),
            heading(visits_headline(view), level=1),
            invented_line(is_demonstration=any(r.visit.is_demonstration for r in view.rows)),
            alert_line(message, is_failure=is_failure, role="alert" if is_failure else "status") if message else None,
            block(
                link_to(text("visit.record_here"), href="/visits/record", look="button filled", stays=False)
                if view.may_record
                else None,
                link_to(
                    text("visit.as_file"),
                    href=visits_filter(view).address("/visits/file.xlsx"),
                    look="button",
                    stays=False,
                )
                if view.counts.get("recorded")
                else None,
                look="in-row",
            ),
            unit_filter(visits_filter(view)),
            state_bar(visits_filter(view)),
            _listed(view),
            _proposal(view, token) if view.may_plan else None,
        ],
        "office visits",
        account_bar=account_bar,
        scripts=[DRAFTS, DAYS],
    )


def visits_headline(view: VisitsView) -> str:
    """How many are to come, were made and are late."""
    to_come, made = view.counts.get("planned", 0), view.counts.get("recorded", 0)
    late = view.late_count
    said = text("visit.headline", to_come=formatting.count(to_come), made=formatting.count(made))
    return said + (text("visit.headline_late", count=formatting.count(late)) if late else "")


def visits_filter(view: VisitsView) -> MatterFilter:
    """What is chosen of the list."""
    return MatterFilter(VISITS.path, view.state, view.district_code, view.units, view.states, view.counts)


def visits_count(view: VisitsView) -> int:
    """How many visits the filter has."""
    return view.counts.get(view.state, 0) if view.state else sum(view.counts.values())


def _listed(view: VisitsView) -> Node:
    """The table, what of it is left out, and the way to its file."""
    if not view.rows:
        return no_rows(text("visit.empty"))
    count = visits_count(view)
    more = text("visit.more", shown=len(view.rows), count=formatting.count(count))
    way = link_to(text("matter.as_file"), href=visits_filter(view).address("/visits/list.xlsx"), stays=False)
    return block(visits_table(view), paragraph(more, look="src") if count > len(view.rows) else None, paragraph(way))


def visits_table(view: VisitsView) -> Node:
    """The visits of the filter."""
    names = {s.state_code: s.name for s in view.states}
    columns: list[Column[VisitRow]] = [
        column(
            "visit.column.", "code", lambda r: linked(r.visit.matter_code, f"/visits/{r.visit.matter_code}"), Kind.NAME
        ),
        column("visit.column.", "unit", lambda r: r.unit_name),
        column("visit.column.", "school", lambda r: long_words(r.school_name)),
        column("visit.column.", "state", lambda r: names[r.visit.state]),
        column("visit.column.", "due", lambda r: _due(view, r), Kind.DATE),
        column(
            "visit.column.",
            "done",
            lambda r: day_cell(r.visit.done_on if r.visit.state == "recorded" else None),
            Kind.DATE,
        ),
        column("visit.column.", "person", lambda r: r.person or formatting.NONE),
        column("visit.column.", "round", lambda r: count_cell(r.visit.round), Kind.COUNT),
        column("visit.column.", "findings", lambda r: count_cell(_findings(r)), Kind.COUNT),
    ]
    return office_table(columns, view.rows, name=text("visit.title"), key=lambda r: r.visit.matter_code)


def _findings(row: VisitRow) -> int | None:
    return row.findings if row.visit.state == "recorded" else None


def _due(view: VisitsView, row: VisitRow) -> Cell:
    return day_cell(row.visit.due_on, look="t-unmet" if row.is_late(view.today) else "")


def _proposal(view: VisitsView, token: str) -> Node:
    """Plan a round: choose a unit, look at the proposal, change it, plan."""
    title = heading(text("visit.plan_title"))
    hint = paragraph(text("visit.plan_hint"), look="src")
    if view.proposal is None:
        choice = choice_field("plan", text("filter.district"), view.units)
        ask = submit_button(text("visit.propose"), look="button")
        return region(title, hint, query_form("/visits", choice, ask, look="in-row"))
    proposal = view.proposal
    if not proposal.schools:
        return region(title, no_rows(text("visit.nothing_to_plan", unit=proposal.unit_name)))
    columns: list[Column[ProposedVisit]] = [
        column("visit.column.", "chosen", lambda p: _tick(proposal, p)),
        column("visit.column.", "school", lambda p: long_words(p.school.school_name)),
        column("visit.column.", "reason", lambda p: text(f"visit.reason_{p.reason}")),
        column("visit.column.", "missed", lambda p: count_cell(p.school.missed_count), Kind.COUNT),
        column("visit.column.", "last", lambda p: day_cell(p.last_visited_on), Kind.DATE),
    ]
    table = office_table(columns, proposal.schools, name=text("visit.plan_title"), key=lambda p: p.school.school_code)
    who: Node = (
        choice_field(
            "assignee",
            text("visit.column.person"),
            [("", text("visit.anybody")), *proposal.inspectors],
            chosen=proposal.assignee,
        )
        if proposal.inspectors
        else text_field("assignee_name", text("visit.column.person"), required=False)
    )
    return region(
        title,
        hint,
        post_form(
            "/visits/plan",
            token,
            hidden_field("district", proposal.district_code),
            block(
                number_field(
                    "round", text("visit.column.round"), value=proposal.round_number, least=1, most=MOST_ROUND
                ),
                date_field("due_on", text("visit.column.due"), value=proposal.due_on),
                who,
                text_field("actor", text("form.actor")) if view.asks_actor else None,
                submit_button(text("visit.plan")),
                look="in-row",
            ),
            paragraph(run(text("visit.proposed", unit=proposal.unit_name, count=len(proposal.schools)), look="b")),
            table,
        ),
    )


def _tick(proposal: Proposal, visit: ProposedVisit) -> Cell:
    school = visit.school
    return cell(
        tick_row("school", school.school_code, school.school_name, is_set=school.school_code in proposal.chosen)
    )
