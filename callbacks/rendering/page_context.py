"""Gather the rows that a page is drawn from, and the choices of the filter bar."""

from collections.abc import Sequence
from dataclasses import replace
from typing import TypeVar

from callbacks.dependencies import Dependencies
from callbacks.rendering.issue_counts import issue_board
from data.catalogue.map_tables import MapLabel, MapVintage
from data.catalogue.tables import CvLimit, District, Item
from data.direction import Direction
from data.rows.common_dimensions import PeriodRow
from data.rows.context import FrameContext, UnitContext, in_view, worst_by_unit
from data.rows.overview import CvHistoryRow, UnitCvRow
from data.text import text
from data.view_state import BASES, STAGES, VERDICT, Choices, ViewState, parse
from layouts import formatting
from layouts.parts.demonstration import with_issues
from layouts.parts.frame import Choice, Filter
from layouts.parts.glyph import ALL_LEVELS
from layouts.routes import Address, Route, link
from queries import common_dimensions, overview, trend
from queries.reader import Snapshot

REGIME = "quality_balanced"
Rows = TypeVar("Rows", bound=FrameContext)


class NotFoundError(LookupError):
    """There is nothing at this address; says why and where to go (label, href)."""

    def __init__(self, title: str, explanation: str = "", actions: tuple[tuple[str, str], ...] = ()) -> None:
        super().__init__(title)
        self.explanation = explanation
        self.actions = actions


def read_state(snapshot: Snapshot, address: Address) -> ViewState:
    """The state of an address, with only what the snapshot can answer.

    In a snapshot of one parent's units the parent is chosen, for an account of one unit that unit, whatever the
    address leaves out.
    """
    periods = common_dimensions.periods(snapshot)
    latest = periods[-1].period
    choices = snapshot.cached("choices", lambda: _choices(snapshot, periods))
    base = parse(address.search, choices, address.values)
    units = common_dimensions.units(snapshot, base.period or latest, base.basis)
    present = {u.district_code for u in units}
    if base.district and base.district not in present:
        base = replace(base, district="", problems=(*base.problems, "district"))
    if snapshot.is_of_parent and not (base.district or base.group):
        base = replace(base, group=next((u.group_code for u in units), ""))
    if snapshot.scope.districts is not None and len(present) == 1:
        base = replace(base, district=next(iter(present)))
    return base


def _choices(snapshot: Snapshot, periods: Sequence[PeriodRow]) -> Choices:
    """What a state can name: units of any period under any basis, the rest of the latest."""
    latest = periods[-1].period
    return Choices(
        periods=tuple(p.period for p in periods),
        indicators=[i.indicator_code for i in common_dimensions.indicators(snapshot, latest)],
        districts=[u.district_code for u in common_dimensions.known_units(snapshot)],
        groups=sorted({u.group_code for u in common_dimensions.units(snapshot, latest, "as_was")}),
        levels=ALL_LEVELS,
    )


def load_frame_context(deps: Dependencies, snapshot: Snapshot, state: ViewState) -> FrameContext:
    """What a page says that is not drawn from the units."""
    periods = common_dimensions.periods(snapshot)
    period = next((p for p in periods if p.period == state.period), periods[-1])
    boundary_day = period.snapshot_date if state.basis == "as_was" else periods[-1].snapshot_date
    vintage = deps.catalogue.in_force(MapVintage, boundary_day)[0]
    return FrameContext(
        state=state,
        today=deps.today(),
        period=period,
        periods=periods,
        snapshot=snapshot.info,
        map_vintage=vintage.vintage,
        map_note=vintage.note,
        covers=covers_words(deps, snapshot),
        own_units=own_units(deps, snapshot),
        own_schools=len(snapshot.scope.schools or ()),
    )


def covers_words(deps: Dependencies, snapshot: Snapshot) -> str:
    """What the scope of an account leaves, in words; empty where it is everything."""
    names = own_units(deps, snapshot)
    if snapshot.scope.schools is not None:
        return text("source.covers_schools", names=names, count=len(snapshot.scope.schools))
    return text("source.covers", names=names) if names else ""


def own_units(deps: Dependencies, snapshot: Snapshot) -> str:
    """The units of a narrow account by name; empty where the scope is every unit."""
    codes = snapshot.scope.districts
    names = {d.district_code: d.short_name for d in deps.catalogue.rows(District)}
    return "、".join(names.get(code, code) for code in sorted(codes or ()))


def with_actor(deps: Dependencies, rows: Rows) -> Rows:
    """The rows for a page with forms, which ask who acts where nobody is signed in."""
    return replace(rows, asks_actor=not deps.current_viewer().account)


def load_unit_context(deps: Dependencies, snapshot: Snapshot, state: ViewState) -> UnitContext:
    """Every row of the overview and the league in one state."""
    frame = load_frame_context(deps, snapshot, state)
    period, periods = frame.period, frame.periods
    previous = next(
        (p for p in reversed(periods) if p.is_annual and p.snapshot_date.year < period.snapshot_date.year), None
    )
    cvs = overview.unit_cv(snapshot, period.period, state.basis)
    cvs_of_unit = [c for c in in_view(cvs, state) if c.district_code == state.district]
    worst = worst_by_unit(cvs_of_unit).get(state.district)
    return UnitContext(
        **vars(frame),
        previous=previous,
        units=overview.unit_status(snapshot, period.period, state.basis),
        changes={c.district_code: c for c in overview.unit_changes(snapshot, period.period, state.basis)},
        ranks={r.district_code: r for r in overview.unit_ranks(snapshot, period.period, state.basis)},
        indicators=common_dimensions.indicators(snapshot, period.period),
        phases=common_dimensions.phases(snapshot),
        parameters=common_dimensions.parameters(snapshot, period.period),
        chance_lines=common_dimensions.chance_lines(snapshot, period.period),
        cvs=cvs,
        stage_status={s: overview.stage_status(snapshot, period.period, state.basis, s) for s in STAGES if s != "both"},
        verdict_history=overview.verdict_history(snapshot, state.basis),
        cv_history=_history(snapshot, state, worst),
        worst=worst,
        worst_course=_course(snapshot, period.period, state.basis, worst),
        gaps=overview.gaps(snapshot, period.period, state.basis, state.stage),
        unknown_values=overview.unknown_sections(snapshot, period.period, state.basis),
        plan_targets=overview.plan_targets(snapshot, period.period, state.basis),
        boundary_changes=common_dimensions.boundary_changes(snapshot),
        cv_limits={
            c.stage: float(c.cv_limit)
            for c in deps.catalogue.in_force(CvLimit, period.snapshot_date)
            if c.regime == REGIME
        }
        | {c.stage: c.cv_limit for c in cvs},
        labels={
            label.geometry_code: label for label in deps.catalogue.rows(MapLabel) if label.vintage == frame.map_vintage
        },
        item_names={i.item_code: i.short_name for i in deps.catalogue.rows(Item)},
        recognitions=overview.recognitions(snapshot, period.period, state.basis),
        recognition_batches=overview.recognition_batches(snapshot, period.period),
    )


def units_of_today(deps: Dependencies, snapshot: Snapshot | None) -> list[District]:
    """The units of today of which a return is expected, or that the publication knows, where there is one."""
    published = {u.district_code for u in common_dimensions.known_units(snapshot)} if snapshot else set[str]()
    return [d for d in deps.catalogue.in_force(District, deps.today()) if d.is_expected or d.district_code in published]


def own_issues(deps: Dependencies, snapshot: Snapshot, rows: UnitContext) -> UnitContext:
    """The same rows, where the issues that are drawn with them are the store's."""
    has_any = any(group.is_demonstration for group in issue_board(deps, snapshot).groups())
    return replace(rows, snapshot=with_issues(rows.snapshot, is_demonstration=has_any))


def _history(snapshot: Snapshot, state: ViewState, worst: UnitCvRow | None) -> tuple[CvHistoryRow, ...]:
    """The history that the trend shows: the chosen indicator, or the chosen unit's worst CV."""
    stages = [s for s in STAGES if s != "both" and state.stage in ("both", s)]
    if state.indicator != VERDICT:
        return sum((overview.cv_history(snapshot, state.basis, s, state.indicator) for s in stages), ())
    if worst is None:
        return ()
    return overview.cv_history(snapshot, state.basis, worst.stage, worst.indicator_code)


def _course(snapshot: Snapshot, period: str, basis: str, worst: UnitCvRow | None) -> Direction:
    """The direction of the chosen unit's worst CV."""
    if worst is None:
        return Direction("few")
    place = (worst.stage, worst.indicator_code)
    return trend.cv_direction(snapshot, period, basis, worst.district_code, place)


def period_filter(periods: Sequence[PeriodRow], state: ViewState, route: Route) -> Filter:
    """The slot that chooses the period; the latest is the default and stands in no link."""
    latest = periods[-1].period
    choices = [
        Choice(formatting.month(p.snapshot_date), link(route, state, period="" if p.period == latest else p.period))
        for p in reversed(periods)
    ]
    return Filter("period", link(route, state), choices)


def filters(snapshot: Snapshot, rows: UnitContext, route: Route, names: tuple[str, ...]) -> list[Filter]:
    """The slots of the filter bar, each option a link to the state it chooses."""
    state = rows.state

    def choice(label: str, heading: str = "", **changes: str) -> Choice:
        return Choice(label, link(route, state, **changes), heading)

    units = common_dimensions.units(snapshot, rows.period.period, state.basis)
    groups = dict.fromkeys((u.group_code, u.group_name) for u in units)
    slots: dict[str, Sequence[Choice]] = {
        "period": period_filter(rows.periods, state, route).choices,
        "stage": [choice(text(f"stage.{s}"), stage=s) for s in STAGES],
        "indicator": [
            choice(text("filter.verdict"), indicator=VERDICT),
            *[choice(f"{i.indicator_code} {i.short_name}", indicator=i.indicator_code) for i in rows.indicators],
        ],
        "district": [
            choice(rows.own_units or text("filter.city", count=len(units)), district="", group=""),
            *[choice(name, text("filter.groups"), group=code) for code, name in groups],
            *[choice(u.name, u.group_name, district=u.district_code) for u in units],
        ],
        "basis": [choice(text(f"basis.{b}"), basis=b) for b in BASES],
        "grouping": [choice(text(f"grouping.{g}"), grouping=g) for g in ("none", "verdict", "group")],
        "rank": [choice(text(f"rank.{r}"), rank=r) for r in ("shown", "hidden")],
    }
    if "stage" in route.keys:
        slots |= _specific(slots)
    return [Filter(name, link(route, state), slots[name]) for name in names]


def _specific(slots: dict[str, Sequence[Choice]]) -> dict[str, list[Choice]]:
    """For a page about one thing: without the choices that mean all of them."""
    return {
        "stage": list(slots["stage"])[1:],
        "indicator": list(slots["indicator"])[1:],
        "district": [c for c in list(slots["district"])[1:] if c.heading != text("filter.groups")],
    }
