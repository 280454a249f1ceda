"""What the board of returns says of a period: states, what waits by its effect, and the causes of findings."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime

from callbacks.dependencies import Dependencies
from callbacks.writing.board_course import course_of
from callbacks.writing.board_units import (
    PENDING,
    Reporters,
    UnitFiles,
    holds_schools,
    reporters_of,
    stuck_units,
    unit_returns,
)
from data.access import Viewer
from data.catalogue.input_tables import DataPeriod
from data.catalogue.tables import District
from data.importing.previous_return import SCHOOL_RETURN
from data.periods import parse_period
from data.rows.return_board import Cause, Causes, Standing, WaitingReturn
from data.settings import Settings
from data.store.return_reminders import reminders_of
from data.store.submission import ACCEPTING, BLOCKING, QUERY, Submission
from data.text import all_texts, text
from data.warehouse.snapshots import in_force
from layouts.office.return_board import Board, Completeness

MOST_CAUSES = 4


def standing_of(deps: Dependencies, settings: Settings, viewer: Viewer, board: Board) -> Standing:
    """The standing of the board's period within the viewer's scope."""
    period, today = parse_period(board.period), deps.today()
    if period is None:
        raise ValueError(board.period)
    calendar = {p.period: p.opens_on for p in deps.catalogue.rows(DataPeriod)}
    opens_on = calendar.get(board.period, period.snapshot_date)
    names = board.names | {d.district_code: d.short_name for d in deps.catalogue.rows(District)}
    reminders = reminders_of(deps.store, board.period)
    units = [
        _files(unit, names[unit.district_code], board.submissions, reminders.get(unit.district_code, ()))
        for unit in board.units
    ]
    reporters = reporters_of(deps) if board.may_approve else Reporters({}, {})
    return Standing(
        period=board.period,
        today=today,
        opens_in=(opens_on - today).days,
        days_left=(board.due_on - today).days,
        units=unit_returns(units, reporters),
        waiting=_waiting(board, names, viewer) if board.may_approve else [],
        stuck=stuck_units(units, reporters, opens_on, has_login=settings.has_login) if board.may_approve else [],
        causes=causes_of(board.submissions),
        course=course_of(settings, period, opens_on, board.due_on, today),
        snapshot_id=in_force(settings.snapshots_folder),
        has_accounts=settings.has_login,
    )


def _files(
    unit: Completeness, short_name: str, submissions: Sequence[Submission], reminders: Sequence[datetime]
) -> UnitFiles:
    unit_submissions = [s for s in submissions if s.district_code == unit.district_code and holds_schools(s)]
    return UnitFiles(unit.district_code, unit.name, short_name, unit.returned_schools, unit_submissions, reminders)


def _waiting(board: Board, names: Mapping[str, str], viewer: Viewer) -> list[WaitingReturn]:
    """What waits, in the order of its effect: items that change, then cells that change, then the oldest."""
    units = {u.district_code: u for u in board.units}
    rows = [_row(s, units.get(s.district_code), names, viewer) for s in board.submissions if s.status in PENDING]
    return sorted(rows, key=lambda row: (*_effect(row), -row.changed_cells, row.submitted_at))


def _effect(row: WaitingReturn) -> tuple[int, int]:
    """Most items first, and among as many those that are lost; an effect that is not known comes before none."""
    effect = row.effect
    if effect is None:
        return 0, -1
    changes = len(effect["gained"]) + len(effect["lost"]) + len(effect["undecidable"])
    return -changes, -len(effect["lost"])


def _row(submission: Submission, unit: Completeness | None, names: Mapping[str, str], viewer: Viewer) -> WaitingReturn:
    result = submission.result
    tables = [k for k in result.get("kinds", []) if k["input_kind"] == SCHOOL_RETURN]
    schools = sum(k.get("rows", 0) for k in tables) if tables else None
    last = unit.last_schools if unit else None
    return WaitingReturn(
        submission_id=submission.submission_id,
        name=names[submission.district_code],
        submitted_by=submission.submitted_by,
        submitted_at=submission.updated_at,
        schools=schools,
        school_change=None if schools is None or last is None else schools - last,
        changed_cells=sum(k.get("changed", 0) for k in result.get("kinds", [])),
        effect=result.get("effect"),
        doubts=len(submission.to_explain),
        explained=sum(1 for explanation in submission.explanations.values() if explanation),
        is_correction=bool(unit and unit.returned_schools is not None and tables),
        is_own=bool(viewer.account) and submission.submitted_by == viewer.name,
        is_being_accepted=submission.status == ACCEPTING,
    )


def causes_of(submissions: Sequence[Submission]) -> Causes:
    """The causes of what must be corrected or explained, by the cells that have them; every file counts."""
    cells: Counter[str] = Counter()
    for submission in submissions:
        for finding in submission.result["findings"]:
            if finding["severity"] in (BLOCKING, QUERY):
                cells[_cause(finding["finding_code"])] += max(1, len(finding.get("cells", [])))
    ranked = cells.most_common()
    rest = ranked[MOST_CAUSES:]
    most = [Cause(name, count) for name, count in ranked[:MOST_CAUSES]]
    return Causes(most, len(rest), sum(count for _, count in rest), len(submissions))


def _cause(finding_code: str) -> str:
    """The words of a cause; findings of a rule that there is no more have none of their own."""
    return all_texts().get(f"returns.cause.{finding_code}", text("returns.cause.other"))
