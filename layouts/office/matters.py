"""督导意见书 and 群众热点: the list of a kind of matter, and the form that adds one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from data.catalogue.matter_tables import MatterState
from data.rows.matters import MatterRow
from data.text import text
from layouts import formatting
from layouts.components.cells import day_cell, linked
from layouts.components.data_table import Column, Kind, column
from layouts.components.elements import block, link_to, paragraph
from layouts.components.forms import (
    choice_field,
    date_field,
    hidden_field,
    long_field,
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
from layouts.routes import COMPLAINTS, OPINIONS

PATHS = {"opinion": OPINIONS.path, "complaint": COMPLAINTS.path}
SCALES = ("special", "full")
CHANNELS = ("letter", "telephone", "network", "visit")


@dataclass(frozen=True)
class NewMatterForm:
    """What the form of a new matter offers: the unit, its schools, and the items that one may be about."""

    district_code: str
    unit_name: str
    schools: Sequence[tuple[str, str]]
    items: Sequence[tuple[str, str]]
    needs_school: bool


@dataclass(frozen=True)
class MattersView:
    """The matters of the filter, the counts of each state, and the form where one may be added."""

    matter_kind: str
    rows: Sequence[MatterRow]
    counts: Mapping[str, int]
    late_count: int
    states: Sequence[MatterState]
    state: str
    district_code: str
    units: Sequence[tuple[str, str]]
    form: NewMatterForm | None
    may_add: bool
    asks_actor: bool
    today: date
    about: str


def matters_page(view: MattersView, token: str, account_bar: Node, message: str, *, is_failure: bool) -> str:
    """The sentence, the filter, the list, and the form."""
    return document(
        text(f"matter.title_{view.matter_kind}"),
        [
            supervision_ways(PATHS[view.matter_kind]),
            heading(matters_headline(view), level=1),
            invented_line(is_demonstration=any(r.matter.is_demonstration for r in view.rows)),
            paragraph(view.about, look="src"),
            alert_line(message, is_failure=is_failure, role="alert" if is_failure else "status") if message else None,
            unit_filter(matters_filter(view)),
            state_bar(matters_filter(view)),
            _listed(view),
            _form(view, token) if view.may_add else None,
        ],
        "office matters",
        account_bar=account_bar,
        scripts=[DRAFTS, DAYS],
    )


def matters_headline(view: MattersView) -> str:
    """How many there are, are open and are late."""
    waiting = sum(view.counts.get(s.state_code, 0) for s in view.states if s.is_open)
    said = text(
        f"matter.headline_{view.matter_kind}",
        open=formatting.count(waiting),
        count=formatting.count(sum(view.counts.values())),
    )
    return said + (text("matter.headline_late", count=formatting.count(view.late_count)) if view.late_count else "")


def matters_filter(view: MattersView) -> MatterFilter:
    """What is chosen of the list."""
    path = PATHS[view.matter_kind]
    return MatterFilter(path, view.state, view.district_code, view.units, view.states, view.counts)


def matters_count(view: MattersView) -> int:
    """How many matters the filter has."""
    return view.counts.get(view.state, 0) if view.state else sum(view.counts.values())


def _listed(view: MattersView) -> Node:
    """The table, what of it is left out, and the way to its file."""
    if not view.rows:
        return no_rows(text("matter.empty"))
    chosen, count = matters_filter(view), matters_count(view)
    more = text("matter.more", shown=len(view.rows), count=formatting.count(count))
    return block(
        matters_table(view),
        paragraph(more, look="src") if count > len(view.rows) else None,
        paragraph(link_to(text("matter.as_file"), href=chosen.address(f"{chosen.path}/list.xlsx"), stays=False)),
    )


def matters_table(view: MattersView) -> Node:
    """The matters of the filter."""
    names = {s.state_code: s.name for s in view.states}
    is_open = {s.state_code for s in view.states if s.is_open}
    path = PATHS[view.matter_kind]
    columns: list[Column[MatterRow]] = [
        column("matter.column.", "code", lambda r: linked(r.matter.matter_code, f"{path}/{r.matter.matter_code}")),
        column("matter.column.", "party", lambda r: long_words(r.party)),
        column("matter.column.", "subject", lambda r: long_words(r.matter.subject), Kind.NAME),
        column("matter.column.", "state", lambda r: names[r.matter.state]),
        column(
            "matter.column.",
            "due",
            lambda r: day_cell(
                r.last_day if r.matter.state in is_open else None,
                look="t-unmet" if r.matter.state in is_open and r.is_late(view.today) else "",
            ),
            Kind.DATE,
        ),
        column("matter.column.", "opened", lambda r: day_cell(r.matter.opened_on), Kind.DATE),
        column("matter.column.", "person", lambda r: r.matter.updated_by),
    ]
    return office_table(
        columns, view.rows, name=text(f"matter.title_{view.matter_kind}"), key=lambda r: r.matter.matter_code
    )


def _form(view: MattersView, token: str) -> Node:
    title = heading(text(f"matter.add_{view.matter_kind}"))
    form = view.form
    if form is None:
        ask = submit_button(text("matter.next"), look="button")
        return region(
            title,
            query_form(
                PATHS[view.matter_kind], choice_field("new", text("filter.district"), view.units), ask, look="in-row"
            ),
        )
    whole = [] if form.needs_school else [("", text("matter.whole_unit", unit=form.unit_name))]
    fields: list[Node] = [
        hidden_field("district", form.district_code),
        choice_field("school_code", text("matter.party_of"), [*whole, *form.schools]),
        text_field("subject", text(f"matter.subject_{view.matter_kind}")),
    ]
    if view.matter_kind == "opinion":
        fields += [
            choice_field("scale", text("matter.scale"), [(s, text(f"matter.scale_{s}")) for s in SCALES]),
            date_field("ended_on", text("matter.ended_on")),
        ]
    else:
        fields += [
            choice_field("channel", text("matter.channel"), [(c, text(f"matter.channel_{c}")) for c in CHANNELS]),
            choice_field("item_code", text("matter.item"), [("", text("matter.no_item")), *form.items]),
        ]
    fields.append(long_field("note", text(f"matter.note_{view.matter_kind}")))
    if view.asks_actor:
        fields.append(text_field("actor", text("form.actor")))
    address = f"{PATHS[view.matter_kind]}?{urlencode({'new': form.district_code})}"
    return region(title, post_form(address, token, *fields, submit_button(text("matter.save")), look="office-form"))
