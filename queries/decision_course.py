"""From the day of a decision to now: the measure that its page is about, in two publications."""

from contextlib import suppress
from datetime import date
from urllib.parse import parse_qsl

from data.rows.common_dimensions import PeriodRow
from data.rows.meeting import DecisionCourse
from queries import common_dimensions, overview, proof
from queries.reader import OutdatedSnapshotError, Snapshot

BASIS = "as_was"
Measured = tuple[str, float, float]
"""What is measured, its value, and the goal or limit."""
LOWER_IS_BETTER = ("cv",)


def decision_course(seen: Snapshot, current: Snapshot, address: str, held_on: date) -> DecisionCourse | None:
    """How far what `address` is about has come since a meeting that saw `seen`.

    None where the address names nothing that is measured, or where it is not known at either time. Measured is the
    last period up to the meeting's day, and the newest.
    """
    with suppress(OutdatedSnapshotError):
        before = [p for p in common_dimensions.periods(seen) if p.snapshot_date <= held_on]
        newest = common_dimensions.periods(current)[-1]
        then = _measure(seen, before[-1], address) if before else None
        now = _measure(current, newest, address)
        if then is not None and now is not None and then[0] == now[0]:
            step = _step(current, newest, now[0])
            change = _change(then, now, step)
            return DecisionCourse(
                now[0], then[1], now[1], now[2], before[-1].snapshot_date, newest.snapshot_date, change
            )
    return None


def _change(then: Measured, now: Measured, step: float) -> str:
    difference = (then[1] - now[1]) if now[0] in LOWER_IS_BETTER else (now[1] - then[1])
    if abs(difference) < step:
        return "flat"
    return "better" if difference > 0 else "worse"


def _step(snapshot: Snapshot, period: PeriodRow, kind: str) -> float:
    return common_dimensions.parameters(snapshot, period.period).get("flat_change", 0.0) if kind == "cv" else 1.0


def _measure(snapshot: Snapshot, period: PeriodRow, address: str) -> Measured | None:
    path, _, search = address.partition("?")
    named = dict(parse_qsl(search))
    kind, *parts = named.get("why", "").split(".")
    steps = path.strip("/").split("/")
    if kind == "cv" and len(parts) == len(("district", "stage", "indicator")):
        return _cv(snapshot, period, *parts)
    if steps[0] == "cv" and len(steps) == len(("cv", "district", "stage", "indicator")):
        return _cv(snapshot, period, *steps[1:])
    if kind == "item" and len(parts) == len(("district", "item")):
        return _item(snapshot, period, *parts)
    district = steps[1] if steps[0] == "district" and len(steps) > 1 else named.get("district", "")
    return _items(snapshot, period, district) if district else _units(snapshot, period, named.get("group", ""))


def _cv(snapshot: Snapshot, period: PeriodRow, district: str, stage: str, indicator: str) -> Measured | None:
    rows = overview.unit_cv(snapshot, period.period, BASIS)
    place = (district, stage, indicator)
    row = next((r for r in rows if (r.district_code, r.stage, r.indicator_code) == place), None)
    return None if row is None or row.cv is None else ("cv", row.cv, row.cv_limit)


def _item(snapshot: Snapshot, period: PeriodRow, district: str, item: str) -> Measured | None:
    rows = proof.district_items(snapshot, period.period, BASIS, district)
    row = next((r for r in rows if r.item_code == item), None)
    return None if row is None or row.is_met is None else ("item", float(row.is_met), 1.0)


def _items(snapshot: Snapshot, period: PeriodRow, district: str) -> Measured | None:
    units = overview.unit_status(snapshot, period.period, BASIS)
    unit = next((u for u in units if u.district_code == district and u.is_reported), None)
    return None if unit is None else ("items", float(unit.met_count), float(unit.item_count))


def _units(snapshot: Snapshot, period: PeriodRow, group: str) -> Measured | None:
    units = [u for u in overview.unit_status(snapshot, period.period, BASIS) if group in ("", u.group_code)]
    met = sum(1 for u in units if u.verdict == "met")
    return ("units", float(met), float(len(units))) if units else None
