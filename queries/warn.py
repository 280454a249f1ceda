"""监测预警: warnings of a period by unit and rule, with what was done about them."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from data.catalogue.supervision_tables import WarningRule
from data.rows.warn import Asked, SubjectRow, WarningRow, escalation_of
from data.store.engine import Store
from data.store.warning_state import LIFTED, NEW, WarningState, all_silent_times
from data.store.warnings import list_states
from queries.issue_board import IssueBoard
from queries.reader import Snapshot


def rules(snapshot: Snapshot, period: str) -> tuple[WarningRule, ...]:
    """The rules that the publication warned by in a period, in their order."""
    return snapshot.ask("warn/rules", WarningRule, period=period)


def warnings(
    snapshot: Snapshot, store: Store, rules: Sequence[WarningRule], asked: Asked, board: IssueBoard | None
) -> list[WarningRow]:
    """All warnings, by the order of the rules, then by unit; of overdue issues where their `board` is given."""
    by_code = {r.warning_code: r for r in rules}
    subject_rows = [
        *snapshot.ask("warn/warnings", SubjectRow, period=asked.period),
        *_overdue(by_code.get("issue_overdue"), board),
    ]
    grouped: dict[tuple[str, str], list[SubjectRow]] = {}
    for subject in subject_rows:
        grouped.setdefault((subject.warning_code, subject.district_code), []).append(subject)
    states = list_states(store)
    published = datetime.fromisoformat(snapshot.record.created_at).replace(tzinfo=None)
    rows: list[WarningRow] = []
    for (code, district), subjects in grouped.items():
        record = states.get(f"{code}.{district}")
        rule, state = by_code[code], _state(record, published)
        times = all_silent_times(rule, state, record, asked.today)
        escalation = escalation_of(rule.level, times, asked.escalations)
        rows.append(WarningRow(rule, district, subjects, state, record, escalation))
    return sorted(rows, key=lambda r: (r.rule.display_order, r.district_code))


def _state(record: WarningState | None, published: datetime) -> str:
    """A warning lifted before the present publication that is still there is a new one."""
    if record is None or (record.state == LIFTED and record.updated_at < published):
        return NEW
    return record.state


def _overdue(rule: WarningRule | None, board: IssueBoard | None) -> list[SubjectRow]:
    """Units with issues overdue for more days than the rule's line, since the first day on which one was."""
    if rule is None or board is None:
        return []
    line = float(rule.line or 0)
    until_warned = timedelta(days=int(line) + 1)
    return [
        SubjectRow(
            unit.district_code,
            rule.warning_code,
            "",
            "",
            float(unit.issue_count),
            line,
            None,
            False,
            unit.first_due_on + until_warned,
        )
        for unit in board.late_units(line)
    ]
