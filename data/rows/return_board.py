"""The board of returns: how far every unit is, what waits for review, where it sticks, and why."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from data.rows.examination import EffectRecord


class ReturnState(StrEnum):
    """How far a unit is with its school return for a period, the farthest first."""

    ACCEPTED = "accepted"
    WAITING = "waiting"
    SENT_BACK = "sent_back"
    CHECKED = "checked"
    NOTHING = "nothing"

    @property
    def is_awaited(self) -> bool:
        """Whether the unit must still hand in."""
        return self not in (ReturnState.ACCEPTED, ReturnState.WAITING)


class Halt(StrEnum):
    """Where a unit stands that has no accepted return and hands none in."""

    NO_ACCOUNT = "no_account"
    NEVER_OPENED = "never_opened"
    NOT_UPLOADED = "not_uploaded"
    NOT_SUBMITTED = "not_submitted"
    SENT_BACK = "sent_back"
    CHECKED_AGAIN = "checked_again"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True)
class BoardFilter:
    """What the board lists: one unit, units of one state, files with one kind of table; empty where all are."""

    district_code: str = ""
    state: str = ""
    input_kind: str = ""

    @property
    def is_set(self) -> bool:
        """Whether anything is left out."""
        return bool(self.district_code or self.state or self.input_kind)


@dataclass(frozen=True)
class UnitReturn:
    """A unit with its state; `submission_id` is the file that it rests on, None where there is none.

    `correction_id` is a file that waits to replace what is accepted; `has_account` says whether anybody can hand
    in for the unit; `reminded_at` (UTC) when the city last reminded it.
    """

    district_code: str
    name: str
    short_name: str
    state: ReturnState
    submission_id: int | None
    correction_id: int | None
    has_account: bool
    reminded_at: datetime | None


@dataclass(frozen=True)
class WaitingReturn:
    """A file that waits for review: who sent it when (UTC), its schools and their change against the time before.

    `changed_cells` are those that differ from what is in force; `effect` is None where the file was checked before
    effects were kept. `is_own` where the viewer sent it and another must decide; `is_being_accepted` where somebody
    decides just now.
    """

    submission_id: int
    name: str
    submitted_by: str
    submitted_at: datetime
    schools: int | None
    school_change: int | None
    changed_cells: int
    effect: EffectRecord | None
    doubts: int
    explained: int
    is_correction: bool
    is_own: bool
    is_being_accepted: bool

    @property
    def changes_verdicts(self) -> bool:
        """Whether an item of the unit is judged otherwise with it."""
        effect = self.effect
        return effect is not None and bool(effect["gained"] or effect["lost"] or effect["undecidable"])

    @property
    def has_fewer_schools(self) -> bool:
        """Whether it holds fewer schools than the unit's return before."""
        return self.school_change is not None and self.school_change < 0


@dataclass(frozen=True)
class StuckUnit:
    """A unit that must still hand in: where it stands, what stands in its way, when (UTC) somebody last touched it.

    `checks` counts its files of the period; `note` is the reviewer's word, `noted_by` whose. `reminders` (UTC) are
    the city's, oldest first.
    """

    district_code: str
    name: str
    state: ReturnState
    halt: Halt
    submission_id: int | None
    checks: int
    errors: int
    queries: int
    note: str
    noted_by: str
    touched_at: datetime | None
    reminders: Sequence[datetime]

    @property
    def has_reader(self) -> bool:
        """Whether anybody of the unit can see a reminder."""
        return self.halt is not Halt.NO_ACCOUNT


@dataclass(frozen=True)
class Cause:
    """A cause of findings in words, and how many cells have it."""

    name: str
    count: int


@dataclass(frozen=True)
class Causes:
    """The most frequent causes; how many others there are with how many cells; of so many files."""

    most: Sequence[Cause]
    rest_kinds: int
    rest_count: int
    files: int

    @property
    def total(self) -> int:
        """Cells of all causes."""
        return sum(c.count for c in self.most) + self.rest_count

    @property
    def share_of_most(self) -> float:
        """Of all cells, those of the most frequent causes."""
        return (self.total - self.rest_count) / self.total if self.total else 0.0


@dataclass(frozen=True)
class Course:
    """Accepted units by day since the period opened; `last_year` by the same days, empty where nobody recorded it."""

    opens_on: date
    due_on: date
    accepted: Sequence[tuple[date, int]]
    last_year: Sequence[tuple[date, int]]

    @property
    def lead(self) -> int | None:
        """How many units more than on the same day of the year before; None where that is not known."""
        if not self.accepted or not self.last_year:
            return None
        return self.accepted[-1][1] - self.same_day_last_year

    @property
    def is_ahead(self) -> bool:
        """Whether more units are accepted than on the same day of the year before."""
        return (self.lead or 0) > 0

    @property
    def same_day_last_year(self) -> int:
        """Units accepted by the same day of the year before."""
        return self.last_year[len(self.accepted) - 1][1]


@dataclass(frozen=True)
class Standing:
    """All that the board says of a period.

    `opens_in` and `days_left` count days from `today`: below 1 once it is open, below 0 after the deadline.
    `snapshot_id` is the publication in force; `has_accounts` where people sign in.
    """

    period: str
    today: date
    opens_in: int
    days_left: int
    units: Sequence[UnitReturn]
    waiting: Sequence[WaitingReturn]
    stuck: Sequence[StuckUnit]
    causes: Causes
    course: Course
    snapshot_id: str
    has_accounts: bool

    def count(self, state: ReturnState) -> int:
        """Units in a state."""
        return sum(1 for u in self.units if u.state is state)

    @property
    def to_review(self) -> Sequence[WaitingReturn]:
        """What the viewer can decide now."""
        return [w for w in self.waiting if not (w.is_own or w.is_being_accepted)]

    @property
    def is_open(self) -> bool:
        """Whether returns of the period can be handed in."""
        return self.opens_in <= 0

    @property
    def is_whole(self) -> bool:
        """Whether every unit has an accepted return."""
        return bool(self.units) and all(u.state is ReturnState.ACCEPTED for u in self.units)

    @property
    def is_past(self) -> bool:
        """Whether the deadline is over."""
        return self.days_left < 0

    @property
    def is_overdue(self) -> bool:
        """Whether the deadline has passed and a unit is missing."""
        return self.is_past and not self.is_whole
