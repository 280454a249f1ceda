"""What of the registers is listed, as the address says it, and the words by which units, kinds and levels are named."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import TypeVar

from callbacks.dependencies import Dependencies
from data.access import Viewer
from data.catalogue.supervision_tables import InspectorKind, SupervisionLevel
from data.catalogue.tables import District, Parameter
from data.rows.registers import AreaRow, EntryRow, OfficeRow, PersonRow, Register
from data.text import text
from layouts.office.register_words import AREAS, LISTS, OFFICES, PEOPLE, ListAsked, Names, remark_words
from layouts.office.registers import LONGEST_SEARCH, Listed, RegistersView
from queries.reader import NoSnapshotError, Snapshot
from queries.registers import register_of

ROWS_OF_A_PART = 100
Row = TypeVar("Row", bound=EntryRow)


def snapshot_of(deps: Dependencies) -> Snapshot | None:
    """The figures in force for who is looking; None before the first publication."""
    try:
        return deps.for_viewer().warehouse.current()
    except NoSnapshotError:
        return None


def register_for(deps: Dependencies, viewer: Viewer) -> Register:
    """What a viewer reads of the registers today."""
    return register_of(snapshot_of(deps), deps.store, deps.catalogue, viewer, deps.today())


def names_of(deps: Dependencies) -> Names:
    """Units of any time, with the city under the empty code; kinds of inspectors, levels of offices."""
    units = {d.district_code: d.short_name for d in deps.catalogue.rows(District)}
    levels = sorted(deps.catalogue.rows(SupervisionLevel), key=lambda row: row.display_order)
    return Names(
        {"": text("registers.city"), **units},
        {k.inspector_kind: k.name for k in deps.catalogue.rows(InspectorKind)},
        {row.level_code: row.name for row in levels},
    )


def limits_of(deps: Dependencies) -> dict[str, int]:
    """The numbers of the rules that the page names."""
    held = {p.parameter_code: int(p.value) for p in deps.catalogue.in_force(Parameter, deps.today())}
    return {
        "area": held["inspector_area_schools"],
        "least": held["inspector_schools_least"],
        "most": held["inspector_schools_most"],
        "hours": held["inspector_training_hours"],
    }


def asked_of(said: Mapping[str, str], register: Register) -> ListAsked:
    """What the address asks for; anything that there is not is as if it were not said."""
    shown, unit, part = said.get("list", ""), said.get("district_code", ""), said.get("part", "")
    only = said.get("only", "")
    known = {remark.code for row in (*register.areas, *register.people) for remark in row.remarks}
    return ListAsked(
        shown if shown in LISTS else PEOPLE,
        unit if unit in register.unit_names else "",
        said.get("search", "").strip()[:LONGEST_SEARCH],
        only if only in known else "",
        int(part) if part.isdecimal() and len(part) < len("10000") else 1,
    )


def view_of(deps: Dependencies, register: Register, asked: ListAsked, *, may_edit: bool) -> RegistersView:
    """The registers with the rows that are listed."""
    chosen, names = register.of_unit(asked.district_code), names_of(deps)

    def line(row: EntryRow) -> str:
        entry = row.entry
        said = [entry.name, names.units.get(entry.district_code, ""), remark_words(row.remarks)]
        if isinstance(row, PersonRow):
            said += [names.kinds[row.inspector.inspector_kind], row.area_name, row.office_name]
        if isinstance(row, AreaRow):
            said += [*(p.name for p in row.people), *(s.school_name for s in row.schools)]
        if isinstance(row, OfficeRow):
            said += [names.levels[row.office.level_code], row.school_name]
        return " ".join(said).casefold()

    people = _matching(chosen.people if asked.shown == PEOPLE else [], asked, line)
    areas = _matching(chosen.areas if asked.shown == AREAS else [], asked, line)
    offices = _matching(chosen.offices if asked.shown == OFFICES else [], asked, line)
    count = len(people) + len(areas) + len(offices)
    parts = max(1, -(-count // ROWS_OF_A_PART))
    asked = replace(asked, part=min(max(1, asked.part), parts))
    first = (asked.part - 1) * ROWS_OF_A_PART
    cut = slice(first, first + ROWS_OF_A_PART)
    listed = Listed(people[cut], areas[cut], offices[cut], first + 1, count, parts)
    return RegistersView(register, chosen, asked, listed, names, may_edit, limits_of(deps))


def _matching(rows: Sequence[Row], asked: ListAsked, line: Callable[[EntryRow], str]) -> list[Row]:
    pieces = asked.search.casefold().split()
    return [
        row
        for row in rows
        if (not asked.only or asked.only in {r.code for r in row.remarks})
        and all(piece in line(row) for piece in pieces)
    ]
