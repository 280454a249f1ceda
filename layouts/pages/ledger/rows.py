"""The rows the 问题台账 page is drawn from."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from data.catalogue.matter_tables import MatterState, Transition
from data.catalogue.supervision_tables import LookBackCheck
from data.rows.context import UnitContext
from data.rows.issue_board import DueLookBackRow, IssueGroupRow, UnitCountRow
from data.rows.ledger import CellRow, LedgerRow
from data.rows.look_back import LookBackRule
from data.rows.marks import mark_of
from data.rows.warn import WarningRow
from data.store.audit import AuditRow
from data.store.evidence import EvidenceFile
from data.store.ledger import LOOK_BACK
from data.store.look_back_record import Answer, LookBack
from data.store.meetings import TakenDecision

TABS = ("overdue", "paper", "rebounded", "awaiting", "look_back", "accountable", "open", "closed", "all")
DEFAULT_TAB = "overdue"
AWAITS_REVIEW = "awaiting_review"
"""The state in which the next step is not the unit's."""


def in_tab(group: IssueGroupRow, tab: str) -> bool:
    """Whether a tab lists these issues."""
    of_tab = {
        "overdue": group.is_late,
        "paper": group.is_paper,
        "rebounded": group.status == "rebounded",
        "awaiting": group.status == AWAITS_REVIEW,
        "look_back": group.status == LOOK_BACK,
        "accountable": group.is_accountable,
        "open": not group.is_closed,
        "closed": group.is_closed,
    }
    return of_tab.get(tab, True)


def total(groups: Iterable[IssueGroupRow]) -> int:
    """How many issues these are."""
    return sum(group.issue_count for group in groups)


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
    visit_codes: Sequence[str] = ()
    """The visits that found it, or found that it is so still."""
    checks: Sequence[LookBackCheck] = ()
    """What a look-back of it asks."""
    people: Sequence[tuple[str, str]] = ()
    """Account and name of who may look at it again."""
    look_backs: Sequence[tuple[LookBack, Sequence[Answer]]] = ()
    """The look-backs that came to their end, with what was answered."""
    departments: Sequence[str] = ()
    """The names of the departments that it may be assigned to."""


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
    """The issues of the filter as they are counted, and by tab; `since` is the day compared with.

    Not `is_begun` where no issue was recorded yet, which is not that there is none: nothing is counted.
    """

    rows: UnitContext
    groups: Sequence[IssueGroupRow]
    by_tab: Mapping[str, Sequence[LedgerRow]]
    """The issues of every tab; overdue ones by their days, the others newest first."""
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
    due_look_backs: Sequence[DueLookBackRow] = ()
    """The closed issues of the filter that are due to be looked at again, the earliest first."""
    may_list: bool = False
    """Whether who is looking may list them."""
    people: Sequence[tuple[str, str]] = ()
    """Account and name of who may be named for them."""
    departments: Sequence[str] = ()
    """The names of the departments that may answer for an issue."""
    unjudged: Sequence[UnitCountRow] = ()
    """Closed issues of schools of units without a return, by unit: whether their school is weak nobody knows."""

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

    def count(self, tab: str) -> int:
        """How many issues a tab lists."""
        return len(self.by_tab[tab])

    @property
    def issue_count(self) -> int:
        """How many issues the filter has."""
        return total(self.groups)

    @property
    def listed(self) -> list[IssueGroupRow]:
        """The issues that are listed for 回头看."""
        return [g for g in self.groups if in_tab(g, LOOK_BACK)]

    @property
    def due_mark(self) -> str:
        """What is due, as it is shown."""
        return mark_of((due.issue_code, due.version) for due in self.due_look_backs)

    @cached_property
    def due_by_code(self) -> dict[str, DueLookBackRow]:
        """The same by the issue's code."""
        return {due.issue_code: due for due in self.due_look_backs}


def open_groups(view: LedgerView) -> list[IssueGroupRow]:
    """The issues of the tab on screen that are to be put right."""
    return [g for g in view.groups if in_tab(g, view.tab) and not g.is_closed and g.status != AWAITS_REVIEW]


def open_by_unit(view: LedgerView) -> dict[str, list[LedgerRow]]:
    """The same issues one by one, by the unit that answers for them."""
    by_unit: dict[str, list[LedgerRow]] = {}
    for row in view.by_tab[view.tab]:
        if not row.is_closed and row.issue.status != AWAITS_REVIEW:
            by_unit.setdefault(row.district_code, []).append(row)
    return by_unit
