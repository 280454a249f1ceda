"""Leads of a period: tested, found by comparison, and the limits they were found by."""

from dataclasses import dataclass

from data.rows.leads import PupilsRow
from data.rows.spread import OutlierLimits


@dataclass(frozen=True)
class Limits(OutlierLimits):
    """Lines and least numbers of cases, as in force on a day (`lead_limits.csv`)."""

    false_share: float
    digit_least: float
    digit_cases: float
    least_rounded: float
    band: float
    band_cases: float
    least_odds: float
    repeated_share: float
    equal_counts: float
    copy_pupils: float
    moved_share: float
    moved_pupils: float
    moved_match: float
    section_shift: float


@dataclass(frozen=True)
class Outcome:
    """One test of one unit: `share` of `cases` against the `usual` one, effect, p and q.

    The effect is the share of counts that were rounded, or the odds ratio (None: infinite).
    """

    kind: str
    district_code: str
    cases: int
    share: float
    usual: float
    effect: float | None
    p_value: float
    q_value: float = 1.0


@dataclass(frozen=True)
class CopyLead:
    """Schools with the same counts (`twins`), a school as it was (`same`), or values (`values`)."""

    kind: str
    district_code: str
    school_code: str
    school_names: tuple[str, ...]
    equal_number: int
    compared_number: int


@dataclass(frozen=True)
class MoveLead:
    """A denominator that moved: `section`, `campus`, `relabelled` or `excluded`."""

    kind: str
    district_code: str
    school_code: str
    before: PupilsRow
    other: PupilsRow | None = None
