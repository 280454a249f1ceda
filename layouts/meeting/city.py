"""The default running order for the city or a group."""

from collections import Counter
from typing import Any

from data.text import text
from layouts import formatting
from layouts.markup import Node, h
from layouts.meeting.slide import NAMES, Bar, Number, Slide, first_names
from layouts.meeting.supervision import ledger_slide, rounds_slide, warnings_slide
from layouts.pages.ledger.rows import LedgerView
from layouts.pages.overview.marks import gap_words, unit_marks
from layouts.pages.overview.rows import OverviewRows, cv_name, phase_end, worst_by_unit
from layouts.pages.plan.rows import PlanView, years_late
from layouts.pages.rounds.rows import RoundsView
from layouts.parts.glyph import PROGRESS_LEVELS, glyph
from layouts.parts.unit_views import TALL_STEP_Y, tile_grid


def city_slides(
    rows: OverviewRows, plan: PlanView, ledger: LedgerView, rounds: RoundsView
) -> list[Slide]:
    """Where we are, will it hold, who is behind, on what, warnings, supervision, the ledger."""
    return [
        _overview(rows, plan), _plan(rows, plan), _behind(rows), _items(rows), _spread(rows),
        warnings_slide(rows, ledger), rounds_slide(rows, rounds), ledger_slide(ledger),
    ]  # fmt: skip


def names_of(units: list[Any], most: int = NAMES) -> str:
    """Short names, the first few."""
    return first_names([u.short_name for u in units], most)


def _units(rows: OverviewRows, *levels: str) -> list[Any]:
    return [u for u in rows.scoped if u.progress in levels]


def _overview(rows: OverviewRows, plan: PlanView) -> Slide:
    met, on_plan = _units(rows, "met"), _units(rows, "on_plan")
    late, overdue = _units(rows, "late"), _units(rows, "overdue")
    veto, unknown = _units(rows, "veto"), _units(rows, "undecidable")
    behind = len(late) + len(overdue) + len(veto)
    counts = Counter(u.progress for u in rows.scoped)
    legend = h("div", {"className": "slide-legend"}, *[
        h("span", {"className": "status", "key": level}, glyph(level, 20), text(f"level.{level}"),
          " ", h("b", {}, str(counts[level]))) for level in PROGRESS_LEVELS])  # fmt: skip
    sentence = text("meeting.overview_behind", count=behind, overdue=len(overdue))
    if unknown:
        sentence += text("meeting.overview_unknown", names=names_of(unknown))
    coming, planned = plan.outlook.coming, plan.outlook.planned
    year = coming.target_year
    decide: list[str] = []
    if overdue:
        decide.append(text("meeting.decide_overdue", count=len(overdue)))
    if veto:
        decide.append(text("meeting.decide_veto", names=names_of(veto)))
    if late:
        decide.append(text("meeting.decide_late", count=len(late)))
    picture: Node = h("div", {"className": "slide-tiles"}, legend,
                      tile_grid(unit_marks(rows), text("map.tiles"), TALL_STEP_Y))  # fmt: skip
    return Slide(
        "overview",
        [("", text("headline.city", scope=rows.scope_name, count=len(rows.scoped))),
         ("ok", text("headline.met", count=len(met))), ("", text("headline.separator")),
         ("", text("headline.on_plan", count=len(on_plan))), ("", text("headline.separator")),
         ("fail", text("headline.late", count=behind))],
        sentence,
        chart_title=text("meeting.overview_chart"),
        bars=[Bar(text(f"level.{level}"), counts[level],
                  text("meeting.level_words", count=counts[level],
                       names=names_of(_units(rows, level))), level,
                  text("meeting.level_words", count=counts[level],
                       names=names_of(_units(rows, level), counts[level])))
              for level in PROGRESS_LEVELS if counts[level]],
        picture=picture,
        numbers=[
            Number(str(len(overdue)), text("meeting.units"), text("meeting.overdue"),
                   names_of(overdue) or text("meeting.nobody"), "fail" if overdue else ""),
            Number(str(len(late)), text("meeting.units"), text("meeting.late"),
                   names_of(late) or text("meeting.nobody"), "near" if late else ""),
            Number(str(plan.outlook.expected), text("meeting.units"),
                   text("meeting.expected", year=year),
                   text("meeting.planned", planned=planned[year])),
        ],
        decide=decide,
    )  # fmt: skip


def _plan(rows: OverviewRows, plan: PlanView) -> Slide:
    behind: list[tuple[float, Any, str]] = []
    for unit in _units(rows, "late", "overdue"):
        found = plan.forecasts.get(unit.district_code)
        horizon = int(rows.parameters["projection_horizon"])
        if found is None or found.middle is None or found.middle >= horizon + 1:
            years = float(horizon + 1 - unit.target_year)
            behind.append((years, unit, text("meeting.plan_unseen", year=horizon)))
            continue
        years = max(0.0, years_late(unit, found.middle))
        behind.append((years, unit, text("meeting.plan_words", year=int(found.middle),
                                         late=formatting.rounded(years, 1))))  # fmt: skip
    behind.sort(key=lambda b: (-b[0], b[1].district_code))
    coming, planned = plan.outlook.coming, plan.outlook.planned
    year, expected = coming.target_year, plan.outlook.expected
    short = planned[year] - expected
    months = formatting.months_between(rows.period.snapshot_date, phase_end(year))
    return Slide(
        "plan",
        [("", text("meeting.plan_title", year=year, planned=planned[year])),
         ("fail" if short > 0 else "ok", text("meeting.plan_expected", expected=expected))],
        text("meeting.plan_sentence", months=months, count=len(behind)),
        chart_title=text("meeting.plan_chart"),
        bars=[Bar(u.short_name, y, w, "overdue" if u.progress == "overdue" else "late")
              for y, u, w in behind],
        numbers=[
            Number(str(max(0, short)), text("meeting.units"),
                   text("meeting.plan_short", year=year), text("meeting.plan_short_words"),
                   "fail" if short > 0 else ""),
            Number(str(len([u for u in rows.scoped if u.progress == "overdue"])),
                   text("meeting.units"), text("meeting.overdue"),
                   names_of(_units(rows, "overdue")) or text("meeting.nobody"), "fail"),
        ],
        decide=[text("meeting.decide_pace")] if behind else [],
    )  # fmt: skip


def _behind(rows: OverviewRows) -> Slide:
    failing = sorted((u for u in rows.scoped if u.failed_count),
                     key=lambda u: (-u.failed_count, -(u.worst_ratio or 0)))  # fmt: skip
    gaps = gap_words(rows, room=16)
    reported = [u for u in rows.scoped if u.is_reported]
    schools = sum(u.school_count for u in reported)
    complying = sum(u.compliant_school_count for u in reported)
    return Slide(
        "league",
        [("", text("meeting.behind_title", count=len(failing))),
         ("fail", text("meeting.behind_most", names=names_of(failing, 3)))]
        if failing else [("ok", text("meeting.behind_none"))],
        text("meeting.behind_sentence", schools=formatting.count(schools),
             missing=formatting.count(schools - complying)),
        chart_title=text("meeting.behind_chart"),
        bars=[Bar(u.short_name, u.failed_count,
                  text("meeting.behind_words", count=u.failed_count,
                       gap=gaps.get(u.district_code, "")), u.progress) for u in failing],
        numbers=[
            Number(formatting.share(complying / schools) if schools else formatting.NONE, "",
                   text("meeting.schools"), text("meeting.schools_words", count=complying)),
            Number(str(len(failing)), text("meeting.units"), text("meeting.behind_number"), "",
                   "fail" if failing else ""),
        ],
    )  # fmt: skip


def _items(rows: OverviewRows) -> Slide:
    counts: Counter[str] = Counter()
    for unit in rows.scoped:
        counts.update((unit.failing_items or "").split())
    names = {**rows.item_names, **rows.indicator_names}
    amounts: dict[str, float] = {}
    units: dict[str, str] = {}
    for gap in rows.gaps:
        if gap.section_count and gap.district_code in rows.scoped_codes:
            amounts[gap.indicator_code] = amounts.get(gap.indicator_code, 0.0) + gap.gap
            units[gap.indicator_code] = gap.gap_unit
    bars: list[Bar] = []
    for code, count in sorted(counts.items(), key=lambda c: (-c[1], c[0])):
        words = text("meeting.items_words", count=count)
        if code in amounts:
            amount = formatting.gap(amounts[code], units[code])
            words += text("meeting.items_gap", amount=amount)
        bars.append(Bar(f"{code} {names.get(code, '')}", count, words, "unmet"))
    first = bars[0].name if bars else ""
    return Slide(
        "matrix",
        [("", text("meeting.items_title", count=len(bars))),
         ("fail", text("meeting.items_most", name=first))]
        if bars else [("ok", text("meeting.items_none"))],
        text("meeting.items_sentence"),
        chart_title=text("meeting.items_chart"),
        bars=bars,
        numbers=[Number(formatting.short_amount(amounts[c], units[c]),
                        formatting.short_unit(units[c]), names.get(c, c),
                        text("meeting.items_missing"), "fail")
                 for c in sorted(amounts, key=lambda c: (-counts[c], c))[:3]],
    )  # fmt: skip


def _spread(rows: OverviewRows) -> Slide:
    worst = worst_by_unit([c for c in rows.cvs if c.district_code in rows.scoped_codes])
    short = {u.district_code: u.short_name for u in rows.units}
    order = sorted(worst.values(), key=lambda c: -c.limit_ratio)
    over = [c for c in order if c.is_within_limit is False]
    before = {(c.district_code, c.stage, c.indicator_code): c.cv for c in rows.previous_cvs}
    flat = rows.parameters["flat_change"]
    worse = [c for c in over
             if (b := before.get((c.district_code, c.stage, c.indicator_code))) is not None
             and c.cv - b >= flat]  # fmt: skip
    return Slide(
        "trend",
        [("", text("meeting.spread_title", count=len(over))),
         ("fail", text("meeting.spread_worse", count=len(worse)))]
        if over else [("ok", text("meeting.spread_none"))],
        text("meeting.spread_sentence"),
        chart_title=text("meeting.spread_chart"),
        bars=[Bar(f"{short[c.district_code]} {cv_name(c, rows.indicator_names)}", c.limit_ratio,
                  text("meeting.spread_words", cv=formatting.cv(c.cv, c.cv_limit),
                       limit=formatting.rounded(c.cv_limit, 2)),
                  "unmet" if c.is_within_limit is False else "met") for c in order],
        numbers=[
            Number(str(len(over)), text("meeting.units"), text("meeting.spread_over"), "",
                   "fail" if over else ""),
            Number(str(len(worse)), text("meeting.units"), text("meeting.spread_rising"),
                   first_names([short[c.district_code] for c in worse])
                   or text("meeting.nobody"), "fail" if worse else ""),
        ],
    )  # fmt: skip
