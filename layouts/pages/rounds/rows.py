"""The rows the 过程督导 page is drawn from."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from data.catalogue.supervision_tables import InspectorKind, SupervisionLevel
from data.rows.context import UnitContext
from data.rows.rounds import CoverageRow, InspectorRow, WeakCountRow, WeakSchoolRow


@dataclass(frozen=True)
class Round:
    """One round in the units of the filter."""

    number: int
    district_count: int
    visit_count: int
    inspector_count: int
    first_on: date
    last_on: date


@dataclass(frozen=True)
class RoundsView:
    """Visits by unit and round, weak schools and inspectors of the filter.

    `weak` are the schools that the viewer may see, `weak_counts` count those of the units.
    """

    rows: UnitContext
    coverage: Sequence[CoverageRow]
    weak: Sequence[WeakSchoolRow]
    weak_counts: Sequence[WeakCountRow]
    inspectors: Sequence[InspectorRow]
    levels: Sequence[SupervisionLevel]
    kinds: Sequence[InspectorKind]
    visits_here: tuple[int, int] = (0, 0)
    """Visits to come and visits recorded in the system; the returns alone are counted as coverage."""

    @cached_property
    def by_place(self) -> dict[tuple[str, int], CoverageRow]:
        """Coverage by unit and round."""
        return {(c.district_code, c.round_number): c for c in self.coverage}

    @property
    def visit_counts(self) -> tuple[int, int, int]:
        """Rounds, units and visits of the filter."""
        return (
            len(self.rounds),
            len({c.district_code for c in self.coverage}),
            sum(c.visit_count for c in self.coverage),
        )

    @property
    def absent_count(self) -> int:
        """Visits among them to schools that the period has no more."""
        return sum(c.absent_count for c in self.coverage)

    @cached_property
    def rounds(self) -> list[Round]:
        """The rounds of the filter in their order."""
        return [self._round(n) for n in sorted({c.round_number for c in self.coverage})]

    def _round(self, number: int) -> Round:
        coverage = [c for c in self.coverage if c.round_number == number]
        people = {i.inspector for i in self.inspectors if i.round_number == number}
        return Round(
            number,
            len(coverage),
            sum(c.visit_count for c in coverage),
            len(people),
            min(c.first_on for c in coverage),
            max(c.last_on for c in coverage),
        )

    @cached_property
    def never_counts(self) -> dict[str, int]:
        """Weak schools that no round has reached, by unit."""
        return {w.district_code: w.never_count for w in self.weak_counts}

    @property
    def never_count(self) -> int:
        """Weak schools of the filter that no round has reached."""
        return sum(self.never_counts.values())

    @property
    def weak_count(self) -> int:
        """Weak schools of the filter."""
        return sum(w.weak_count for w in self.weak_counts)

    @cached_property
    def never(self) -> list[WeakSchoolRow]:
        """Those of them that the viewer may see."""
        return [w for w in self.weak if not w.visit_count]

    def of_unit(self, code: str) -> list[CoverageRow]:
        """A unit's coverage over the rounds."""
        return [c for c in self.coverage if c.district_code == code]

    def visits_of(self, code: str) -> int:
        """A unit's visits over the rounds."""
        return sum(c.visit_count for c in self.of_unit(code))

    def of_kind(self, kind: str) -> dict[str, list[InspectorRow]]:
        """The rows of each inspector of a kind, most visits first."""
        by_inspector: dict[str, list[InspectorRow]] = {}
        for row in self.inspectors:
            if row.inspector_kind == kind:
                by_inspector.setdefault(row.inspector, []).append(row)
        visits = {name: sum(r.visit_count for r in rows) for name, rows in by_inspector.items()}
        return {name: by_inspector[name] for name in sorted(by_inspector, key=lambda n: (-visits[n], n))}
