"""The default running order for one unit."""

from collections import Counter

from data.rows.context import UnitContext, cv_name, largest_first
from data.rows.district import SectionRow
from data.rows.overview import UnitStatusRow
from data.rows.proof import DistrictItemRow
from data.text import text
from layouts import formatting
from layouts.meeting.slide import Bar, Number, Slide
from layouts.meeting.supervision import ledger_slide, spread_sentence, warnings_slide
from layouts.pages.district.rows import DistrictView
from layouts.pages.ledger.rows import LedgerView
from layouts.parts.forecast import chance_words, date_sentence, progress_words, short_words, slowest_sentence
from layouts.parts.recognition import unit_words
from layouts.parts.spread import spread_words
from layouts.parts.supply import total

UNREPORTED = ("", text("meeting.unreported"))


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
    decide = [text("meeting.district_decide", count=len(failing))] if failing else []
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
        [
            ("", text("ledger.scope", name=unit.short_name)),
            (
                "ok" if unit.progress == "met" else "fail",
                text("meeting.district_title", total=unit.item_count, met=unit.met_count, failed=unit.failed_count),
            )
            if unit.is_reported
            else UNREPORTED,
        ],
        sentence,
        chart_title=text("meeting.district_chart"),
        bars=[
            Bar(f"{i.item_code} {names.get(i.item_code, '')}", i.missing_share or 1.0, _distance(view, i), "unmet")
            for i in sorted(failing, key=lambda i: -(i.missing_share or 1.0))
        ],
        numbers=[
            Number(
                f"{unit.met_count}/{unit.item_count}" if unit.is_reported else formatting.NONE,
                "",
                text("meeting.district_items"),
                "",
            ),
            *_forecast(rows, unit),
        ],
        decide=decide,
    )


def _distance(view: DistrictView, item: DistrictItemRow) -> str:
    if item.rule_kind == "resource":
        return _short_words(view, item.item_code)
    if item.amount is None or item.threshold is None:
        return text("meeting.district_judged")
    return text(
        "meeting.district_amount",
        unit=item.unit,
        amount=formatting.plain(item.amount),
        line=formatting.plain(item.threshold),
    )


def _short_words(view: DistrictView, code: str) -> str:
    """Its worst CV over the limit, and what how many sections need: one line of a slide."""
    place = (view.unit.district_code, code)
    over = largest_first(
        c for c in view.rows.cvs if c.is_within_limit is False and (c.district_code, c.indicator_code) == place
    )
    own = [g for g in view.rows.gaps if (g.district_code, g.indicator_code) == place]
    short, spare = sum(g.section_count for g in own), sum(g.spare_section_count for g in own)
    words: list[str] = []
    if over:
        worst = over[0]
        words.append(
            text("meeting.district_cv", stage=text(f"stage.{worst.stage}"), cv=formatting.cv(worst.cv, worst.cv_limit))
        )
    if short:
        amount = formatting.gap(sum(g.gap for g in own), own[0].gap_unit)
        words.append(text("meeting.district_short", count=short, gap=amount))
    elif spare:
        words.append(text("meeting.district_spare", count=spare))
    return "，".join(words) or text("level.unmet")


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
    stage = view.rows.state.stage
    bars: list[Bar] = []
    for indicator in view.rows.indicators:
        own = [s for s in short if s.indicator_code == indicator.indicator_code]
        if own:
            bars.append(
                Bar(
                    indicator.short_name,
                    len(own),
                    text("meeting.bill_words", count=len(own), amount=total(own, indicator.gap_unit, stage)),
                    "unmet",
                )
            )
    places = {(s.school_code, s.stage) for s in short}
    return Slide(
        "matrix",
        [
            ("fail" if places else "ok", text("meeting.bill_title", count=len(places)))
            if view.unit.is_reported
            else UNREPORTED
        ],
        text("meeting.bill_sentence"),
        chart_title=text("meeting.bill_chart"),
        bars=sorted(bars, key=lambda b: -b.value),
        numbers=[
            Number(
                formatting.share(view.unit.compliant_school_count / view.unit.school_count)
                if view.unit.school_count
                else formatting.NONE,
                "",
                text("meeting.schools"),
                text("meeting.schools_words", count=view.unit.compliant_school_count) if view.unit.is_reported else "",
            )
        ],
    )


def _spread(view: DistrictView) -> Slide:
    own = [
        (c.limit_ratio, c)
        for c in view.rows.cvs
        if c.district_code == view.unit.district_code and c.limit_ratio is not None
    ]
    over = [c for _, c in own if c.is_within_limit is False]
    found = view.anatomy
    sentence = spread_sentence(view.rows)
    if found is not None:
        words = spread_words(found.cv, found.cv_limit, found.spread, is_within=found.is_within_limit)
        is_asked = found.spread.outlier is not None  # a slide has room for one of them
        sentence = words[0 if is_asked else -1] if words else sentence
    return Slide(
        "cv",
        [
            ("fail" if over else "ok", text("meeting.district_spread", count=len(over)))
            if view.unit.is_reported
            else UNREPORTED
        ],
        sentence,
        chart_title=text("meeting.spread_chart"),
        bars=[
            Bar(
                cv_name(c, view.rows.indicator_names),
                ratio,
                text(
                    "meeting.spread_words", cv=formatting.cv(c.cv, c.cv_limit), limit=formatting.rounded(c.cv_limit, 2)
                ),
                "unmet" if c.is_within_limit is False else "met",
            )
            for ratio, c in sorted(own, key=lambda o: -o[0])
        ],
        numbers=[
            Number(str(len(over)), text("meeting.pieces"), text("meeting.spread_over"), "", "fail" if over else "")
        ]
        if view.unit.is_reported
        else [],
    )


def _schools(view: DistrictView) -> Slide:
    missed: Counter[tuple[str, str]] = Counter()
    worst: dict[tuple[str, str], list[str]] = {}
    for cell in view.sections:
        if cell.is_in_scope and _is_owed_for(view, cell):
            key = (cell.school_code, cell.school_name)
            missed[key] += 1
            worst.setdefault(key, []).append(_lack(view, cell))
    return Slide(
        "school",
        [
            ("fail" if missed else "ok", text("meeting.schools_title", count=len(missed)))
            if view.unit.is_reported
            else UNREPORTED
        ],
        text("meeting.schools_sentence"),
        chart_title=text("meeting.schools_chart"),
        bars=[
            Bar(name, count, "、".join(worst[(code, name)][:2]), "unmet")
            for (code, name), count in sorted(missed.items(), key=lambda m: (-m[1], m[0][0]))
        ],
        numbers=[
            Number(
                str(len(missed)),
                text("meeting.schools_unit"),
                text("meeting.schools_short"),
                "",
                "fail" if missed else "",
            )
        ]
        if view.unit.is_reported
        else [],
    )


def _is_owed_for(view: DistrictView, cell: SectionRow) -> bool:
    """Whether something is owed; where both stages are shown, one supply is named once."""
    if view.rows.state.stage == "both":
        return bool(cell.binding_gap)
    return bool(cell.required_gap)


def _lack(view: DistrictView, cell: SectionRow) -> str:
    indicator = next(i for i in view.rows.indicators if i.indicator_code == cell.indicator_code)
    return indicator.short_name + formatting.gap(cell.school_gap, indicator.gap_unit)
