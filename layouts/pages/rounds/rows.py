"""The rows the 过程督导 page is drawn from."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from data.catalogue.supervision_tables import InspectorKind, SupervisionLevel
from data.rows.context import UnitContext
from data.rows.rounds import CoverageRow, InspectorRow, RoundTotalRow, WeakSchoolRow


@dataclass(frozen=True)
class RoundsView:
    """Visits by unit and round, rounds as reported, weak schools and inspectors of the filter."""

    rows: UnitContext
    coverage: Sequence[CoverageRow]
    totals: Sequence[RoundTotalRow]
    weak: Sequence[WeakSchoolRow]
    inspectors: Sequence[InspectorRow]
    levels: Sequence[SupervisionLevel]
    kinds: Sequence[InspectorKind]

    @cached_property
    def by_place(self) -> dict[tuple[str, int], CoverageRow]:
        """Coverage by unit and round."""
        return {(c.district_code, c.round_number): c for c in self.coverage}

    @cached_property
    def own(self) -> list[CoverageRow]:
        """Coverage of the units of the filter."""
        return [c for c in self.coverage if c.district_code in self.rows.scoped_codes]

    @property
    def visit_counts(self) -> tuple[int, int, int]:
        """Rounds, units and visits of the filter; of everybody they are as they were reported."""
        if not self.rows.scope_name:
            return (len(self.totals), sum(t.district_count for t in self.totals),
                    sum(t.visit_count for t in self.totals))  # fmt: skip
        return (len({c.round_number for c in self.own}), len({c.district_code for c in self.own}),
                sum(c.visit_count for c in self.own))  # fmt: skip

    @cached_property
    def never(self) -> list[WeakSchoolRow]:
        """Weak schools that no round has reached."""
        return [w for w in self.weak if not w.visit_count]

    def of_unit(self, code: str) -> list[CoverageRow]:
        """A unit's coverage over the rounds."""
        return [c for c in self.coverage if c.district_code == code]

    def of_kind(self, kind: str) -> dict[str, list[InspectorRow]]:
        """The rows of each inspector of a kind, most visits first."""
        found: dict[str, list[InspectorRow]] = {}
        for row in self.inspectors:
            if row.inspector_kind == kind:
                found.setdefault(row.inspector, []).append(row)
        visits = {name: sum(r.visit_count for r in rows) for name, rows in found.items()}
        return {name: found[name] for name in sorted(found, key=lambda n: (-visits[n], n))}
