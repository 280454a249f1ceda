"""The rows the 问题台账 page is drawn from."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from data.catalogue.matter_tables import MatterState, Transition
from data.catalogue.supervision_tables import LookBackCheck
from data.rows.context import UnitContext
from data.rows.ledger import CellRow, LedgerRow
from data.rows.look_back import DueLookBack, LookBackRule
from data.rows.marks import mark_of
from data.rows.warn import WarningRow
from data.store.audit import AuditRow
from data.store.evidence import EvidenceFile
from data.store.look_back_record import Answer, LookBack
from data.store.meetings import TakenDecision

TABS = ("overdue", "paper", "rebounded", "awaiting", "look_back", "accountable", "open", "closed", "all")
DEFAULT_TAB = "overdue"
AWAITS_REVIEW = "awaiting_review"
"""The state in which the next step is not the unit's."""
ACCOUNTABLE = 2  # the age that is put on the list for 问责


@dataclass(frozen=True)
class IssueDetail:
    """One issue opened: what was done, its evidence, and the moves that its state permits.

    `withheld` are those that are others' to make: why, by action.
    """

    row: LedgerRow
    history: Sequence[AuditRow]
    evidence: Sequence[EvidenceFile]
    transitions: Sequence[Transition]
    withheld: Mapping[str, str]
    may_void: bool = False
    """Whether the viewer may say that a file of it was wrong."""
    visit_code: str = ""
    """The visit in which it was found; empty where none was."""
    checks: Sequence[LookBackCheck] = ()
    """What a look-back of it asks."""
    people: Sequence[tuple[str, str]] = ()
    """Account and name of who may look at it again."""
    look_backs: Sequence[tuple[LookBack, Sequence[Answer]]] = ()
    """The look-backs that came to their end, with what was answered."""


@dataclass(frozen=True)
class Opening:
    """A new issue about a value (one cell), in words (none), or about each failing value of a unit (`is_list`).

    `origins` are those that the viewer may give; empty where he opens none. `open_codes` is the issue that is open
    about a value already, `subject` what words are filled in, `units` and `schools` (code and name) where it may be.
    `is_unknown` where the unit sent no latest return.
    """

    origins: Sequence[str]
    cells: Sequence[CellRow] = ()
    open_codes: Mapping[tuple[str, str, str], str] = field(default_factory=dict[tuple[str, str, str], str])
    is_asked: bool = False
    is_list: bool = False
    is_unknown: bool = False
    subject: str = ""
    units: Sequence[tuple[str, str]] = ()
    schools: Sequence[tuple[str, str]] = ()

    @property
    def new_cells(self) -> list[CellRow]:
        """The values about which no issue is open."""
        return [cell for cell in self.cells if cell.key not in self.open_codes]


@dataclass(frozen=True)
class LedgerView:
    """Issues of the filter with the values they are about; `since` is the day compared with.

    Not `is_begun` where no issue was recorded yet, which is not that there is none: nothing is counted.
    """

    rows: UnitContext
    issues: Sequence[LedgerRow]
    origins: dict[str, str]
    statuses: Sequence[MatterState]
    item_units: dict[str, tuple[str, str]]
    today: date
    since: date
    has_meeting: bool
    ages: tuple[int, int]
    warnings: Sequence[WarningRow]
    detail: IssueDetail | None
    is_begun: bool
    look_back: LookBackRule
    decided: Sequence[TakenDecision] = ()
    """What meetings decided about the units in view."""
    opening: Opening = field(default_factory=lambda: Opening(()))
    due_look_backs: Sequence[DueLookBack] = ()
    """The closed issues of the filter that are due to be looked at again, the earliest first."""
    may_list: bool = False
    """Whether who is looking may list them."""
    people: Sequence[tuple[str, str]] = ()
    """Account and name of who may be named for them."""
    unjudged: Sequence[LedgerRow] = ()
    """Closed issues of schools of units without a return: whether their school is weak nobody knows."""

    @property
    def tab(self) -> str:
        """Which issues the table lists."""
        return self.rows.state.only if self.rows.state.only in TABS else DEFAULT_TAB

    @cached_property
    def status_names(self) -> dict[str, str]:
        """The words of the states."""
        return {s.state_code: s.name for s in self.statuses}

    @cached_property
    def unit_names(self) -> dict[str, str]:
        """Short names of the units of the period."""
        return {u.district_code: u.short_name for u in self.rows.units}

    def days(self, row: LedgerRow) -> int:
        """Days overdue today."""
        return row.days_overdue(self.today)

    def age(self, row: LedgerRow) -> int:
        """How long it is overdue today, as one of three ages."""
        return row.age(self.today, self.ages)

    @cached_property
    def listed(self) -> list[LedgerRow]:
        """The issues that are listed for 回头看, by the day by which they are to be looked at."""
        listed = [r for r in self.issues if r.issue.status == "look_back"]
        return sorted(listed, key=lambda r: (r.issue.look_due_on or date.max, r.issue.issue_code))

    @property
    def due_mark(self) -> str:
        """What is due, as it is shown."""
        return mark_of((d.row.issue.issue_code, d.row.issue.version) for d in self.due_look_backs)

    @cached_property
    def due_by_code(self) -> dict[str, DueLookBack]:
        """The same by the issue's code."""
        return {due.row.issue.issue_code: due for due in self.due_look_backs}

    @cached_property
    def by_tab(self) -> dict[str, list[LedgerRow]]:
        """The issues of every tab; overdue ones by their days, the others newest first."""
        late = sorted((r for r in self.issues if self.days(r)), key=lambda r: (-self.days(r), r.issue.issue_code))
        newest = sorted(self.issues, key=lambda r: r.issue.issue_code)
        newest.sort(key=lambda r: r.issue.found_on, reverse=True)
        return {
            "overdue": late,
            "paper": [r for r in newest if r.is_paper_closed],
            "rebounded": [r for r in newest if r.issue.status == "rebounded"],
            "awaiting": [r for r in newest if r.issue.status == AWAITS_REVIEW],
            "look_back": [*self.listed, *[due.row for due in self.due_look_backs]],
            "accountable": [r for r in late if self.age(r) == ACCOUNTABLE],
            "open": [r for r in newest if not r.is_closed],
            "closed": [r for r in newest if r.is_closed],
            "all": newest,
        }


def open_by_unit(view: LedgerView) -> dict[str, list[LedgerRow]]:
    """The issues of the tab on screen that are to be put right, by the unit that answers for them."""
    by_unit: dict[str, list[LedgerRow]] = {}
    for row in view.by_tab[view.tab]:
        if not row.is_closed and row.issue.status != AWAITS_REVIEW:
            by_unit.setdefault(row.district_code, []).append(row)
    return by_unit
