"""Who has returned what for a period: units of that day, within the viewer's scope."""

from collections.abc import Sequence
from datetime import timedelta

from callbacks.dependencies import Dependencies
from data.access import Permission, Viewer
from data.catalogue.input_tables import DataPeriod, InputKind
from data.catalogue.loader import is_in_force
from data.catalogue.tables import District, Parameter
from data.importing.batch_records import Batch, valid_batches
from data.importing.ownership import WHOLE_CITY
from data.importing.previous_return import SCHOOL_RETURN, batches_of, returned_counts, returned_scopes
from data.periods import Period, parse_period
from data.settings import Settings
from data.store.submission import Submission
from data.store.submissions import list_submissions
from data.text import text
from data.warehouse.snapshots import in_force, published_batches
from layouts.office.return_board import Board, Completeness

DUE_DAYS = "return_due_days"
MOST_SUBMISSIONS = 2000


def names_of(deps: Dependencies) -> dict[str, str]:
    """The name of every unit by its code."""
    return {d.district_code: d.name for d in deps.catalogue.rows(District)}


def unit_names(deps: Dependencies) -> dict[str, str]:
    """The name of everything that a submission can be for: every unit, and the whole city."""
    return {**names_of(deps), WHOLE_CITY: text("returns.whole_city")}


def known_periods(deps: Dependencies, settings: Settings) -> dict[str, Period]:
    """The periods that can be handed in, newest first: those of the calendar, and those known."""
    open_now = {p.period for p in deps.catalogue.rows(DataPeriod) if p.opens_on <= deps.today()}
    returned = {period for period, _ in returned_scopes(settings.batches_folder, SCHOOL_RETURN)}
    periods = [p for p in map(parse_period, open_now | returned) if p is not None]
    return {p.code: p for p in sorted(periods, reverse=True)}


def coming_period(deps: Dependencies) -> Period | None:
    """The next period of the calendar that cannot be handed in yet."""
    later = [p for p in deps.catalogue.rows(DataPeriod) if p.opens_on > deps.today()]
    following = min(later, key=lambda p: p.opens_on, default=None)
    return None if following is None else parse_period(following.period)


def is_of_period(deps: Dependencies, district_code: str, period: Period) -> bool:
    """Whether there is such a unit on the day of a period; the whole city always."""
    return district_code == WHOLE_CITY or any(
        d.district_code == district_code and is_in_force(d, period.snapshot_date) for d in deps.catalogue.rows(District)
    )


def board_of(deps: Dependencies, settings: Settings, viewer: Viewer, requested: str) -> Board:
    """The board of a period, also of the one to come; of the newest open one where `requested` is none."""
    counts = returned_counts(settings.batches_folder)
    periods = known_periods(deps, settings)
    coming = coming_period(deps)
    is_coming = coming is not None and requested == coming.code
    period = coming if coming is not None and is_coming else periods.get(requested, next(iter(periods.values())))
    submissions = [s for s in list_submissions(deps.store, viewer, MOST_SUBMISSIONS) if s.period == period.code]
    units: list[Completeness] = []
    for unit in deps.catalogue.rows(District):
        code = unit.district_code
        is_unit = unit.is_expected or (period.code, code) in counts
        if not (is_unit and is_in_force(unit, period.snapshot_date) and viewer.scope.allows(code)):
            continue
        earlier = [p.code for p in periods.values() if p < period and (p.code, code) in counts]
        units.append(
            Completeness(
                code,
                unit.name,
                counts.get((period.code, code)),
                counts.get((earlier[0], code)) if earlier else None,
                next((s for s in submissions if s.district_code == code), None),
            )
        )
    parameters = (p for p in deps.catalogue.rows(Parameter) if p.parameter_code == DUE_DAYS)
    due = next(int(p.value) for p in parameters if is_in_force(p, period.snapshot_date))
    due_on = period.snapshot_date + timedelta(days=due)
    is_whole = all(u.returned_schools is not None for u in units)
    return Board(
        periods=list(periods),
        coming=coming.code if coming is not None else "",
        period=period.code,
        due_on=due_on,
        is_overdue=deps.today() > due_on and not is_whole,
        units=units,
        submissions=submissions,
        names=unit_names(deps),
        tables=_tables(deps, submissions),
        kinds=[(k.input_kind, k.name) for k in deps.catalogue.rows(InputKind) if k.permission in viewer.permissions],
        may_submit=Permission.RETURNS_SUBMIT in viewer.permissions,
        may_submit_for_city=Permission.RETURNS_SUBMIT_CITY in viewer.permissions,
        may_approve=Permission.RETURNS_APPROVE in viewer.permissions,
        waits_for_publication=_waits(settings),
        has_demonstration=_has_demonstration(settings, viewer, period),
    )


def _tables(deps: Dependencies, submissions: Sequence[Submission]) -> list[tuple[str, str]]:
    """The tables that files hold, by code and name, in the order of the catalogue."""
    held = {k["input_kind"] for s in submissions for k in s.result.get("kinds") or []}
    return [(k.input_kind, k.name) for k in deps.catalogue.rows(InputKind) if k.input_kind in held]


def replaces_invented(settings: Settings, submission: Submission) -> bool:
    """Whether rows that a submission is compared with are, or were, invented ones."""
    return any(batch.is_demonstration for batch in _compared_with(settings, submission))


def is_changed_since(settings: Settings, submission: Submission) -> bool:
    """Whether batches of the same kinds, unit and period came or went after a submission was compared with them."""
    then = submission.result.get("in_force")
    return then is not None and then != [batch.batch_id for batch in _compared_with(settings, submission)]


def _compared_with(settings: Settings, submission: Submission) -> list[Batch]:
    kinds = {kind["input_kind"] for kind in submission.result.get("kinds") or []}
    return batches_of(settings.batches_folder, kinds, submission.period, submission.district_code)


def _has_demonstration(settings: Settings, viewer: Viewer, period: Period) -> bool:
    """Whether a return in force for the period, of a unit that is shown, is invented."""
    scopes = returned_scopes(settings.batches_folder, SCHOOL_RETURN)
    return any(
        batch.is_demonstration
        for (code, district), (batch, _) in scopes.items()
        if code == period.code and viewer.scope.allows(district)
    )


def _waits(settings: Settings) -> bool:
    """Whether the publication in force holds other batches than those that count now."""
    published = published_batches(settings.snapshots_folder)
    held = published.get(in_force(settings.snapshots_folder), [])
    return set(held) != {b.batch_id for b in valid_batches(settings.batches_folder)}
