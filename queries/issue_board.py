"""The ledger in columns: every issue with its unit of today and its present verdict, counted without reading each.

It follows the store: of what was written since it was last asked only that is read again.
"""

import threading
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import TypeVar, overload

import duckdb
import pandas as pd

from data.clock import day_of
from data.rows.issue_board import (
    ClosingRow,
    DueLookBackRow,
    IssueCodeRow,
    IssueFilter,
    IssueGroupRow,
    LateUnitRow,
    StepGroupRow,
    UnitCountRow,
)
from data.rows.ledger import LedgerRow
from data.rows.look_back import LOTS, LookBackRule, lot_of
from data.rows.tasks import WEEK
from data.store.engine import Store
from data.store.ledger_changes import NEVER, all_codes, codes_since, issues_of
from queries.ledger import ledger_rows, weak_schools, within_scope
from queries.loader import load_query
from queries.reader import HARDENED, Snapshot, as_rows

Row = TypeVar("Row")
BOARDS = 2
"""Held at once: of what is in force, and of one meeting whose day is over; 100,000 issues take some 30 MB."""
MEMORY = "256MB"
PART = 2_000
"""Issues that are read at once where all of a list are."""
TYPES = {
    "issue_code": "varchar",
    "district_code": "varchar",
    "school_code": "varchar",
    "origin": "varchar",
    "round": "integer",
    "found_on": "date",
    "owner": "varchar",
    "due_on": "date",
    "status": "varchar",
    "closed_on": "date",
    "reviewed_on": "date",
    "updated_on": "date",
    "look_due_on": "date",
    "has_look_assignee": "boolean",
    "is_demonstration": "boolean",
    "version": "integer",
    "is_met": "boolean",
    "is_closed": "boolean",
    "is_paper": "boolean",
    "lot": "double",
    "step_key": "integer",
}
DELETE = "delete from board where list_contains($codes, issue_code)"
NAMES = list(TYPES)
COLUMNS = ", ".join(f"{name} {kind}" for name, kind in TYPES.items())
INSERT = f"insert into board select {', '.join(f'{name}::{kind}' for name, kind in TYPES.items())} from fresh"  # noqa: S608


class IssueRows(Sequence[LedgerRow]):
    """The issues of a list, read when they are looked at; how many there are is known before."""

    def __init__(self, count: int, part: Callable[[int, int], list[LedgerRow]]) -> None:
        self._count, self._part = count, part

    def followed_by(
        self, codes: Sequence[DueLookBackRow], read: Callable[[Sequence[DueLookBackRow]], list[LedgerRow]]
    ) -> "IssueRows":
        """The same issues and below them others."""

        def part(first: int, most: int) -> list[LedgerRow]:
            listed = self[first : first + most]
            left = max(0, first - self._count)
            return [*listed, *read(codes[left : left + most - len(listed)])]

        return IssueRows(self._count + len(codes), part)

    def __len__(self) -> int:
        return self._count

    @overload
    def __getitem__(self, index: int) -> LedgerRow: ...
    @overload
    def __getitem__(self, index: slice) -> list[LedgerRow]: ...
    def __getitem__(self, index: int | slice) -> LedgerRow | list[LedgerRow]:
        if isinstance(index, int):
            return self._part(range(self._count)[index], 1)[0]
        first, after, step = index.indices(self._count)
        return self._part(first, max(0, after - first))[::step]

    def __iter__(self) -> Iterator[LedgerRow]:
        for first in range(0, self._count, PART):
            yield from self[first : first + PART]


class HeldIssues:
    """The columns of one store and publication, shared by everybody who asks."""

    def __init__(self) -> None:
        self._connection = duckdb.connect(":memory:", config={"threads": "1", "memory_limit": MEMORY, **HARDENED})
        self._connection.execute(f"create table board ({COLUMNS})")
        self._lock = threading.Lock()
        self._mark = NEVER
        self._step_keys: dict[tuple[object, ...], int] = {}

    def follow(self, snapshot: Snapshot, store: Store) -> None:
        """Read what was written since the last time; everything where that is not known."""
        with self._lock:
            mark, written = codes_since(store, self._mark)
            if written is None:
                self._write(snapshot, store, all_codes(store), "delete from board")
            elif written:
                self._write(snapshot, store, written, DELETE)
            self._mark = mark

    def _write(self, snapshot: Snapshot, store: Store, codes: Collection[str], delete: str) -> None:
        """All or nothing: who asks meanwhile sees the columns as they were."""
        in_order = sorted(codes)
        with self._connection.cursor() as cursor:
            cursor.begin()
            cursor.execute(delete, {"codes": in_order} if delete is DELETE else None)
            for first in range(0, len(in_order), PART):
                issues = issues_of(store, in_order[first : first + PART])
                fresh = pd.DataFrame([self._values(row) for row in ledger_rows(snapshot.whole, issues)], columns=NAMES)
                cursor.register("fresh", fresh.astype(object))
                cursor.execute(INSERT)
                cursor.unregister("fresh")
            cursor.commit()

    def _values(self, row: LedgerRow) -> tuple[object, ...]:
        issue = row.issue
        return (
            issue.issue_code,
            row.district_code,
            issue.school_code,
            issue.origin,
            issue.round,
            issue.found_on,
            issue.responsible_unit or "",
            issue.due_on,
            issue.status,
            issue.closed_on,
            issue.reviewed_on,
            day_of(issue.updated_at),
            issue.look_due_on,
            bool(issue.look_assignee),
            issue.is_demonstration,
            issue.version,
            row.is_met,
            row.is_closed,
            row.is_paper_closed,
            lot_of(issue.issue_code),
            self._step_keys.setdefault(decides_step(row), len(self._step_keys)),
        )

    def ask(self, name: str, row_type: type[Row], parameters: Mapping[str, object]) -> tuple[Row, ...]:
        """The rows of `queries/board/<name>.sql` over those of `asked.sql`."""
        asked, query = load_query("board/asked"), load_query(f"board/{name}")
        sql = f"with issue as (\n{asked.sql}\n)\n{query.sql}"
        known = asked.parameters | query.parameters
        with self._connection.cursor() as cursor:
            cursor.execute(sql, {name: value for name, value in parameters.items() if name in known})
            columns = [str(column[0]) for column in cursor.description or []]
            return as_rows(row_type, columns, cursor.fetchall())


def decides_step(row: LedgerRow) -> tuple[object, ...]:
    """Everything of an issue that decides whose its next step is (`data.store.ledger.undue`) but its unit."""
    issue = row.issue
    return (
        issue.status,
        issue.origin,
        row.is_met,
        bool(issue.school_code),
        issue.due_on is None,
        issue.requested_due_on is None,
        issue.rectified_by,
        issue.rectified_by_id,
        issue.requested_by,
        issue.requested_by_id,
        issue.reviewer,
        issue.reviewer_id,
        issue.look_assignee,
        issue.look_assignee_id,
    )


@lru_cache(maxsize=BOARDS)
def _held(store: Store, publication: str) -> HeldIssues:
    del store, publication  # another store or publication has columns of its own
    return HeldIssues()


def forget() -> None:
    """Give up what is held of every store."""
    _held.cache_clear()


class IssueBoard:
    """The ledger of a filter as its viewer may see it."""

    def __init__(self, snapshot: Snapshot, store: Store, asked: IssueFilter) -> None:
        self._snapshot, self._store, self._asked = snapshot, store, asked
        self._held = _held(store, f"{snapshot.record.snapshot_id} {snapshot.record.is_fallback}")
        self._held.follow(snapshot, store)

    def groups(self) -> tuple[IssueGroupRow, ...]:
        """How many issues there are, by everything that is counted of them."""
        return self._ask("groups", IssueGroupRow)

    def late_units(self, line: float) -> tuple[LateUnitRow, ...]:
        """The units with issues overdue for more days than `line`."""
        return self._ask("late", LateUnitRow, line=line)

    def due_look_backs(self, rule: LookBackRule) -> tuple[DueLookBackRow, ...]:
        """The closed issues that are due to be looked at again, the earliest first."""
        weak = sorted(weak_schools(self._snapshot))
        return self._ask("due", DueLookBackRow, weak=weak, **_of(rule))

    def unjudged_look_backs(self, rule: LookBackRule, unreported: Collection[str]) -> tuple[UnitCountRow, ...]:
        """The closed issues of units without a return of which nobody knows whether they are due."""
        return self._ask("unjudged", UnitCountRow, unreported=sorted(unreported), **_of(rule))

    def of_look_backs(self, codes: Collection[str]) -> list[LedgerRow]:
        """The issues that are listed for 回头看, and those of `codes`."""
        return self.rows(self._ask("looked", IssueCodeRow, codes=sorted(codes)))

    def closings(self, since: date, until: date, codes: Collection[str]) -> tuple[ClosingRow, ...]:
        """The issues that were closed within a period, and those of `codes` whenever they were."""
        return self._ask("closings", ClosingRow, since=since, until=until, codes=sorted(codes))

    def step_groups(self) -> tuple[StepGroupRow, ...]:
        """The issues by what decides whose their next step is, and by its day."""
        return self._ask("steps", StepGroupRow)

    def first_of_steps(self, keys: Collection[int], most: int) -> list[LedgerRow]:
        """Of issues with these keys the `most` first ones of each span, by day."""
        week_ends = self._asked.today + WEEK
        return self.rows(self._ask("first_steps", IssueCodeRow, keys=sorted(keys), most=most, week_ends=week_ends))

    def of_tab(self, tab: str, count: int) -> IssueRows:
        """The issues of a tab, of which there are `count`."""

        def part(first: int, most: int) -> list[LedgerRow]:
            return self.rows(self._ask("codes", IssueCodeRow, tab=tab, first=first, most=most))

        return IssueRows(count, part)

    def rows(self, codes: Sequence[IssueCodeRow | DueLookBackRow | StepGroupRow]) -> list[LedgerRow]:
        """The issues of these codes within the viewer's scope, in this order."""
        issues = issues_of(self._store, [row.issue_code for row in codes])
        by_code = {row.issue.issue_code: row for row in within_scope(self._snapshot, issues)}
        return [by_code[row.issue_code] for row in codes if row.issue_code in by_code]

    def _ask(self, name: str, row_type: type[Row], **parameters: object) -> tuple[Row, ...]:
        scope, asked = self._snapshot.scope, self._asked
        units = asked.units
        if self._snapshot.narrowed_to:
            units = self._snapshot.narrowed_to if units is None else units & self._snapshot.narrowed_to
        bounds = {
            "districts": None if scope.districts is None else sorted(scope.districts),
            "schools": None if scope.schools is None else sorted(scope.schools),
            "units": None if units is None else sorted(units),
        }
        filters = {"school": asked.school, "origin": asked.origin, "round": asked.round}
        days = {"today": asked.today, "since": asked.since}
        ages = {"short_days": asked.ages[0], "long_days": asked.ages[1]}
        return self._held.ask(name, row_type, {**bounds, **filters, **days, **ages, **parameters})


def _of(rule: LookBackRule) -> dict[str, object]:
    return {"after_days": rule.after_days, "share": rule.share * LOTS}
