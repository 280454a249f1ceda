"""The default running order for one unit."""

from collections import Counter
from collections.abc import Sequence

from data.rows.common_dimensions import IndicatorRow
from data.rows.context import UnitContext, cv_name, largest_first
from data.rows.district import SectionRow
from data.rows.overview import UnitStatusRow
from data.rows.proof import DistrictItemRow
from data.text import text
from layouts import formatting
from layouts.meeting.measures import nothing_found
from layouts.meeting.slide import Bar, Number, Slide, counted
from layouts.meeting.supervision import cv_bar, ledger_slide, spread_sentence, warnings_slide
from layouts.pages.district.rows import DistrictView
from layouts.pages.ledger.rows import LedgerView
from layouts.parts.forecast import chance_words, date_sentence, progress_words, short_words, slowest_sentence
from layouts.parts.left_out import left_out
from layouts.parts.recognition import unit_words
from layouts.parts.spread import spread_words
from layouts.parts.supply import total

MOST_CVS, MOST_LACKS = 1, 2
"""What one line of a slide has room for."""


def district_slides(view: DistrictView, ledger: LedgerView) -> list[Slide]:
    """Where the unit stands, what is missing, which schools, warnings, the ledger."""
    if not view.unit.is_reported:
        return [_silent(view), warnings_slide(view.rows, ledger), ledger_slide(ledger)]
    return [
        _standing(view),
        _bill(view),
        _spread(view),
        _schools(view),
        warnings_slide(view.rows, ledger),
        ledger_slide(ledger),
    ]


def _silent(view: DistrictView) -> Slide:
    """A unit that did not report: what is known of it without figures."""
    unit = view.unit
    return Slide(
        "overview",
        [("", text("ledger.scope", name=unit.short_name)), ("", text("sub.not_reported"))],
        text("meeting.district_silent", phase=unit.phase_name or text("level.unplanned"), words=date_sentence(unit)),
        numbers=[Number(text("level.not_reported"), "", text("meeting.district_date"), date_sentence(unit))],
    )


def _standing(view: DistrictView) -> Slide:
    unit, rows = view.unit, view.rows
    names = {**rows.item_names, **rows.indicator_names}
    failing = [i for i in view.items if i.is_met is False]
    is_open = bool(failing) and not unit.lateness_ended_on(rows.today)
    decide = [text("meeting.district_decide", count=len(failing))] if is_open else []
    sentence = text(
        "meeting.district_sentence",
        word=progress_words(rows, unit),
        phase=unit.phase_name or formatting.NONE,
        unknown=unit.undecidable_count,
    )
    recognised = unit_words(unit)
    if recognised:
        sentence += recognised + text("sub.stop")
    return Slide(
        "overview",
        [("", text("ledger.scope", name=unit.short_name)), *_standing_title(unit)],
        sentence,
        chart_title=text("meeting.district_chart"),
        bars_show=text("meeting.district_bars"),
        bars=[
            Bar(
                f"{i.item_code} {names.get(i.item_code, '')}",
                i.missing_share,
                _distance(view, i, MOST_CVS),
                "unmet",
                _distance(view, i),
            )
            for i in sorted(failing, key=lambda i: -(i.missing_share or 1.0))
        ],
        numbers=[
            Number(f"{unit.met_count}/{unit.item_count}", "", text("meeting.district_items")),
            *_forecast(rows, unit),
        ],
        decide=decide,
    )


def _standing_title(unit: UnitStatusRow) -> list[tuple[str, str]]:
    if not unit.failed_count:
        counts = {"total": unit.item_count, "unknown": unit.undecidable_count}
        all_clear, with_unknown = (text(f"meeting.district_{key}", **counts) for key in ("all", "unknown"))
        return nothing_found(all_clear, with_unknown, unit.undecidable_count)
    failed = text("meeting.district_title", total=unit.item_count, met=unit.met_count, failed=unit.failed_count)
    return [("ok" if unit.progress == "met" else "fail", failed)]


def _distance(view: DistrictView, item: DistrictItemRow, most: int | None = None) -> str:
    if item.rule_kind == "resource":
        return _short_words(view, item.item_code, most)
    if item.amount is None or item.threshold is None:
        return text("meeting.district_judged")
    return text(
        "meeting.district_amount",
        unit=item.unit,
        amount=formatting.plain(item.amount),
        line=formatting.plain(item.threshold),
    )


def _short_words(view: DistrictView, code: str, most: int | None) -> str:
    """Its CVs over their limits, the worst first, and what how many sections need."""
    place = (view.unit.district_code, code)
    over = largest_first(c for c in view.cvs if c.is_within_limit is False and c.indicator_code == code)
    gaps = [g for g in view.rows.gaps if (g.district_code, g.indicator_code) == place]
    short, spare = sum(g.section_count for g in gaps), sum(g.spare_section_count for g in gaps)
    reasons = [
        text("meeting.district_cv", stage=text(f"stage.{c.stage}"), cv=formatting.cv(c.cv, c.cv_limit))
        for c in over[:most]
    ]
    if len(reasons) < len(over):
        reasons[-1] += text("meeting.district_cvs", count=len(over))
    if short:
        amount = formatting.gap(sum(g.gap for g in gaps), gaps[0].gap_unit)
        reasons.append(text("meeting.district_short", count=short, gap=amount))
    elif spare:
        reasons.append(text("meeting.district_spare", count=spare))
    return "，".join(reasons) or text("level.unmet")


def _forecast(rows: UnitContext, unit: UnitStatusRow) -> list[Number]:
    """The chance where there is one, else the word of the state; nothing where it complies."""
    if unit.progress == "met":
        return []
    if unit.chance is None:
        return [Number(short_words(unit), "", text("meeting.district_date"), date_sentence(unit))]
    return [
        Number(
            chance_words(unit.chance, rows.chance_lines),
            "",
            text("meeting.district_chance", year=unit.target_year),
            slowest_sentence(rows, unit),
        )
    ]


def _bill(view: DistrictView) -> Slide:
    short = [s for s in view.sections if s.is_in_scope and s.required_gap]
    places, unit = len({(s.school_code, s.stage) for s in short}), view.unit
    share = formatting.share(unit.compliant_school_count / unit.school_count) if unit.school_count else formatting.NONE
    complying = text("meeting.schools_words", count=unit.compliant_school_count)
    bars = [_bill_bar(i, sections) for i in view.rows.indicators if (sections := _of_indicator(short, i))]
    return Slide(
        "matrix",
        _count_title("bill", places, view.unknown_count),
        text("meeting.bill_sentence") + "".join(note + text("sub.stop") for note in left_out(view.rows)),
        chart_title=text("meeting.bill_chart"),
        bars=sorted(bars, key=lambda b: -(b.value or 0.0)),
        numbers=[Number(share, "", text("meeting.schools"), complying)],
    )


def _of_indicator(sections: Sequence[SectionRow], indicator: IndicatorRow) -> list[SectionRow]:
    return [s for s in sections if s.indicator_code == indicator.indicator_code]


def _bill_bar(indicator: IndicatorRow, sections: Sequence[SectionRow]) -> Bar:
    amount = total(sections, indicator.gap_unit)
    caption = text("meeting.bill_words", count=len(sections), amount=amount)
    return Bar(indicator.short_name, len(sections), caption, "unmet")


def _spread(view: DistrictView) -> Slide:
    cvs = [(c.limit_ratio, c) for c in view.cvs if c.limit_ratio is not None]
    over = sum(1 for _, c in cvs if c.is_within_limit is False)
    undefined = len(view.cvs) - len(cvs)
    parts = view.anatomy
    sentence = spread_sentence(view.rows)
    if parts is not None:
        sentences = spread_words(parts.cv, parts.cv_limit, parts.spread, is_within=parts.is_within_limit)
        is_asked = parts.spread.outlier is not None  # a slide has room for one of them
        sentence = sentences[0 if is_asked else -1] if sentences else sentence
    return Slide(
        "cv",
        _spread_title(over, undefined) if cvs else [("", text("district.strips_unknown"))],
        sentence,
        chart_title=text("meeting.spread_chart"),
        bars=[cv_bar(cv_name(c, view.rows.indicator_names), ratio, c) for ratio, c in sorted(cvs, key=lambda o: -o[0])],
        numbers=[counted(over, text("meeting.pieces"), text("meeting.spread_over"), tone="fail")] if cvs else [],
    )


def _spread_title(over: int, undefined: int) -> list[tuple[str, str]]:
    title = _count_title("district_spread", over, undefined)
    return [*title, ("", text("worst.undefined", count=undefined))] if undefined else title


def _count_title(kind: str, count: int, unknown: int) -> list[tuple[str, str]]:
    """How many there are, red; of none that all is well, or what is not known."""
    if count:
        return [("fail", text(f"meeting.{kind}_title", count=count))]
    none, undecided = text(f"meeting.{kind}_none"), text(f"meeting.{kind}_unknown", count=unknown)
    return nothing_found(none, undecided, unknown)


def _schools(view: DistrictView) -> Slide:
    missed: Counter[tuple[str, str]] = Counter()
    lacks: dict[tuple[str, str], list[str]] = {}
    for row in view.sections:
        if row.is_in_scope and row.binding_gap:
            school = (row.school_code, row.school_name)
            missed[school] += 1
            lacks.setdefault(school, []).append(_lack(view, row))
    order = sorted(missed.items(), key=lambda m: (-m[1], m[0][0]))
    return Slide(
        "school",
        _count_title("schools", len(missed), view.unknown_count),
        text("meeting.schools_sentence"),
        chart_title=text("meeting.schools_chart"),
        bars=[_school_bar(school[1], lacks[school]) for school, _ in order],
        numbers=[counted(len(missed), text("meeting.schools_unit"), text("meeting.schools_short"), tone="fail")],
    )


def _school_bar(name: str, lacks: Sequence[str]) -> Bar:
    """What a school lacks: on a slide the first of it, on paper all."""
    caption = "、".join(lacks[:MOST_LACKS])
    caption += text("supply.more_item", count=len(lacks)) if len(lacks) > MOST_LACKS else ""
    return Bar(name, len(lacks), caption, "unmet", "、".join(lacks))


def _lack(view: DistrictView, cell: SectionRow) -> str:
    indicator = next(i for i in view.rows.indicators if i.indicator_code == cell.indicator_code)
    return indicator.short_name + formatting.gap(cell.school_gap, indicator.gap_unit)
