"""From the day of a decision to now: the measure that its page is about, in two publications."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from urllib.parse import parse_qsl

from data.proof_key import parse_key
from data.rows.common_dimensions import PeriodRow
from data.rows.meeting import DecisionCourse
from queries import common_dimensions, overview, proof
from queries.reader import OutdatedSnapshotError, Snapshot

BASIS = "as_was"
LOWER_IS_BETTER = ("cv",)
PAGES_OF_UNITS = ("", "plan", "league", "matrix", "trend", "district")
"""Pages that are about how many comply; what is decided on another one is not measured by that."""


@dataclass(frozen=True)
class Subject:
    """What an address is about: a CV, an item or the items of a unit, or the units of a group or of the city."""

    kind: str
    district: str = ""
    stage: str = ""
    code: str = ""
    group: str = ""


@dataclass(frozen=True)
class Measure:
    """The value of a subject, its goal or limit, and the verdicts of the units that are counted."""

    value: float
    goal: float
    verdicts: Mapping[str, str] = field(default_factory=dict[str, str])


def decision_course(seen: Snapshot, current: Snapshot, address: str, held_on: date) -> DecisionCourse | None:
    """How far what `address` is about has come since a meeting that saw `seen`.

    None where the address names nothing that is measured, where it is not known at either time, or where boundaries,
    the rule or what is counted changed in between. Measured is the last period up to the meeting's day, and the newest.
    """
    subject = _subject(address)
    with suppress(OutdatedSnapshotError):
        before = [p for p in common_dimensions.periods(seen) if p.snapshot_date <= held_on]
        if subject is None or not before:
            return None
        seen_on, newest = before[-1].snapshot_date, common_dimensions.periods(current)[-1]
        then, now = _measure(seen, before[-1], subject), _measure(current, newest, subject)
        if then is None or now is None or not _are_comparable(then, now):
            return None
        if _is_redrawn(current, subject.district, seen_on, newest.snapshot_date):
            return None
        change = _change(subject.kind, then, now, _step(current, newest, subject.kind))
        return DecisionCourse(subject.kind, then.value, now.value, now.goal, seen_on, newest.snapshot_date, change)
    return None


def _subject(address: str) -> Subject | None:
    path, _, search = address.partition("?")
    named = dict(parse_qsl(search))
    key = parse_key(named.get("why", ""))
    page, *steps = path.strip("/").split("/")
    if key is not None and key.kind == "cv":
        return Subject("cv", key.district, key.stage, key.indicator)
    if page == "cv" and len(steps) == len(("district", "stage", "indicator")):
        return Subject("cv", *steps)
    if key is not None and key.kind == "item":
        return Subject("item", key.district, code=key.item)
    if page not in PAGES_OF_UNITS:
        return None
    district = steps[0] if page == "district" and steps else named.get("district", "")
    return Subject("items", district) if district else Subject("units", group=named.get("group", ""))


def _are_comparable(then: Measure, now: Measure) -> bool:
    """The same rule, the same units, and none that complied at one time and has no verdict at the other."""
    units = then.verdicts.keys() | now.verdicts.keys()
    pairs = [{then.verdicts.get(u), now.verdicts.get(u)} for u in units]
    return then.goal == now.goal and not any(None in p or {"met", "undecidable"} <= p for p in pairs)


def _is_redrawn(current: Snapshot, district: str, since: date, until: date) -> bool:
    changes = common_dimensions.boundary_changes(current)
    return any(c.district_code == district and since < c.effective_on <= until for c in changes)


def _change(kind: str, then: Measure, now: Measure, step: float) -> str:
    difference = (then.value - now.value) if kind in LOWER_IS_BETTER else (now.value - then.value)
    if abs(difference) < step:
        return "flat"
    return "better" if difference > 0 else "worse"


def _step(snapshot: Snapshot, period: PeriodRow, kind: str) -> float:
    return common_dimensions.parameters(snapshot, period.period).get("flat_change", 0.0) if kind == "cv" else 1.0


def _measure(snapshot: Snapshot, period: PeriodRow, subject: Subject) -> Measure | None:
    of_kind = {"cv": _cv, "item": _item, "items": _items, "units": _units}
    return of_kind[subject.kind](snapshot, period, subject)


def _cv(snapshot: Snapshot, period: PeriodRow, subject: Subject) -> Measure | None:
    rows = overview.unit_cv(snapshot, period.period, BASIS)
    place = (subject.district, subject.stage, subject.code)
    row = next((r for r in rows if (r.district_code, r.stage, r.indicator_code) == place), None)
    return None if row is None or row.cv is None else Measure(row.cv, row.cv_limit)


def _item(snapshot: Snapshot, period: PeriodRow, subject: Subject) -> Measure | None:
    rows = proof.district_items(snapshot, period.period, BASIS, subject.district)
    row = next((r for r in rows if r.item_code == subject.code), None)
    return None if row is None or row.is_met is None else Measure(float(row.is_met), 1.0)


def _items(snapshot: Snapshot, period: PeriodRow, subject: Subject) -> Measure | None:
    units = overview.unit_status(snapshot, period.period, BASIS)
    unit = next((u for u in units if u.district_code == subject.district and u.is_reported), None)
    return None if unit is None else Measure(float(unit.met_count), float(unit.item_count))


def _units(snapshot: Snapshot, period: PeriodRow, subject: Subject) -> Measure | None:
    units = [u for u in overview.unit_status(snapshot, period.period, BASIS) if subject.group in ("", u.group_code)]
    verdicts = {u.district_code: u.verdict for u in units}
    return Measure(float(list(verdicts.values()).count("met")), float(len(units)), verdicts) if units else None
