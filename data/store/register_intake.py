"""Many entries of the registers at once, as they are: those of the demonstration."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import insert

from data.access import Viewer
from data.store.area_changes import AreaEdit
from data.store.engine import Store
from data.store.inspector_changes import InspectorEdit
from data.store.office_changes import OfficeEdit
from data.store.register_entries import AREAS, INSPECTORS, OFFICES, add_entry
from data.store.schema import area_school, inspector_training


@dataclass(frozen=True)
class NewTraining:
    """A training that an inspector took part in."""

    inspector_code: str
    held_on: date
    hours: int
    subject: str


@dataclass(frozen=True)
class Intake:
    """Entries with their codes: areas and offices come before the inspectors that name them."""

    areas: Sequence[AreaEdit]
    offices: Sequence[OfficeEdit]
    people: Sequence[InspectorEdit]
    trainings: Sequence[NewTraining]


def take_register(store: Store, viewer: Viewer, intake: Intake, at: datetime) -> None:
    """Keep invented entries in one piece, each with its line in the audit."""
    with store.write() as connection:
        for area in intake.areas:
            schools = sorted(area.school_codes)
            values = {"area_code": area.area_code, "district_code": area.district_code, "name": area.name}
            made = {**values, "school_codes": schools, "is_demonstration": True}
            add_entry(store, connection, AREAS, viewer, made, at)
            connection.execute(
                insert(area_school), [{"area_code": area.area_code, "school_code": code} for code in schools]
            )
        for office in intake.offices:
            values = {
                "office_code": office.office_code,
                "level_code": office.level_code,
                "district_code": office.district_code,
                "school_code": office.school_code,
                "name": office.name,
            }
            add_entry(store, connection, OFFICES, viewer, {**values, "is_demonstration": True}, at)
        for person in intake.people:
            values = {"inspector_code": person.inspector_code, "district_code": person.district_code, **person.values}
            add_entry(store, connection, INSPECTORS, viewer, {**values, "is_demonstration": True}, at)
        for training in intake.trainings:
            connection.execute(
                insert(inspector_training).values(
                    inspector_code=training.inspector_code,
                    held_on=training.held_on,
                    hours=training.hours,
                    subject=training.subject,
                )
            )
