"""监测预警: warnings of a period by unit and rule, with what was done about them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from data.catalogue.supervision_tables import WarningRule
from data.clock import day_of
from data.store.engine import Store
from data.store.warnings import NEW, WarningState, list_states
from queries.ledger import LedgerRow
from queries.reader import Snapshot


@dataclass(frozen=True)
class SubjectRow:
    """What a warning is about: stage and item ('' where none), its value, the line, since when."""

    district_code: str
    warning_code: str
    stage: str
    item_code: str
    amount: float | None
    line: float | None
    previous_amount: float | None
    since: date


@dataclass(frozen=True)
class WarningRow:
    """One rule on one unit, with all its subjects and what was done about it."""

    rule: WarningRule
    district_code: str
    subjects: Sequence[SubjectRow]
    state: str
    record: WarningState | None

    @property
    def warning_key(self) -> str:
        """Key of what was done about it."""
        return f"{self.rule.warning_code}.{self.district_code}"

    @property
    def since(self) -> date:
        """The day since which the oldest subject has been warned about."""
        return min(s.since for s in self.subjects)

    @property
    def answer_by(self) -> date | None:
        """The day by which the unit must answer; None until it has been reminded."""
        if self.record is None or self.state != "reminded":
            return None
        return day_of(self.record.updated_at) + timedelta(days=self.rule.days_to_answer)


@dataclass(frozen=True)
class Asked:
    """For which period the warnings are asked, and which day it is."""

    period: str
    today: date


def rules(snapshot: Snapshot, period: str) -> tuple[WarningRule, ...]:
    """The rules that the publication warned by in a period, in their order."""
    return snapshot.ask("warn/rules", WarningRule, period=period)


def warnings(
    snapshot: Snapshot, store: Store, rules: Sequence[WarningRule], asked: Asked,
    issues: Sequence[LedgerRow],
) -> list[WarningRow]:  # fmt: skip
    """All warnings, by the order of the rules, then by unit."""
    by_code = {r.warning_code: r for r in rules}
    found = [
        *snapshot.ask("warn/warnings", SubjectRow, period=asked.period),
        *_overdue(by_code.get("issue_overdue"), issues, asked.today),
    ]
    grouped: dict[tuple[str, str], list[SubjectRow]] = {}
    for subject in found:
        grouped.setdefault((subject.warning_code, subject.district_code), []).append(subject)
    states = list_states(store)
    published = datetime.fromisoformat(snapshot.record.created_at).replace(tzinfo=None)
    rows: list[WarningRow] = []
    for (code, district), subjects in grouped.items():
        record = states.get(f"{code}.{district}")
        rows.append(WarningRow(by_code[code], district, subjects,
                               _state(record, published), record))  # fmt: skip
    return sorted(rows, key=lambda r: (r.rule.display_order, r.district_code))


def _state(record: WarningState | None, published: datetime) -> str:
    """A warning lifted before the present publication that is still there is a new one."""
    if record is None or (record.state == "lifted" and record.updated_at < published):
        return NEW
    return record.state


def _overdue(
    rule: WarningRule | None, issues: Sequence[LedgerRow], today: date
) -> list[SubjectRow]:
    """Units with issues overdue for more days than the rule's line."""
    if rule is None:
        return []
    line = float(rule.line or 0)
    late: dict[str, list[LedgerRow]] = {}
    for row in issues:
        if row.days_overdue(today) > line:
            late.setdefault(row.district_code, []).append(row)
    return [
        SubjectRow(code, rule.warning_code, "", "", float(len(rows)), line, None,
                   min(r.issue.due_on for r in rows if r.issue.due_on))
        for code, rows in sorted(late.items())
    ]  # fmt: skip
