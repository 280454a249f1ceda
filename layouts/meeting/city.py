"""The default running order for the city or a group."""

from collections import Counter
from collections.abc import Sequence

from data.rows.context import UnitContext, worst_by_unit
from data.rows.overview import UnitStatusRow
from data.rows.plan import Outlook
from data.text import text
from layouts import formatting
from layouts.components.elements import block, run, strong
from layouts.markup import Node
from layouts.meeting.measures import items_slide, nothing_found, spread_slide
from layouts.meeting.slide import NAMES, Bar, Number, Slide, counted, first_names
from layouts.meeting.supervision import ledger_slide, rounds_slide, warnings_slide
from layouts.pages.ledger.rows import LedgerView
from layouts.pages.overview.unit_markers import gap_words, lacking, unit_marks
from layouts.pages.plan.rows import PlanView
from layouts.pages.rounds.rows import RoundsView
from layouts.parts.forecast import is_dated, latest_first, outlook_rest, printed_year, short_words
from layouts.parts.glyph import MISSING_LEVELS, PROGRESS_LEVELS, glyph
from layouts.parts.recognition import count_words
from layouts.parts.unit_views import TALL_STEP_Y, tile_grid

BEHIND = ("late", "overdue", "veto")


def city_slides(rows: UnitContext, plan: PlanView, ledger: LedgerView, rounds: RoundsView) -> list[Slide]:
    """Where we are, will it hold, who is behind, on what, warnings, supervision, the ledger.

    Where nobody reported there is nothing to say of schools.
    """
    if rows.is_silent:
        return [_overview(rows, plan), _plan(rows, plan), warnings_slide(rows, ledger), ledger_slide(ledger)]
    return [
        _overview(rows, plan),
        _plan(rows, plan),
        _behind(rows),
        items_slide(rows),
        spread_slide(rows),
        warnings_slide(rows, ledger),
        rounds_slide(rows, rounds),
        ledger_slide(ledger),
    ]


def names_of(units: Sequence[UnitStatusRow], most: int = NAMES) -> str:
    """Short names, the first few."""
    return first_names([u.short_name for u in units], most)


def _units(rows: UnitContext, *levels: str) -> list[UnitStatusRow]:
    return [u for u in rows.scoped if u.progress in levels]


def _overview(rows: UnitContext, plan: PlanView) -> Slide:
    late, overdue, veto = _units(rows, "late"), _units(rows, "overdue"), _units(rows, "veto")
    counts = Counter(u.progress for u in rows.scoped)
    levels = [level for level in PROGRESS_LEVELS if counts[level]]
    decide: list[str] = []
    count_still_overdue = len(overdue) - len(_met_since(rows, overdue))
    if count_still_overdue:
        decide.append(text("meeting.decide_overdue", count=count_still_overdue))
    if veto:
        decide.append(text("meeting.decide_veto", names=names_of(veto)))
    if late:
        decide.append(text("meeting.decide_late", count=len(late)))
    return Slide(
        "overview",
        _overview_title(rows),
        _overview_sentence(rows),
        chart_title=text("meeting.overview_chart"),
        bars=[_level_bar(level, _units(rows, level)) for level in levels],
        tiles=unit_marks(rows),
        picture=block(
            block(*[_legend_line(level, counts[level]) for level in levels], look="slide-legend"),
            tile_grid(unit_marks(rows), text("map.tiles"), TALL_STEP_Y),
            look="slide-tiles",
        ),
        numbers=[*_overdue(rows, overdue), *_late(rows, late), *_expected(plan)],
        decide=decide,
    )


def _late(rows: UnitContext, late: Sequence[UnitStatusRow]) -> list[Number]:
    """Who is behind; nothing where no unit can be said to be behind or not."""
    if all(u.progress in MISSING_LEVELS for u in rows.scoped):
        return []
    names = names_of(late) or text("meeting.nobody")
    return [counted(len(late), text("meeting.units"), text("meeting.late"), names, "near")]


def _overview_title(rows: UnitContext) -> list[tuple[str, str]]:
    """How many comply, are on plan, in doubt and behind; what nobody is, is left out."""
    on_plan, doubtful, behind = (len(_units(rows, *levels)) for levels in (("on_plan",), ("uncertain",), BEHIND))
    separator = ("", text("headline.separator"))
    title = [
        ("", text("headline.city", scope=rows.scope_name, count=len(rows.scoped))),
        ("ok", text("headline.met", count=len(_units(rows, "met")))),
    ]
    if on_plan or doubtful or behind:
        title += [separator, ("", text("headline.on_plan", count=on_plan)), separator]
        title += [("", text("headline.uncertain", count=doubtful)), separator] if doubtful else []
        title.append(("fail" if behind else "", text("headline.behind", count=behind)))
    return title


def _overview_sentence(rows: UnitContext) -> str:
    """Who is behind, of whom nothing can be said, and who is recognised."""
    behind, overdue = len(_units(rows, *BEHIND)), len(_units(rows, "overdue"))
    sentence = text("meeting.overview_behind", count=behind, overdue=overdue) if behind else ""
    for level in MISSING_LEVELS:
        units = _units(rows, level)
        if units:
            sentence += text(f"sub.some_{level}", count=len(units), names=names_of(units)) + text("sub.stop")
    recognised = count_words(rows)
    return sentence + recognised + text("sub.stop") if recognised else sentence


def _legend_line(level: str, count: int) -> Node:
    return run(glyph(level, 20), text(f"level.{level}"), " ", strong(str(count)), look="status", key=level)


def _level_bar(level: str, units: Sequence[UnitStatusRow]) -> Bar:
    caption, in_full = (
        text("meeting.level_words", count=len(units), names=names_of(units, most)) for most in (NAMES, len(units))
    )
    return Bar(text(f"level.{level}"), len(units), caption, level, in_full)


def _expected(plan: PlanView) -> list[Number]:
    """How many will comply by the coming target year; nothing where that cannot be said."""
    outlook = plan.outlook
    if outlook.expected is None:
        return []
    year = outlook.coming.target_year
    planned = text("meeting.planned", planned=outlook.planned[year]) + outlook_rest(outlook)
    return [counted(outlook.expected, text("meeting.units"), text("meeting.expected", year=year), planned)]


def _plan(rows: UnitContext, plan: PlanView) -> Slide:
    behind = _units(rows, *BEHIND)
    dated = sorted((u for u in behind if is_dated(u)), key=latest_first)
    silent = [u for u in behind if not is_dated(u)]
    base = max((u.forecast_autumn or 0 for u in dated), default=0)
    outlook, overdue = plan.outlook, _units(rows, "overdue")
    year, expected, short = outlook.coming.target_year, outlook.expected, outlook.missing
    sentence = _plan_sentence(rows, outlook, len(behind))
    if silent:
        sentence += text("meeting.plan_silent", count=len(silent), names=names_of(silent, len(silent)))
    return Slide(
        "plan",
        [
            ("", text("meeting.plan_title", year=year, planned=outlook.planned[year])),
            *(
                [("", text("plan.expected_none"))]
                if expected is None
                else [
                    ("fail" if short else "ok", text("meeting.plan_expected", expected=expected)),
                    ("", outlook_rest(outlook)),
                ]
            ),
        ],
        sentence,
        chart_title=text("meeting.plan_chart"),
        bars_show=text("meeting.plan_bars", year=base),
        bars=[
            Bar(u.short_name, (printed_year(u) or u.horizon_year or base) - base, _plan_words(u), u.progress)
            for u in dated
        ],
        names_rest=True,
        numbers=[
            counted(outlook.unprojected, text("meeting.units"), text("meeting.plan_unprojected"), _unplanned(rows))
            if expected is None
            else counted(
                short,
                text("meeting.units"),
                text("meeting.plan_short", year=year),
                text("meeting.plan_short_words"),
                "fail",
            ),
            *_overdue(rows, overdue),
        ],
        decide=[text("meeting.decide_pace")] if dated else [],
    )


def _unplanned(rows: UnitContext) -> str:
    """How many of them stand in no plan."""
    unplanned = len(_units(rows, "unplanned"))
    return text("meeting.plan_unplanned", count=unplanned) if unplanned else ""


def _overdue(rows: UnitContext, overdue: Sequence[UnitStatusRow]) -> list[Number]:
    """Who is overdue; nothing in a period that no target year had ended before."""
    if not rows.ended_phases:
        return []
    names = names_of(overdue) or text("meeting.nobody")
    met_since = _met_since(rows, overdue)
    if met_since:
        names += text("meeting.overdue_met_since", count=len(met_since), names=names_of(met_since))
    return [counted(len(overdue), text("meeting.units"), text("meeting.overdue"), names, "fail")]


def _met_since(rows: UnitContext, overdue: Sequence[UnitStatusRow]) -> list[UnitStatusRow]:
    """Those of them that a later return has shown to comply by today."""
    return [u for u in overdue if u.lateness_ended_on(rows.today)]


def _plan_words(unit: UnitStatusRow) -> str:
    """不早于2033年秋季（目标2028年）."""
    forecast = short_words(unit)
    if unit.target_year is None:
        return forecast
    return text("meeting.plan_words", words=forecast, year=unit.target_year)


def _plan_sentence(rows: UnitContext, outlook: Outlook, behind: int) -> str:
    """How much time is left from today; what the period says of a target that has ended since."""
    end, month = outlook.coming.ends_on, formatting.month(rows.period.snapshot_date)
    if end < rows.today:
        key = "unknown" if outlook.expected is None else "due"
        return text(f"meeting.plan_sentence_{key}", count=behind, month=month)
    return text(
        "meeting.plan_sentence", span=formatting.span(rows.today, end), day=formatting.day(rows.today), count=behind
    )


def _behind(rows: UnitContext) -> Slide:
    failing = sorted((u for u in rows.scoped if u.failed_count), key=lambda u: (-u.failed_count, -(u.worst_ratio or 0)))
    short, gaps = gap_words(rows, room=16), gap_words(rows)
    worst = worst_by_unit(rows.cvs_in_view)
    in_full = {u.district_code: lacking(rows, u, gaps, worst.get(u.district_code)) for u in failing}
    reported = [u for u in rows.scoped if u.is_reported]
    schools = sum(u.school_count for u in reported)
    complying = sum(u.compliant_school_count for u in reported)
    return Slide(
        "league",
        [
            ("", text("meeting.behind_title", count=len(failing))),
            ("fail", text("meeting.behind_most", names=names_of(failing, 3))),
        ]
        if failing
        else nothing_found(
            text("meeting.behind_none"), text("meeting.behind_unknown", count=rows.unknown_count), rows.unknown_count
        ),
        text(
            "meeting.behind_sentence", schools=formatting.count(schools), missing=formatting.count(schools - complying)
        ),
        chart_title=text("meeting.behind_chart"),
        bars=[
            Bar(
                u.short_name,
                u.failed_count,
                _behind_words(u, short.get(u.district_code, in_full[u.district_code])),
                u.progress,
                _behind_words(u, in_full[u.district_code]),
            )
            for u in failing
        ],
        numbers=[
            Number(
                formatting.share(complying / schools) if schools else formatting.NONE,
                "",
                text("meeting.schools"),
                text("meeting.schools_words", count=formatting.count(complying)),
            ),
            counted(len(failing), text("meeting.units"), text("meeting.behind_number"), tone="fail"),
        ],
    )


def _behind_words(unit: UnitStatusRow, gap: str) -> str:
    return text("meeting.behind_words", count=unit.failed_count, gap=gap)
