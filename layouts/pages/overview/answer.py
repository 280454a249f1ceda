"""The headline sentence, its subtitle, and the strip of units."""

from collections import Counter

from data.rows.context import UnitContext, cv_name, worst_by_unit
from data.rows.overview import UnitCvRow, UnitStatusRow
from data.text import text
from layouts import formatting
from layouts.components.elements import link_to, run
from layouts.components.heads import headline, separated
from layouts.markup import Node
from layouts.pages.overview.unit_markers import levels_of, unit_levels
from layouts.parts import recognition
from layouts.parts.forecast import missing_words, progress_words
from layouts.parts.frame import action_link, notice
from layouts.parts.unit_views import UnitMark, unit_strip
from layouts.routes import DISTRICT, OVERVIEW, link

BEHIND = ("late", "overdue", "veto")


def headline_panel(rows: UnitContext, marks: list[UnitMark]) -> list[Node]:
    """Headline, subtitle, strip."""
    shown = [m for m in marks if not m.is_faded] if rows.state.group else marks
    title = _city_headline(rows) if rows.chosen is None else _unit_headline(rows, rows.chosen)
    nodes = headline(*title, sub=_subtitle(rows), look="")
    nodes.append(unit_strip(shown, levels_of(rows), _strip_notes(rows)))
    if rows.state.level and all(m.level != rows.state.level for m in shown):
        nodes.append(_nothing(rows))
    return nodes


def _city_headline(rows: UnitContext) -> list[Node]:
    levels = unit_levels(rows)
    counts = Counter(levels[u.district_code] for u in rows.scoped)
    lead = text("headline.city", scope=rows.scope_name, count=len(rows.scoped))
    if not rows.is_verdict:
        within = sum(counts[k] for k in ("cv1", "cv2", "cv3"))
        parts: list[Node] = [
            run(text("headline.within", count=within, indicator=rows.staged_indicator), look="c-ok"),
            run(text("headline.over", count=counts["cv4"] + counts["cv5"]), look="c-fail"),
        ]
    elif rows.has_stage:
        lead += text("headline.stage_scope", stage=text(f"stage.{rows.state.stage}"))
        parts = [
            run(text("headline.met", count=counts["met"]), look="c-ok"),
            run(text("headline.unmet", count=counts["unmet"]), look="c-fail"),
        ]
    else:
        parts = _progress_parts(counts)
    if not rows.is_verdict or rows.has_stage:
        missing = [level for level in ("undecidable", "not_reported") if counts[level]]
        parts += [text(f"headline.{level}", count=counts[level]) for level in missing]
    return [lead, *separated(parts, text("headline.separator"))]


def _progress_parts(counts: Counter[str]) -> list[Node]:
    """How many comply, are on time, uncertain or behind; where nothing is projected, only the first."""
    parts: list[Node] = [run(text("headline.met", count=counts["met"]), look="c-ok")]
    if any(counts[k] for k in ("on_plan", "uncertain", *BEHIND)):
        parts.append(text("headline.on_plan", count=counts["on_plan"]))
    if counts["uncertain"]:
        parts.append(text("headline.uncertain", count=counts["uncertain"]))
    if len(parts) > 1:
        behind = text("headline.behind", count=sum(counts[k] for k in BEHIND))
        parts.append(run(behind, look="c-fail"))
    return parts


def _unit_headline(rows: UnitContext, unit: UnitStatusRow) -> list[Node]:
    if not unit.is_reported:
        return _named(unit, text("level.not_reported"), "not_reported")
    level = unit_levels(rows)[unit.district_code]
    if not rows.is_verdict:
        return _named(unit, _cv_words(rows, unit), level)
    if rows.has_stage:
        return _named(unit, _stage_words(rows, unit, level), level)
    items = text("headline.district_items", total=unit.item_count, met=unit.met_count)
    undecided = unit.undecidable_count
    rest = text("headline.district_undecided", count=undecided) if undecided else ""
    return [*_named(unit, text(f"level.{unit.verdict}"), unit.verdict), f"，{items}{rest}"]


def _named(unit: UnitStatusRow, standing: str, level: str) -> list[Node]:
    return [f"{unit.name}：", run(standing, look=f"t-{level}")]


def _cv_words(rows: UnitContext, unit: UnitStatusRow) -> str:
    """Its largest CV of an indicator against its limit; where one is undefined, each of them."""
    unit_cvs = [c for c in rows.cvs_in_view if c.district_code == unit.district_code]
    worst = worst_by_unit(unit_cvs).get(unit.district_code)
    if worst is None:
        word = text("headline.undecidable_word", limit="")
        return text("headline.district_cv", indicator=rows.indicator_name, cv=formatting.NONE, word=word)
    undefined = [c for c in unit_cvs if c.cv is None]
    return text("sub.join").join(_one_cv(rows, row) for row in (*undefined, worst))


def _one_cv(rows: UnitContext, row: UnitCvRow) -> str:
    word = {True: "within_word", False: "over_word", None: "undecidable_word"}[row.is_within_limit]
    return text(
        "headline.district_cv",
        indicator=cv_name(row, rows.indicator_names),
        cv=formatting.cv(row.cv, row.cv_limit),
        word=text(f"headline.{word}", limit=formatting.rounded(row.cv_limit, 2)),
    )


def _stage_words(rows: UnitContext, unit: UnitStatusRow, level: str) -> str:
    labels = {"stage": text(f"stage.{rows.state.stage}"), "word": text(f"level.{level}")}
    row = next((s for s in rows.stage_status[rows.state.stage] if s.district_code == unit.district_code), None)
    if row is None:
        return text("headline.district_stage_missing", **labels)
    return text("headline.district_stage", compliant=row.compliant_count, schools=row.section_count, **labels)


def _subtitle(rows: UnitContext) -> list[Node]:
    sentences = _district_sentences(rows, rows.chosen) if rows.chosen is not None else _city_sentences(rows)
    subtitle: list[Node] = [text("sub.join").join(sentences) + text("sub.stop")]
    if rows.chosen is not None:
        subtitle.append(link_to(text("sub.open_district"), href=link(DISTRICT, rows.state), look="plain-link"))
    return subtitle


def _city_sentences(rows: UnitContext) -> list[str]:
    sentences: list[str] = []
    for phase in rows.ended_phases:
        due = [u for u in rows.scoped if u.target_year == phase.target_year]
        missed = [u for u in due if u.progress == "overdue"]
        ended = [u for u in missed if u.lateness_ended_on(rows.today)]
        overdue = [u for u in missed if u not in ended]
        sentence = text("sub.due", year=phase.target_year, phase=phase.short_name, count=len(due))
        late = formatting.span(phase.ends_on, rows.today)
        if overdue:
            names = "、".join(u.short_name for u in overdue)
            sentence += "，" + text("sub.overdue", count=len(overdue), span=late, names=names)
        if ended:
            sentence += "，" + text("sub.overdue_ended", count=len(ended), names="、".join(u.short_name for u in ended))
        if not missed:
            sentence += "，" + text("sub.none_overdue")
        sentences.append(sentence)
    recognised = recognition.count_words(rows)
    if recognised:
        sentences.append(recognised)
    if rows.is_verdict and not rows.has_stage:
        sentences += missing_words(rows)
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
    changes = [rows.changes[u.district_code] for u in shown]
    compared = [c.verdict_change for c in changes if c.is_compared]
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
