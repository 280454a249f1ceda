"""The rows the 线索核查 page is drawn from."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from data.rows.context import UnitContext
from data.rows.lead_corrections import CorrectionLead
from data.rows.lead_findings import CopyLead, Limits, MoveLead, Outcome
from data.rows.lead_nearness import Nearness
from data.rows.leads import OutlierRow
from data.rows.overview import UnitStatusRow

KINDS = {
    "digits": ("digits",),
    "bunching": ("bunching",),
    "copies": ("twins", "same", "values"),
    "outliers": ("outlier",),
    "corrections": ("cell", "cv"),
    "moves": ("section", "campus", "relabelled", "excluded"),
}
"""The kinds of lead that each test finds, in reading order."""

Lead = Outcome | CopyLead | OutlierRow | CorrectionLead | MoveLead


@dataclass(frozen=True)
class LeadsView:
    """The limits, what was tested and compared, and the leads of the filter."""

    rows: UnitContext
    limits: Limits
    tests: Sequence[Outcome]
    compared: dict[str, int]
    leads: Sequence[Lead]
    names: dict[str, str]
    types: dict[str, str]
    pool: str
    """Whose units were tested and compared with each other: the city, or one parent."""
    near: Mapping[str, Sequence[Nearness]]
    """The units of each test in the order of nearness to its line."""
    left_out_types: Sequence[str]
    """School types that no test looks at."""
    units: Sequence[UnitStatusRow]
    """The units of the day, which the tests are of whatever boundaries were asked for."""

    @property
    def reported(self) -> set[str]:
        """Those that sent a return."""
        return {u.district_code for u in self.units if u.is_reported}

    def of(self, test: str) -> list[Lead]:
        """The leads that one test found."""
        return [lead for lead in self.leads if lead.kind in KINDS[test]]

    def tested(self, test: str) -> int:
        """How many units (statistical tests) or schools and returns were looked at."""
        return self.compared.get(test, sum(1 for t in self.tests if t.kind == test))

    def looked_at(self, test: str) -> bool:
        """Whether a test looked at any unit of the filter: one that was left out has no lead, and no 0 of them."""
        tested = {n.district_code for n in self.near[test]} if test in self.near else self.reported
        return not tested.isdisjoint(self.rows.scoped_codes)

    @property
    def is_unseen(self) -> bool:
        """Whether no test looked at any unit of the filter, as at one that was not there yet."""
        return not any(self.looked_at(test) for test in KINDS)

    def untested(self, test: str) -> int:
        """How many units that sent a return have too few cases for a statistical test."""
        return len(self.reported - {t.district_code for t in self.tests if t.kind == test})

    def name(self, district_code: str) -> str:
        """A unit's short name."""
        return self.names.get(district_code, district_code)
