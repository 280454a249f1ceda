"""The headline sentence, its subtitle, and the strip of units."""

from collections import Counter

from data.rows.context import UnitContext, cv_name, worst_by_unit
from data.rows.overview import UnitStatusRow
from data.text import text
from layouts import formatting
from layouts.markup import Node, h
from layouts.pages.overview.marks import levels_of, unit_levels
from layouts.parts import recognition
from layouts.parts.forecast import progress_words
from layouts.parts.frame import action_link, notice
from layouts.parts.glyph import MISSING_LEVELS
from layouts.parts.unit_views import UnitMark, strip
from layouts.routes import DISTRICT, OVERVIEW, link

BEHIND = ("late", "overdue", "veto")
MOST_NAMES = 4


def answer(rows: UnitContext, marks: list[UnitMark]) -> list[Node]:
    """Headline, subtitle, strip."""
    nodes = [
        h("h1", {"id": "content", "tabIndex": -1}, *_headline(rows)),
        h("p", {"className": "sub"}, *_subtitle(rows)),
    ]
    shown = [m for m in marks if not m.is_faded] if rows.state.group else marks
    nodes.append(strip(shown, levels_of(rows), _strip_notes(rows)))
    if rows.state.level and all(m.level != rows.state.level for m in shown):
        nodes.append(_nothing(rows))
    return nodes


def _headline(rows: UnitContext) -> list[Node]:
    if rows.chosen is not None:
        return _district_headline(rows, rows.chosen)
    levels = unit_levels(rows)
    counts = Counter(levels[u.district_code] for u in rows.scoped)
    lead = text("headline.city", scope=rows.scope_name, count=len(rows.scoped))
    if not rows.is_verdict:
        within = sum(counts[k] for k in ("cv1", "cv2", "cv3"))
        stage = text(f"stage.{rows.state.stage}") if rows.has_stage else ""
        parts = [
            ("ok", text("headline.within", count=within, indicator=stage + rows.indicator_name)),
            ("fail", text("headline.over", count=counts["cv4"] + counts["cv5"])),
        ]
    elif rows.has_stage:
        lead += text("headline.stage_scope", stage=text(f"stage.{rows.state.stage}"))
        parts = [
            ("ok", text("headline.met", count=counts["met"])),
            ("fail", text("headline.unmet", count=counts["unmet"])),
        ]
    else:
        parts = [
            ("ok", text("headline.met", count=counts["met"])),
            ("", text("headline.on_plan", count=counts["on_plan"])),
            ("fail", text("headline.behind", count=sum(counts[k] for k in BEHIND))),
        ]
        if not any(counts[k] for k in ("on_plan", "uncertain", *BEHIND)):
            parts = parts[:1]  # nothing is projected, so nothing is on time or behind
        if counts["uncertain"]:
            parts.insert(2, ("", text("headline.uncertain", count=counts["uncertain"])))
    if not rows.is_verdict or rows.has_stage:
        parts += [
            ("", text(f"headline.{level}", count=counts[level]))
            for level in ("undecidable", "not_reported")
            if counts[level]
        ]
    return [lead, *_joined(parts)]


def _joined(parts: list[tuple[str, str]]) -> list[Node]:
    nodes: list[Node] = []
    for number, (tone, words) in enumerate(parts):
        if number:
            nodes.append(text("headline.separator"))
        nodes.append(h("span", {"className": f"c-{tone}"}, words) if tone else words)
    return nodes


def _district_headline(rows: UnitContext, unit: UnitStatusRow) -> list[Node]:
    if not unit.is_reported:
        return [f"{unit.name}：", h("span", {"className": "t-not_reported"}, text("level.not_reported"))]
    level = unit_levels(rows)[unit.district_code]
    if not rows.is_verdict:
        worst = worst_by_unit(rows.cvs_in_view).get(unit.district_code)
        word = "undecidable_word"
        limit, cv, name = "", formatting.NONE, rows.indicator_name
        if worst is not None:
            word = "within_word" if worst.is_within_limit else "over_word"
            limit = formatting.rounded(worst.cv_limit, 2)
            cv, name = formatting.cv(worst.cv, worst.cv_limit), cv_name(worst, rows.indicator_names)
        words = text("headline.district_cv", indicator=name, cv=cv, word=text(f"headline.{word}", limit=limit))
        return [f"{unit.name}：", h("span", {"className": f"t-{level}"}, words)]
    if rows.has_stage:
        row = next((s for s in rows.stage_status[rows.state.stage] if s.district_code == unit.district_code), None)
        key, counts = "district_stage_missing", {}
        if row is not None:
            key = "district_stage"
            counts = {"compliant": row.compliant_count, "schools": row.section_count}
        words = text(f"headline.{key}", stage=text(f"stage.{rows.state.stage}"), word=text(f"level.{level}"), **counts)
        return [f"{unit.name}：", h("span", {"className": f"t-{level}"}, words)]
    verdict = unit.verdict
    return [
        f"{unit.name}：",
        h("span", {"className": f"t-{verdict}"}, text(f"level.{verdict}")),
        "，"
        + text("headline.district_items", total=unit.item_count, met=unit.met_count)
        + (text("headline.district_undecided", count=unit.undecidable_count) if unit.undecidable_count else ""),
    ]


def _subtitle(rows: UnitContext) -> list[Node]:
    sentences = _district_sentences(rows, rows.chosen) if rows.chosen is not None else _city_sentences(rows)
    words: list[Node] = [text("sub.join").join(sentences) + text("sub.stop")]
    if rows.chosen is not None:
        href = link(DISTRICT, rows.state)
        words.append(h("a", {"href": href, "data-nav": "1", "className": "plain-link"}, text("sub.open_district")))
    return words


def _city_sentences(rows: UnitContext) -> list[str]:
    sentences: list[str] = []
    for phase in rows.ended_phases:
        due = [u for u in rows.scoped if u.target_year == phase.target_year]
        overdue = [u for u in due if u.progress == "overdue"]
        words = text("sub.due", year=phase.target_year, phase=phase.short_name, count=len(due))
        late = formatting.span(phase.ends_on, rows.today)
        words += "，" + (
            text("sub.overdue", count=len(overdue), span=late, names="、".join(u.short_name for u in overdue))
            if overdue
            else text("sub.none_overdue")
        )
        sentences.append(words)
    recognised = recognition.count_words(rows)
    if recognised:
        sentences.append(recognised)
    if rows.is_verdict and not rows.has_stage:
        for level in MISSING_LEVELS:
            units = [u for u in rows.scoped if u.progress == level]
            if units:
                names = "、".join(u.short_name for u in units[:MOST_NAMES])
                names += "等" if len(units) > MOST_NAMES else ""
                sentences.append(text(f"sub.some_{level}", count=len(units), names=names))
    coming = rows.coming_phase
    if coming is not None:
        left = formatting.span(rows.today, coming.ends_on)
        sentences.append(
            text("sub.remaining", year=coming.target_year, phase=coming.name, span=left, day=formatting.day(rows.today))
        )
    return sentences


def _district_sentences(rows: UnitContext, unit: UnitStatusRow) -> list[str]:
    if not unit.is_reported:
        return [text("sub.not_reported")]
    sentences: list[str] = []
    if unit.phase_name and unit.due_on is not None:
        word = progress_words(rows, unit)
        sentences.append(text("sub.district_plan", phase=unit.phase_name, year=unit.target_year, progress=word))
    recognised = recognition.unit_words(unit)
    if recognised:
        sentences.append(recognised)
    if unit.failing_items:
        sentences.append(text("sub.district_failing", items=unit.failing_items))
    sentences.append(text("sub.district_schools", compliant=unit.compliant_school_count, schools=unit.school_count))
    if not unit.is_recast_complete:
        sentences.append(text("sub.no_data_recast"))
    return sentences


def _strip_notes(rows: UnitContext) -> dict[str, str]:
    """How many more comply than a year before, of the units shown that have both verdicts."""
    if not rows.is_verdict or rows.has_stage or rows.previous is None:
        return {}
    shown = rows.scoped if rows.state.group else rows.units
    known = [rows.changes[u.district_code].verdict_change for u in shown]
    compared = [c for c in known if c not in (None, "undecided")]
    if not compared:
        return {}
    change = compared.count("newly_met") - compared.count("newly_unmet")
    sign = "+" if change > 0 else formatting.MINUS if change < 0 else "±"
    key = "compared" if len(compared) == len(shown) else "compared_some"
    note = text(f"strip.{key}", period=rows.previous_word, count=len(compared))
    return {"met": f"{note} {sign}{abs(change)}"}


def _nothing(rows: UnitContext) -> Node:
    word = text(f"level.{rows.state.level}")
    filters = "，".join([formatting.month(rows.period.snapshot_date), text(f"stage.{rows.state.stage}"), word])
    return notice(
        text("state.empty_title"),
        text("state.empty_body", filters=filters),
        action_link(text("state.clear_level", level=word), link(OVERVIEW, rows.state, level="")),
        action_link(text("state.clear_all"), OVERVIEW.path),
    )
