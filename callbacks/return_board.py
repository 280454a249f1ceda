"""Who has returned what for a period: units of that day, within the viewer's scope."""

from datetime import timedelta

from callbacks.dependencies import Dependencies
from data.access import Permission, Viewer
from data.catalogue.loader import is_in_force
from data.catalogue.tables import District, Parameter
from data.importing.batches import valid_batches
from data.importing.returned import returned_counts
from data.periods import parse_period
from data.settings import Settings
from data.store.submissions import list_submissions
from data.warehouse.snapshots import in_force, published_batches
from layouts.office.returns import Board, Completeness

DUE_DAYS = "return_due_days"
MOST_PERIODS = 4


def names_of(deps: Dependencies) -> dict[str, str]:
    """The name of every unit by its code."""
    return {d.district_code: d.name for d in deps.catalogue.rows(District)}


def board_of(deps: Dependencies, settings: Settings, viewer: Viewer, wanted: str) -> Board:
    """The board of a period; of the newest one where `wanted` is none."""
    counts = returned_counts(settings.batches_folder)
    known = [parse_period(p) for p in {p for p, _ in counts} | {str(deps.today().year)}]
    periods = sorted((p for p in known if p is not None), key=lambda p: p.snapshot_date)
    newest = periods[: -MOST_PERIODS - 1 : -1]
    period = next((p for p in newest if p.code == wanted), newest[0])
    submissions = list_submissions(deps.store, viewer)
    units: list[Completeness] = []
    for unit in deps.catalogue.rows(District):
        code = unit.district_code
        is_unit = unit.is_expected or (period.code, code) in counts
        if not (is_unit and is_in_force(unit, period.snapshot_date) and viewer.scope.allows(code)):
            continue
        before = (p.code for p in periods if p.snapshot_date < period.snapshot_date)
        earlier = [p for p in before if (p, code) in counts]
        units.append(Completeness(
            code, unit.name, counts.get((period.code, code)),
            counts.get((earlier[-1], code)) if earlier else None,
            next((s for s in submissions
                  if (s.period, s.district_code) == (period.code, code)), None),
        ))  # fmt: skip
    parameters = (p for p in deps.catalogue.rows(Parameter) if p.parameter_code == DUE_DAYS)
    due = next(int(p.value) for p in parameters if is_in_force(p, period.snapshot_date))
    due_on = period.snapshot_date + timedelta(days=due)
    is_whole = all(u.returned_schools is not None for u in units)
    return Board(
        periods=[p.code for p in newest], period=period.code, due_on=due_on,
        is_overdue=deps.today() > due_on and not is_whole,
        units=units, submissions=submissions, names=names_of(deps),
        may_submit=Permission.RETURNS_SUBMIT in viewer.permissions,
        may_approve=Permission.RETURNS_APPROVE in viewer.permissions,
        waits_for_publication=_waits(settings),
        has_demonstration=any(b.is_demonstration for b in valid_batches(settings.batches_folder)),
    )  # fmt: skip


def _waits(settings: Settings) -> bool:
    """Whether the publication in force holds other batches than those that count now."""
    published = published_batches(settings.snapshots_folder)
    held = published.get(in_force(settings.snapshots_folder), [])
    return set(held) != {b.batch_id for b in valid_batches(settings.batches_folder)}
