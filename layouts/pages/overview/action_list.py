"""What to act on now, and what changed since the previous autumn."""

from collections.abc import Sequence

from data.proof_key import item_key
from data.rows.context import UnitContext, worst_by_unit
from data.rows.overview import UnitCvRow, UnitStatusRow
from data.text import text
from layouts import formatting
from layouts.components.elements import action_button, block, link_to, paragraph, run, small, strong
from layouts.markup import Node
from layouts.pages.overview.unit_markers import blocking_items, lacking, unit_levels
from layouts.parts.forecast import chance_words, overdue_words, short_words
from layouts.parts.frame import section
from layouts.parts.glyph import MISSING_LEVELS, glyph
from layouts.parts.supply import unmet_elsewhere
from layouts.routes import DISTRICT, LEAGUE, OVERVIEW, link

MOST, MOST_NAMES = 6, 4
URGENCY = {
    "overdue": 0,
    "veto": 1,
    "late": 2,
    "unmet": 2,
    "cv5": 2,
    "cv4": 3,
    "uncertain": 3,
    "undecidable": 4,
    "not_reported": 4,
}


def todo(rows: UnitContext) -> list[Node]:
    """At most six units, most urgent first; fewer where fewer need it."""
    if rows.chosen is not None:
        title = text("actions.title_district", name=rows.chosen.name)
        brief = action_button(text("actions.brief"), action="export", data_kind="docx")
        return [section(title, *_items(rows, rows.chosen), paragraph(brief, look="src forms"))]
    levels = unit_levels(rows)
    worst = worst_by_unit(rows.cvs_in_view)
    due = sorted(
        (u for u in rows.scoped if _is_to_do(rows, u, levels[u.district_code])),
        key=lambda u: _urgency(rows, u, levels[u.district_code], worst.get(u.district_code)),
    )
    undecidable = [u for u in due if levels[u.district_code] in MISSING_LEVELS][:1]
    shown = due[:MOST]
    if undecidable and undecidable[0] not in shown and len(due) > MOST:
        shown = due[: MOST - 1] + undecidable
    of = _of(rows)
    title = text("actions.title", of=of, count=len(due)) if due else text("actions.title_none", of=of)
    blocking = blocking_items(rows)
    body: list[Node] = [_row(rows, u, levels[u.district_code], worst.get(u.district_code), blocking) for u in shown]
    if len(due) > len(shown):
        more = text("actions.more", count=len(due) - len(shown))
        body.append(link_to(more, href=link(LEAGUE, rows.state), look="more", stays=False))
    return [section(title, *body, _since(rows))]


def _of(rows: UnitContext) -> str:
    """What alone is looked at; nothing where units are seen as they are judged."""
    if not rows.is_verdict:
        return text("actions.of_cv", indicator=rows.staged_indicator)
    return text("actions.of_stage", stage=rows.stage_name) if rows.has_stage else ""


def _is_to_do(rows: UnitContext, unit: UnitStatusRow, level: str) -> bool:
    """Not where it was overdue and a later return has shown it to comply since."""
    return level in URGENCY and not (level == "overdue" and unit.lateness_ended_on(rows.today))


def _items(rows: UnitContext, unit: UnitStatusRow) -> list[Node]:
    """Every item that the unit fails, with what is missing and which CV is over its limit."""
    if not unit.is_reported:
        return [paragraph(text("sub.not_reported"), look="item-row")]
    codes = [c for c in (unit.failing_items or "").split() if rows.is_verdict or c == rows.state.indicator]
    nothing = text("actions.nothing" if rows.is_verdict else "actions.nothing_of", indicator=rows.indicator_name)
    return [_item(rows, unit, code) for code in codes] or [paragraph(nothing, look="item-row")]


def _item(rows: UnitContext, unit: UnitStatusRow, code: str) -> Node:
    name = {**rows.item_names, **rows.indicator_names}.get(code, "")
    href = link(OVERVIEW, rows.state, why=item_key(unit.district_code, code))
    item = run(link_to(text("actions.item", code=code, name=name), href=href, look="b"))
    return block(item, run(*_item_facts(rows, unit, code), look="num"), look="item-row", key=code)


def _item_facts(rows: UnitContext, unit: UnitStatusRow, code: str) -> list[Node]:
    gaps = [
        g
        for g in rows.gaps
        if g.district_code == unit.district_code and g.indicator_code == code and rows.state.stage in ("both", g.stage)
    ]
    facts: list[Node] = []
    sections = sum(g.section_count for g in gaps)
    spare = sum(g.spare_section_count for g in gaps)
    if sections:
        missing = formatting.gap(sum(g.gap for g in gaps), gaps[0].gap_unit)
        facts.append(strong(text("actions.item_gap", sections=sections, gap=missing)))
    for row in rows.cvs_in_view:
        over = row.indicator_code == code and row.is_within_limit is False
        if over and row.district_code == unit.district_code:
            cv_text = text("actions.item_cv", stage=text(f"stage.{row.stage}"), cv=formatting.cv(row.cv, row.cv_limit))
            limit = text("actions.item_over", limit=formatting.rounded(row.cv_limit, 2))
            facts.append(small(cv_text + limit, look="c-fail"))
    if spare and not facts:
        facts.append(small(text("supply.spare_sections", count=spare)))
    is_resource = code in rows.indicator_names
    return facts or [unmet_elsewhere(rows.state.stage) if is_resource else text("actions.item_unmet")]


def _urgency(rows: UnitContext, unit: UnitStatusRow, level: str, worst: UnitCvRow | None) -> tuple[int, float, str]:
    """By how much is failed; under an indicator by its CV alone."""
    pressing: float = unit.failed_count if rows.is_verdict else 0
    if worst is not None and worst.limit_ratio is not None:
        pressing += worst.limit_ratio
    return URGENCY[level], -pressing, unit.district_code


def _row(
    rows: UnitContext, unit: UnitStatusRow, level: str, worst: UnitCvRow | None, blocking: dict[str, tuple[str, int]]
) -> Node:
    """What holds a unit back and how many sections, who must mend it by when, and how many schools do not comply."""
    failing = _failing(rows, unit) if rows.is_verdict and unit.is_reported else ""
    details = [detail for detail in (_duty(unit), failing) if detail]
    due, then = _deadline(rows, unit, level, worst)
    return link_to(
        glyph(level, 14),
        strong(unit.short_name, look="act-name"),
        run(_facts(rows, unit, worst, blocking), small(text("actions.dot").join(details)), look="act-what"),
        run(strong(due), small(then), look=f"act-due t-{level}"),
        href=link(DISTRICT, rows.state, district=unit.district_code),
        look="act",
        key=unit.district_code,
    )


def _duty(unit: UnitStatusRow) -> str:
    """Who must comply by when, or should have; nothing where no plan says."""
    if not unit.phase_name:
        return ""
    key = "actions.was_due" if unit.is_due else "actions.due"
    return text(key, name=unit.short_name, year=unit.target_year)


def _facts(
    rows: UnitContext, unit: UnitStatusRow, worst: UnitCvRow | None, blocking: dict[str, tuple[str, int]]
) -> str:
    """The item that blocks most sections and what it needs, or else what is over its limit."""
    if not unit.is_reported:
        return text("sub.not_reported")
    if unit.district_code in blocking:
        gap, sections = blocking[unit.district_code]
        return text("actions.blocked", gap=gap, sections=sections)
    return lacking(rows, unit, {}, worst)


def _failing(rows: UnitContext, unit: UnitStatusRow) -> str:
    """How many schools do not comply, or how many sections of the chosen stage."""
    if not rows.has_stage:
        count = unit.school_count - unit.compliant_school_count
        return text("actions.schools", count=count) if count else ""
    status = next((s for s in rows.stage_status[rows.state.stage] if s.district_code == unit.district_code), None)
    count = 0 if status is None else status.section_count - status.compliant_count
    return text("actions.sections", count=count) if count else ""


def _deadline(rows: UnitContext, unit: UnitStatusRow, level: str, worst: UnitCvRow | None) -> tuple[str, str]:
    projected = short_words(unit)
    if level in ("cv4", "cv5") and worst is not None and worst.limit_ratio is not None:
        return text("actions.over", times=formatting.beside(worst.limit_ratio, 2, 1)), ""
    if level == "overdue":
        late, ended = overdue_words(unit, rows.today)
        return late, ended or projected
    if level in ("late", "uncertain") and unit.chance is not None:
        chance = chance_words(unit.chance, rows.chance_lines)
        return text("actions.in_time", words=chance), projected
    if level in MISSING_LEVELS:
        return text(f"level.{level}"), ""
    return text(f"actions.{level}"), ""


def _since(rows: UnitContext) -> Node:
    if rows.previous is None or not rows.is_verdict or rows.has_stage:
        return None
    changes = [(u, rows.changes[u.district_code]) for u in rows.scoped]
    groups = {
        "new_met": [u for u, c in changes if c.verdict_change == "newly_met"],
        "new_unmet": [u for u, c in changes if c.verdict_change == "newly_unmet"],
        "new_overdue": [u for u, c in changes if c.new_progress == "overdue"],
    }
    since = run(text("actions.since"), small(formatting.month(rows.previous.snapshot_date)))
    if not any(c.is_compared for _, c in changes):
        names = "、".join(u.short_name for u in rows.scoped)
        return block(since, run(text("plan.not_compared", names=names)), look="since")
    return block(since, *[_changed(name, units) for name, units in groups.items()], look="since")


def _changed(name: str, units: Sequence[UnitStatusRow]) -> Node:
    names = "、".join(u.short_name for u in units[:MOST_NAMES]) or text("actions.nobody")
    return run(text(f"actions.{name}"), strong(f" {len(units)}"), small(names), key=name)
