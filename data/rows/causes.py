"""Rows on changes: a section's state, and what each cause adds to a mean or CV."""

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True)
class SectionStateRow:
    """What a section had in a period: its pupils, and the part it has of its school's resource.

    `resource` is the school's whole, times the indicator's factor; `part` is the section's share of
    it (1 where nothing is split), so that `resource * part / pupils` is the section's value.
    """

    period: str
    school_code: str
    is_member: bool
    pupils: Decimal
    resource: float | None
    part: float


@dataclass(frozen=True)
class Cause:
    """What one cause adds to a change, at the printed step."""

    name: str
    change: Decimal


@dataclass(frozen=True)
class Decomposition:
    """A change as it is printed, with `decimals` digits: `before` plus all causes is `after`."""

    before: Decimal
    after: Decimal
    decimals: int
    causes: tuple[Cause, ...]

    @property
    def change(self) -> Decimal:
        """The sum of the causes."""
        return self.after - self.before
