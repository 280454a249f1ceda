"""The forms of the registers: an area with its schools, an inspector, an office."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from data.rows.registers import RegisteredSchool
from data.store.area_changes import AreaEdit
from data.store.inspector_changes import MUNICIPAL, InspectorEdit
from data.store.office_changes import OF_AREA, OF_CITY, OfficeEdit
from data.text import text
from layouts import formatting
from layouts.components.elements import link_to, paragraph
from layouts.components.forms import (
    choice_field,
    date_field,
    hidden_field,
    number_field,
    post_form,
    query_form,
    submit_button,
    text_field,
    tick_list,
)
from layouts.components.forms import field as line_field
from layouts.components.sections import heading
from layouts.document import DAYS, DRAFTS, alert_line, document
from layouts.markup import Node
from layouts.office.register_words import Names
from layouts.routes import INSPECTORS

CITY_CHOICE = "city"
MOST_HOURS = 200
AnyEdit = AreaEdit | InspectorEdit | OfficeEdit


@dataclass(frozen=True)
class FormChoices:
    """What may be chosen for an entry of a unit: (code, words) each; schools with `elsewhere` in other areas."""

    schools: Sequence[RegisteredSchool] = ()
    elsewhere: int = 0
    areas: Sequence[tuple[str, str]] = ()
    offices: Sequence[tuple[str, str]] = ()
    accounts: Sequence[tuple[str, str]] = ()
    names: Names = field(default_factory=lambda: Names({}, {}, {}))
    has_figures: bool = True


def unit_page(kind: str, units: Mapping[str, str], account_bar: Node) -> str:
    """Which unit a new entry is of, asked first: what else may be chosen follows from it."""
    title = text(f"registers.new_{kind}")
    offered = [(code or CITY_CHOICE, name) for code, name in units.items()]
    return document(
        title,
        [
            _back(),
            heading(title, level=1),
            query_form(
                f"{INSPECTORS.path}/new/{kind}",
                choice_field("district_code", text("registers.choose_unit"), offered),
                submit_button(text("registers.go_on")),
                look="office-form",
            ),
        ],
        "office registers",
        account_bar=account_bar,
    )


def new_page(edit: AnyEdit, choices: FormChoices, token: str, account_bar: Node, message: str) -> str:
    """The form of a new entry."""
    kind = {AreaEdit: "area", InspectorEdit: "inspector", OfficeEdit: "office"}[type(edit)]
    title = text(f"registers.new_{kind}")
    return document(
        title,
        [
            _back(),
            heading(title, level=1),
            paragraph(choices.names.units.get(edit.district_code, ""), look="sub"),
            alert_line(message, is_failure=True, role="status") if message else None,
            entry_form(f"{INSPECTORS.path}/new/{kind}", edit, choices, token),
        ],
        "office registers",
        account_bar=account_bar,
        scripts=[DAYS, DRAFTS],
    )


def entry_form(address: str, edit: AnyEdit, choices: FormChoices, token: str) -> Node:
    """The form of an entry, with what it is or what was typed."""
    fields = {AreaEdit: _area_fields, InspectorEdit: _inspector_fields, OfficeEdit: _office_fields}[type(edit)]
    return post_form(
        address,
        token,
        hidden_field("action", "save"),
        hidden_field("version", str(edit.version)),
        hidden_field("district_code", edit.district_code or CITY_CHOICE),
        *fields(edit, choices),  # type: ignore[arg-type]
        submit_button(text("registers.save")),
        look="office-form register-form",
    )


def training_form(address: str, token: str) -> Node:
    """A training that was taken part in."""
    return post_form(
        address,
        token,
        hidden_field("action", "add_training"),
        date_field("held_on", text("registers.field.held_on")),
        number_field("hours", text("registers.field.hours"), value=8, least=1, most=MOST_HOURS),
        text_field("subject", text("registers.field.subject")),
        submit_button(text("registers.add_training"), look="button"),
        look="office-form",
    )


def _back() -> Node:
    return paragraph(link_to(text("registers.back"), href=INSPECTORS.path, stays=False))


def _area_fields(edit: AreaEdit, choices: FormChoices) -> list[Node]:
    offered = [(s.school_code, s.school_name) for s in choices.schools]
    ticks = tick_list("school_codes", text("registers.field.schools"), offered, chosen=edit.school_codes)
    notes = [
        None if choices.has_figures else text("registers.no_figures"),
        None if choices.schools or not choices.has_figures else text("registers.none_free"),
        text("registers.elsewhere", count=formatting.count(choices.elsewhere))
        if choices.elsewhere and choices.schools
        else None,
    ]
    return [
        text_field("name", text("registers.field.area_name"), value=edit.name),
        ticks if offered else None,
        *[paragraph(note, look="src", key=note) for note in notes if note],
    ]


def _inspector_fields(edit: InspectorEdit, choices: FormChoices) -> list[Node]:
    kinds = [
        (code, name) for code, name in choices.names.kinds.items() if (code == MUNICIPAL) == (not edit.district_code)
    ]
    no_choice = text("registers.no_office")
    area = choice_field(
        "area_code",
        text("registers.field.area"),
        [("", text("registers.no_area")), *choices.areas],
        chosen=edit.area_code or "",
    )
    appointed = edit.appointed_on.isoformat() if edit.appointed_on else ""
    term = edit.term_ends_on.isoformat() if edit.term_ends_on else ""
    times = [("1", text("registers.full_time")), ("", text("registers.part_time"))]
    return [
        line_field("name", text("registers.field.name"), value=edit.name, maxLength=40, autoComplete="off"),
        choice_field("inspector_kind", text("registers.field.kind"), kinds, chosen=edit.inspector_kind),
        area if edit.district_code else None,
        choice_field(
            "office_code",
            text("registers.field.office"),
            [("", no_choice), *choices.offices],
            chosen=edit.office_code or "",
        ),
        choice_field(
            "account_id",
            text("registers.field.account"),
            [("", text("registers.no_account")), *choices.accounts],
            chosen=edit.account_id or "",
        ),
        choice_field("is_full_time", text("registers.field.time"), times, chosen="1" if edit.is_full_time else ""),
        date_field("appointed_on", text("registers.field.appointed"), value=appointed),
        date_field("term_ends_on", text("registers.field.term"), value=term, required=False),
    ]


def _office_fields(edit: OfficeEdit, choices: FormChoices) -> list[Node]:
    name = text_field("name", text("registers.field.office_name"), value=edit.name)
    if edit.office_code:
        return [name]
    levels = [
        (code, level)
        for code, level in choices.names.levels.items()
        if code != OF_AREA and (code == OF_CITY) == (not edit.district_code)
    ]
    schools = [("", text("registers.no_office")), *[(s.school_code, s.school_name) for s in choices.schools]]
    return [
        choice_field("level_code", text("registers.field.level"), levels, chosen=edit.level_code),
        choice_field("school_code", text("registers.field.school"), schools, chosen=edit.school_code or "")
        if edit.district_code
        else None,
        name,
    ]
