"""One area, inspector or office: what it is, what is amiss, what belongs to it, how it is changed and ended."""

from collections.abc import Sequence
from dataclasses import dataclass

from data.rows.registers import AreaRow, EntryRow, OfficeRow, PersonRow, RegisteredSchool, VisitRow
from data.store.audit import AuditRow
from data.store.inspector_register import Training
from data.text import text
from data.view_state import ViewState
from layouts import formatting
from layouts.components.data_table import Column, Kind, cell, column
from layouts.components.elements import block, bullet_list, disclosure, link_to, list_item, pairs, paragraph, run
from layouts.components.forms import date_field, hidden_field, history_list, post_form, submit_button
from layouts.components.rest import no_rows, rest_note
from layouts.components.sections import heading, region
from layouts.document import DAYS, DRAFTS, alert_line, document
from layouts.markup import Node
from layouts.office.register_forms import AnyEdit, FormChoices, entry_form, training_form
from layouts.office.register_words import HEAD, Names, entry_link, remark_words, time_words, visit_columns
from layouts.office.table import long_words, office_table
from layouts.routes import INSPECTORS, SCHOOL, link

MOST_VISITS = 100


@dataclass(frozen=True)
class EntryView:
    """An entry with what belongs to it; `edit` is what its form holds, None where nothing may be changed.

    `area` is an inspector's own one; trainings, visits and the account in words are those of an inspector. The account
    is told to who may change the entry.
    """

    row: EntryRow
    names: Names
    history: Sequence[AuditRow]
    school_names: dict[str, str]
    area: AreaRow | None = None
    trainings: Sequence[Training] = ()
    visits: Sequence[VisitRow] = ()
    account: str | None = None
    edit: AnyEdit | None = None
    choices: FormChoices | None = None
    today: str = ""


def entry_page(view: EntryView, token: str, account_bar: Node, message: str, *, is_failure: bool) -> str:
    """The page of one entry."""
    row = view.row
    title = row.entry.name
    return document(
        title,
        [
            block(
                link_to(text("registers.back"), href=INSPECTORS.path, stays=False), _mark(row), look="register-tools"
            ),
            heading(title, level=1),
            alert_line(message, is_failure=is_failure, role="status") if message else None,
            pairs(_facts(view), look="account-facts"),
            _ended(row),
            *_remarks(row),
            *_parts(view, token),
            *_changes(view, token),
            *_history(view),
        ],
        "office registers",
        account_bar=account_bar,
        scripts=[DAYS, DRAFTS],
    )


def _mark(row: EntryRow) -> Node:
    return run(text("app.demo"), look="demo") if row.entry.is_demonstration else None


def _facts(view: EntryView) -> list[tuple[Node, Node]]:
    row, names = view.row, view.names
    entry = row.entry
    unit = (text("registers.field.unit"), names.units.get(entry.district_code, entry.district_code))
    if isinstance(row, AreaRow):
        return [
            unit,
            (
                text("registers.column.schools"),
                text("registers.school_count", count=formatting.count(row.school_count)),
            ),
            (text("registers.column.people"), text("registers.person_count", count=formatting.count(len(row.people)))),
        ]
    if isinstance(row, OfficeRow):
        return [
            unit,
            (text("registers.field.level"), names.levels[row.office.level_code]),
            (text("registers.field.school"), row.school_name or formatting.NONE),
            (text("registers.column.people"), text("registers.person_count", count=formatting.count(row.people_count))),
        ]
    person = row.inspector
    area = entry_link(row.area_name, person.area_code or "") if row.area_name else text("registers.no_area")
    term = person.term_ends_on
    return [
        unit,
        (text("registers.field.kind"), names.kinds[person.inspector_kind]),
        (text("registers.field.area"), area),
        (text("registers.field.office"), row.office_name or formatting.NONE),
        (text("registers.field.time"), time_words(is_full_time=person.is_full_time)),
        (text("registers.field.appointed"), formatting.day(person.appointed_on)),
        (text("registers.field.term"), text("registers.no_term") if term is None else formatting.day(term)),
        *_account(view),
    ]


def _account(view: EntryView) -> list[tuple[Node, Node]]:
    name = text("registers.field.account_short")
    return [] if view.account is None else [(name, view.account or text("registers.no_account"))]


def _ended(row: EntryRow) -> Node:
    day = row.ended_on
    return None if day is None else alert_line(text("registers.ended", day=formatting.day(day)))


def _remarks(row: EntryRow) -> list[Node]:
    items = [list_item(remark_words([r]), key=r.code) for r in row.remarks]
    return [bullet_list(items, look="effects remarks")] if items else []


def _parts(view: EntryView, token: str) -> list[Node]:
    row = view.row
    if isinstance(row, AreaRow):
        return [*area_schools(row), _people_of(view, row)]
    if isinstance(row, OfficeRow):
        return []
    of_area = area_schools(view.area) if view.area is not None else []
    return [*of_area, *_trainings(view, row, token), *_visits(view, row)]


def area_schools(row: AreaRow) -> list[Node]:
    """The schools of an area by name, with their visits; those that are gone, and how many are not told."""
    columns: list[Column[RegisteredSchool]] = [
        column(
            HEAD,
            "school",
            lambda s: cell(link_to(s.school_name, href=link(SCHOOL, ViewState(), school=s.school_code), stays=False)),
            Kind.NAME,
        ),
        column(HEAD, "code", lambda s: s.school_code),
        *visit_columns(),
    ]
    title = text("registers.all_schools", count=formatting.count(row.school_count))
    table = office_table(columns, row.schools, name=title, key=lambda s: s.school_code) if row.schools else None
    gone = text("registers.schools_gone", count=formatting.count(len(row.gone)), codes="、".join(row.gone))
    return [
        region(
            heading(title),
            table,
            rest_note("registers.schools_hidden", row.hidden_count),
            paragraph(gone, look="src") if row.gone else None,
        )
    ]


def _people_of(view: EntryView, row: AreaRow) -> Node:
    title = text("registers.in_area", count=formatting.count(len(row.people)))
    items = [
        list_item(
            entry_link(p.name, p.inspector_code),
            f"　{view.names.kinds[p.inspector_kind]}　{time_words(is_full_time=p.is_full_time)}",
            key=p.inspector_code,
        )
        for p in row.people
    ]
    return region(heading(title), bullet_list(items, look="effects"))


def _trainings(view: EntryView, row: PersonRow, token: str) -> list[Node]:
    may_change = view.edit is not None
    columns: list[Column[Training]] = [
        column(HEAD, "day", lambda t: cell(t.held_on.isoformat(), value=t.held_on), Kind.DATE),
        column(HEAD, "length", lambda t: cell(str(t.hours), value=t.hours), Kind.COUNT),
        column(HEAD, "subject", lambda t: long_words(t.subject)),
    ]
    if may_change:
        columns.append(column(HEAD, "drop", lambda t: cell(_drop(row, t, token))))
    title = text("registers.training", hours=formatting.count(row.hours))
    table = office_table(columns, view.trainings, name=title, key=lambda t: str(t.training_id))
    form = training_form(_address(row), token)
    return [
        region(
            heading(title),
            table if view.trainings else no_rows(text("registers.no_training")),
            disclosure(text("registers.add_training"), form) if may_change else None,
        )
    ]


def _drop(row: PersonRow, training: Training, token: str) -> Node:
    hidden = [hidden_field("action", "drop_training"), hidden_field("training_id", str(training.training_id))]
    button = submit_button(text("registers.drop_training"), look="plain")
    return post_form(_address(row), token, *hidden, button, look="in-row")


def _visits(view: EntryView, row: PersonRow) -> list[Node]:
    columns: list[Column[VisitRow]] = [
        column(HEAD, "day", lambda v: cell(v.visited_on.isoformat(), value=v.visited_on), Kind.DATE),
        column(HEAD, "school", lambda v: view.school_names.get(v.school_code, v.school_code)),
        column(HEAD, "unit", lambda v: view.names.units.get(v.district_code, v.district_code)),
        column(HEAD, "round", lambda v: cell(text("rounds.round", number=v.round_number), value=v.round_number)),
        column(HEAD, "findings", lambda v: cell(formatting.count(v.finding_count), value=v.finding_count), Kind.COUNT),
    ]
    title = text("registers.visits", count=formatting.count(row.visit_count))
    shown = view.visits[:MOST_VISITS]
    table = office_table(columns, shown, name=title) if shown else None
    return [
        region(
            heading(title),
            table if row.visit_count else no_rows(text("registers.no_visits")),
            rest_note("registers.more_visits", len(view.visits) - len(shown)),
            rest_note("registers.visits_hidden", row.visit_count - len(view.visits)),
            paragraph(text("registers.by_name"), look="src"),
        )
    ]


def _changes(view: EntryView, token: str) -> list[Node]:
    """The form with what the entry is, and its end; nothing for who may not."""
    if view.edit is None or view.choices is None:
        return []
    row = view.row
    edit_form = entry_form(_address(row), view.edit, view.choices, token)
    version = hidden_field("version", str(row.entry.version))
    if isinstance(row, PersonRow):
        end = post_form(
            _address(row),
            token,
            hidden_field("action", "leave"),
            version,
            paragraph(text("registers.leave_means")),
            date_field("left_on", text("registers.field.left_on"), value=view.today),
            submit_button(text("registers.leave"), look="button"),
            look="stacked",
        )
        return [region(heading(text("registers.edit")), edit_form), disclosure(text("registers.leave"), end)]
    means = text(f"registers.dissolve_{'area' if isinstance(row, AreaRow) else 'office'}_means")
    end = post_form(
        _address(row),
        token,
        hidden_field("action", "dissolve"),
        version,
        paragraph(means),
        submit_button(text("registers.dissolve"), look="button"),
        look="stacked",
    )
    return [region(heading(text("registers.edit")), edit_form), disclosure(text("registers.dissolve"), end)]


def _history(view: EntryView) -> list[Node]:
    lines = [(f"{formatting.moment(r.at)} {r.actor}", text(f"audit.action.{r.action}")) for r in reversed(view.history)]
    return [disclosure(text("registers.history"), history_list(lines), look="register-history")] if lines else []


def _address(row: EntryRow) -> str:
    return f"{INSPECTORS.path}/{row.code}"
