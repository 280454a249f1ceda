"""Rows of the registers: areas, inspectors and offices as a viewer may read them, and what of them is amiss."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from data.store.inspector_register import Inspector, InspectorArea, Office


@dataclass(frozen=True)
class SchoolVisitsRow:
    """How often a school was visited, and when last."""

    district_code: str
    school_code: str
    visit_count: int
    last_visited_on: date


@dataclass(frozen=True)
class VisitRow:
    """A visit by an inspector."""

    district_code: str
    school_code: str
    round_number: int
    visited_on: date
    finding_count: int


@dataclass(frozen=True)
class RegisteredSchool:
    """A school of a unit's latest return, and its visits."""

    district_code: str
    school_code: str
    school_name: str
    visit_count: int = 0
    last_visited_on: date | None = None


@dataclass(frozen=True)
class Remark:
    """What is amiss with an entry: so many, where so many are asked for; a day or names where it is about them."""

    code: str
    count: int = 0
    limit: int = 0
    names: str = ""


@dataclass(frozen=True)
class AreaRow:
    """An area with its schools; `gone` are no longer in the unit's return, `hidden_count` out of scope."""

    area: InspectorArea
    schools: Sequence[RegisteredSchool]
    gone: Sequence[str]
    hidden_count: int
    people: Sequence[Inspector]
    remarks: Sequence[Remark]

    @property
    def entry(self) -> InspectorArea:
        """The entry as it is kept."""
        return self.area

    @property
    def code(self) -> str:
        """Its code."""
        return self.area.area_code

    @property
    def ended_on(self) -> date | None:
        """Since when it is no more."""
        return self.area.closed_on

    @property
    def school_count(self) -> int:
        """The schools that it has today."""
        return len(self.schools) + self.hidden_count


@dataclass(frozen=True)
class PersonRow:
    """An inspector with the hours of training of the year and the visits that stand under the name."""

    inspector: Inspector
    area_name: str
    office_name: str
    hours: int
    visit_count: int
    remarks: Sequence[Remark]

    @property
    def entry(self) -> Inspector:
        """The entry as it is kept."""
        return self.inspector

    @property
    def code(self) -> str:
        """Its code."""
        return self.inspector.inspector_code

    @property
    def ended_on(self) -> date | None:
        """Since when they are in office no more."""
        return self.inspector.left_on


@dataclass(frozen=True)
class OfficeRow:
    """An office, the school that it is of, and how many inspectors it has."""

    office: Office
    school_name: str
    people_count: int
    remarks: Sequence[Remark] = ()

    @property
    def entry(self) -> Office:
        """The entry as it is kept."""
        return self.office

    @property
    def code(self) -> str:
        """Its code."""
        return self.office.office_code

    @property
    def ended_on(self) -> date | None:
        """Since when it is no more."""
        return self.office.closed_on


EntryRow = AreaRow | PersonRow | OfficeRow


@dataclass(frozen=True)
class Register:
    """What a viewer may read of the registers; `free` are schools in no area."""

    areas: Sequence[AreaRow]
    people: Sequence[PersonRow]
    offices: Sequence[OfficeRow]
    free: Sequence[RegisteredSchool]
    unit_names: Mapping[str, str]
    """The units of today within the scope, by code."""
    has_figures: bool

    @property
    def is_demonstration(self) -> bool:
        """Whether any entry is invented."""
        return any(row.entry.is_demonstration for row in (*self.areas, *self.people, *self.offices))

    def of_unit(self, district_code: str) -> "Register":
        """The part of one unit; everything where none is named."""
        if not district_code:
            return self
        return Register(
            [r for r in self.areas if r.area.district_code == district_code],
            [r for r in self.people if r.inspector.district_code == district_code],
            [r for r in self.offices if r.office.district_code == district_code],
            [s for s in self.free if s.district_code == district_code],
            self.unit_names,
            self.has_figures,
        )
