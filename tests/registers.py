"""An area, an office and an inspector of every unit, for the tests of who reads and writes them."""

from collections.abc import Sequence
from datetime import date

from data.store.area_changes import AreaEdit
from data.store.inspector_changes import InspectorEdit
from data.store.office_changes import OfficeEdit
from data.store.register_intake import Intake, NewTraining

DAY = date(2026, 1, 1)


def registers_of(units: Sequence[str], word: str) -> Intake:
    """Entries numbered 001 of each unit, called by `word` and the unit; the area holds its first school."""
    return Intake(
        [AreaEdit(f"A{u}-001", 0, u, f"{word}{u}", frozenset({f"S{u}-001"})) for u in units],
        [OfficeEdit(f"O{u}-001", 0, "school", u, f"S{u}-001", f"{word}{u}") for u in units],
        [
            InspectorEdit(
                f"I{u}-001", 0, u, f"{word}{u}", "area", f"A{u}-001", None, f"O{u}-001", DAY, None, is_full_time=True
            )
            for u in units
        ],
        [NewTraining(f"I{u}-001", DAY, 8, f"{word}{u}") for u in units],
    )


def register_paths(unit: str, neighbour: str) -> list[str]:
    """Every page and file of the registers, asked about the own unit and another's."""
    return [
        *[f"/inspectors?list={name}&district_code={neighbour}" for name in ("people", "areas", "offices")],
        *[f"/inspectors/{letter}{code}-001" for letter in "AIO" for code in (unit, neighbour)],
        f"/inspectors/new/area?district_code={neighbour}",
        "/inspectors/new/inspector",
        f"/inspectors/file.xlsx?district_code={neighbour}",
        "/inspectors/file.csv",
    ]
