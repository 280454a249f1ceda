"""What a task book proposes for a unit: a measure for each indicator of its bill, with the department that is usual."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from data.catalogue.department_tables import MeasureDefault
from data.catalogue.loader import Catalogue
from data.catalogue.tables import Indicator
from data.quarters import quarter_end
from data.store.task_measures import NewMeasure

PARAMETER = "task_book_months"
MONTHS = 12


@dataclass(frozen=True)
class OwedBySchool:
    """What a school owes of an indicator, in the unit of the bill."""

    indicator_code: str
    unit: str
    school_code: str
    amount: int


def proposed_measures(
    catalogue: Catalogue, owed: Iterable[OwedBySchool], starts_on: date, due_on: date
) -> list[NewMeasure]:
    """A measure for each indicator of which something is owed, in official order, with the schools that owe it."""
    by_code: dict[str, list[OwedBySchool]] = {}
    for row in owed:
        by_code.setdefault(row.indicator_code, []).append(row)
    defaults = {m.indicator_code: m for m in catalogue.in_force(MeasureDefault, starts_on)}
    names = {i.indicator_code: i.short_name for i in catalogue.in_force(Indicator, starts_on)}
    measures: list[NewMeasure] = []
    for code, rows in sorted(by_code.items()):
        usual = defaults.get(code)
        measures.append(
            NewMeasure(
                code,
                usual.measure if usual else names.get(code, code),
                sum(row.amount for row in rows),
                rows[0].unit,
                usual.department_code if usual else "",
                starts_on,
                due_on,
                schools=[(row.school_code, row.amount) for row in rows],
            )
        )
    return measures


def proposed_end(catalogue: Catalogue, target: date | None, today: date) -> date:
    """The day on which the unit is to comply; without one to come, the end of a quarter so many months from today."""
    if target is not None and target > today:
        return target
    months = today.month - 1 + int(catalogue.parameter(PARAMETER, today))
    return quarter_end(date(today.year + months // MONTHS, months % MONTHS + 1, 1))
