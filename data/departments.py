"""The departments that act together, as the catalogue lists them on a day."""

from datetime import date

from data.catalogue.department_tables import Department
from data.catalogue.loader import Catalogue


def departments_on(catalogue: Catalogue, day: date) -> list[Department]:
    """The departments of a day: those of the city first."""
    return sorted(catalogue.in_force(Department, day), key=lambda d: (d.display_order, d.department_code))


def department_names(catalogue: Catalogue, day: date) -> list[str]:
    """Their names, in the same order."""
    return [department.name for department in departments_on(catalogue, day)]
