"""回头看情况报告: of the look-backs that fell due within a period what was done, and the list that this counts."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from data.clock import day_of
from data.rows.issue_board import ClosingRow, DueLookBackRow, UnitCountRow
from data.rows.ledger import LedgerRow
from data.store.ledger import LOOK_BACK
from data.store.look_back_record import LookBack

STABLE, REBOUNDED, LISTED, UNLISTED = "stable", "rebounded", "listed", "unlisted"
LEFT = (LISTED, UNLISTED)
"""What was not looked at: waiting for who was named, or not even listed."""


@dataclass(frozen=True)
class ReportLine:
    """One look-back: of which closing of an issue, its day, how far it is, who looks or looked and what was found.

    One that was made before its day fell due on the day on which it was made; one that was listed before days were
    kept, on the day of its listing.
    """

    row: LedgerRow
    closed_on: date | None
    day: date
    standing: str
    reason: str
    person: str
    looked_on: date | None
    finding: str

    def is_late(self, today: date) -> bool:
        """Whether its day is past and nobody looked."""
        return self.standing in LEFT and self.day < today


@dataclass(frozen=True)
class Figures:
    """How many were closed within the period, fell due, were looked at and found stable or rebounded, and are left."""

    closed: int
    due: int
    stable: int
    rebounded: int
    left: int

    @property
    def looked(self) -> int:
        """Looked at, whatever was found."""
        return self.stable + self.rebounded


@dataclass(frozen=True)
class Report:
    """The look-backs of a period; `closed_codes` counts closings within it by unit, `unjudged` names units."""

    since: date
    until: date
    today: date
    lines: Sequence[ReportLine]
    closings: Mapping[str, int]
    unit_names: Mapping[str, str]
    unjudged: Sequence[UnitCountRow]

    @property
    def figures(self) -> Figures:
        """Of all units together."""
        return self._figures(self.lines, sum(self.closings.values()))

    @property
    def by_unit(self) -> list[tuple[str, Figures]]:
        """Name and figures of each unit with a closing or a look-back, most left first."""
        codes = {line.row.district_code for line in self.lines} | set(self.closings)
        figures = {
            code: self._figures([x for x in self.lines if x.row.district_code == code], self.closings.get(code, 0))
            for code in codes
        }
        order = sorted(codes, key=lambda code: (-figures[code].left, -figures[code].due, code))
        return [(self.unit_names.get(code, code), figures[code]) for code in order]

    @property
    def late_count(self) -> int:
        """How many that are left had a day before today."""
        return sum(1 for line in self.lines if line.is_late(self.today))

    @staticmethod
    def _figures(lines: Sequence[ReportLine], closed: int) -> Figures:
        counts = Counter(line.standing for line in lines)
        left = sum(counts[standing] for standing in LEFT)
        return Figures(closed, len(lines), counts[STABLE], counts[REBOUNDED], left)


def report_lines(
    rows: Sequence[LedgerRow], records: Sequence[LookBack], due: Sequence[DueLookBackRow], period: tuple[date, date]
) -> list[ReportLine]:
    """The look-backs that fell due within a period, or before and were still to be made, the earliest first.

    Those of issues outside `rows` are left out.
    """
    by_code = {row.issue.issue_code: row for row in rows}
    lines = [_looked(by_code[r.issue_code], r) for r in records if r.issue_code in by_code]
    for row in rows:
        issue = row.issue
        if issue.status == LOOK_BACK:
            day = issue.look_due_on or day_of(issue.updated_at)
            lines.append(
                ReportLine(row, issue.closed_on, day, LISTED, issue.look_reason, issue.look_assignee, None, "")
            )
    for still in due:
        if still.issue_code in by_code:
            row = by_code[still.issue_code]
            lines.append(ReportLine(row, row.issue.closed_on, still.due_on, UNLISTED, still.reason, "", None, ""))
    since, until = period
    within = [line for line in lines if line.day <= until and (line.day >= since or _is_carried(line, since))]
    return sorted(within, key=lambda line: (line.day, line.row.issue.issue_code))


def _is_carried(line: ReportLine, since: date) -> bool:
    """Whether a look-back of before a period was still to be made when it began."""
    return line.looked_on is None or line.looked_on >= since


def _looked(row: LedgerRow, record: LookBack) -> ReportLine:
    looked_on = day_of(record.looked_at)
    day = min(record.due_on or looked_on, looked_on)
    return ReportLine(
        row, record.closed_on, day, record.outcome, record.reason, record.looked_by, looked_on, record.words
    )


def closings_by_unit(
    rows: Sequence[ClosingRow], records: Collection[LookBack], period: tuple[date, date]
) -> dict[str, int]:
    """How many closings of each unit fell within a period, those that a look-back undid as well."""
    places = {row.issue_code: row.district_code for row in rows}
    closings = {(row.issue_code, row.closed_on) for row in rows}
    closings |= {(record.issue_code, record.closed_on) for record in records if record.issue_code in places}
    since, until = period
    return Counter(places[code] for code, closed_on in closings if closed_on and since <= closed_on <= until)
