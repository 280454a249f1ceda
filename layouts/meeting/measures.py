"""Two slides of the city: items that most units fail, and spread beyond its limits."""

from collections import Counter
from collections.abc import Sequence

from data.rows.context import UnitContext, cv_name, worst_by_unit
from data.text import text
from layouts import formatting
from layouts.meeting.slide import Bar, Number, Slide, counted, first_names
from layouts.meeting.supervision import cv_bar, spread_sentence
from layouts.parts.double_red import rest_words, unknown_words
from layouts.parts.left_out import left_out


def nothing_found(all_clear: str, with_unknown: str, unknown: int) -> list[tuple[str, str]]:
    """The title of a slide that has nothing to list: what is not known is no success."""
    return [("", with_unknown)] if unknown else [("ok", all_clear)]


def items_slide(rows: UnitContext) -> Slide:
    """Items by how many units fail them, and what is missing most."""
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
        caption = text("meeting.items_words", count=count)
        if code in amounts:
            amount = formatting.gap(amounts[code], units[code])
            caption += text("meeting.items_gap", amount=amount)
        bars.append(Bar(f"{code} {names.get(code, '')}", count, caption, "unmet"))
    most = [b.name for b in bars if b.value == bars[0].value]
    return Slide(
        "matrix",
        [
            ("", text("meeting.items_title", count=len(bars))),
            ("fail", text("meeting.items_most", name=first_names(most, 3))),
        ]
        if bars
        else nothing_found(
            text("meeting.items_none"), text("meeting.items_unknown", count=rows.unknown_count), rows.unknown_count
        ),
        text("meeting.items_sentence"),
        note="".join(sentence + text("sub.stop") for sentence in left_out(rows)),
        chart_title=text("meeting.items_chart"),
        bars=bars,
        numbers=[
            Number(
                formatting.short_amount(amounts[c], units[c]),
                formatting.short_unit(units[c]),
                names.get(c, c),
                text("meeting.items_missing"),
                "fail",
            )
            for c in sorted(amounts, key=lambda c: (-counts[c], c))[:3]
        ],
    )


def spread_slide(rows: UnitContext) -> Slide:
    """Units by the ratio of their worst CV to its limit."""
    worst = worst_by_unit([c for c in rows.cvs if c.district_code in rows.scoped_codes])
    short = {u.district_code: u.short_name for u in rows.units}
    known = [(c.limit_ratio, c) for c in worst.values() if c.limit_ratio is not None]
    order = sorted(known, key=lambda k: -k[0])
    over = [c for _, c in order if c.is_within_limit is False]
    rises = [
        (c.cv - c.previous_cv, c.district_code)
        for c in rows.double_red
        if c.cv is not None and c.previous_cv is not None
    ]
    worse = list(dict.fromkeys(code for _, code in sorted(rises, key=lambda r: -r[0])))
    undefined = {c.district_code for c in rows.cvs if c.cv is None}
    unknown = sum(not u.is_reported or u.district_code in undefined for u in rows.scoped)
    return Slide(
        "trend",
        [
            ("", text("meeting.spread_title", count=len(over))),
            ("fail" if worse else "", unknown_words(rows) or text("meeting.spread_worse", count=len(worse))),
        ]
        if over
        else nothing_found(text("meeting.spread_none"), text("meeting.spread_unknown", count=unknown), unknown),
        spread_sentence(rows),
        chart_title=text("meeting.spread_chart"),
        bars=[cv_bar(f"{short[c.district_code]} {cv_name(c, rows.indicator_names)}", ratio, c) for ratio, c in order],
        numbers=[
            counted(len(over), text("meeting.units"), text("meeting.spread_over"), tone="fail"),
            *([] if unknown_words(rows) else [_rising(rows, [short[code] for code in worse])]),
        ],
    )


def _rising(rows: UnitContext, names: Sequence[str]) -> Number:
    """The units that are 双红, by name."""
    listed = (first_names(names) or text("meeting.nobody")) + rest_words(rows)
    return counted(len(names), text("meeting.units"), text("meeting.spread_rising"), listed, "fail")
