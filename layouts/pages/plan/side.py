"""Beside the board: the phases, the pace that is needed, and what changed."""

from collections.abc import Sequence

from data.rows.common_dimensions import PhaseRow
from data.rows.plan import Pace, SinceMeeting
from data.text import text
from layouts import formatting
from layouts.components.bars import pace_bar
from layouts.components.cells import linked
from layouts.components.data_table import Cell, Column, Kind, TableLook, cell, column, data_table
from layouts.components.elements import block, link_to, paragraph, run, strong
from layouts.components.sections import heading, region
from layouts.markup import Node
from layouts.pages.plan.rows import PlanView
from layouts.parts.frame import section
from layouts.parts.glyph import PROGRESS_LEVELS, glyph, stacked_bar
from layouts.routes import CHANGES, CV, LEDGER, link

MOST_PACES, MOST_NAMES = 5, 20
BAR = 84
FEWEST_DECIMALS, MOST_DECIMALS = 3, 7
PROGRESS_CHANGES = ("met", "on_plan", "uncertain", "late", "overdue")


def side(view: PlanView) -> list[Node]:
    """The three blocks."""
    since = [_changes(view), _no_meeting(view)] if view.since is None else [_since(view, view.since)]
    return [*[_phase(view, p) for p in view.rows.phases], _paces(view), *since, _key()]


def _phase(view: PlanView, phase: PhaseRow) -> Node:
    units = view.units_of(phase)
    counts = {level: sum(1 for u in units if u.progress == level) for level in PROGRESS_LEVELS}
    due = text("plan.due", year=phase.target_year)
    if view.rows.is_running(phase):
        left = formatting.span(view.rows.today, phase.ends_on)
        due = text("plan.months_left", year=phase.target_year, span=left)
    statuses = [
        run(glyph(level), text(f"level.{level}"), strong(str(count)), look="status", key=level)
        for level, count in counts.items()
        if count
    ]
    return region(
        block(heading(phase.name), run(due, look="mut"), look="section-head"),
        stacked_bar(counts),
        paragraph(*statuses, look="plan-counts"),
        look=f"plan-phase phase-rule-{phase.phase_code}",
        key=phase.phase_code,
    )


def _paces(view: PlanView) -> Node:
    """The units whose CVs must shrink fastest: their pace, and the one that is needed."""
    paces = list(view.paces)[:MOST_PACES]
    if view.rows.is_silent:
        return section(text("sub.not_reported"))
    unknown = _unknown_paces(view)
    if not paces:
        count = len(view.unknown_paces)
        return section(text("plan.pace_unknown", count=count) if count else text("plan.pace_none"), unknown)
    largest = max(max(p.needed, p.achieved) for p in paces)

    def unit(pace: Pace) -> Cell:
        place = {"district": pace.unit.district_code, "stage": pace.cv.stage, "indicator": pace.cv.indicator_code}
        return linked(pace.unit.short_name, link(CV, view.rows.state, **place, group=""))

    columns: list[Column[Pace]] = [
        column("plan.", "unit", unit, Kind.NAME),
        column("plan.", "pace_columns", lambda pace: _pace(pace, largest)),
        column("plan.", "times", _times, Kind.NUMBER),
    ]
    look = TableLook[Pace](table="mini paces")
    table = data_table(columns, paces, name=text("sheet.paces"), key=lambda p: p.unit.district_code, look=look)
    note = paragraph(text("plan.pace_note"), look="src")
    return section(text("plan.pace"), table, _further_paces(view), unknown, note)


def _further_paces(view: PlanView) -> Node:
    """The units that the table leaves out, by name as far as there is room."""
    others = [p.unit.short_name for p in view.paces[MOST_PACES:]]
    if not others:
        return None
    more = text("warn.and_more") if len(others) > MOST_NAMES else ""
    names = "、".join(others[:MOST_NAMES]) + more
    return paragraph(text("plan.pace_more", count=len(others), names=names), look="src")


def _unknown_paces(view: PlanView) -> Node:
    """Of whom nothing can be said; nothing where all are known."""
    if not view.unknown_paces:
        return None
    points = int(view.rows.parameters["pace_points"])
    return paragraph(text("plan.pace_few", names="、".join(view.unknown_paces), points=points), look="src")


def _pace(pace: Pace, largest: float) -> Cell:
    achieved, needed = _paces_in_words(pace)
    bar = pace_bar(max(pace.achieved, 0) / largest * BAR, pace.needed / largest * BAR, width=BAR + 8)
    return cell(bar, run(text("plan.pace_words", achieved=achieved, needed=needed), look="mut"), tip=pace.name)


def _paces_in_words(pace: Pace) -> tuple[str, str]:
    """Both with as many decimals as their ratio, as it is printed beside them, follows from."""
    for decimals in range(FEWEST_DECIMALS, MOST_DECIMALS):
        paces = formatting.rounded(pace.achieved, decimals), formatting.rounded(pace.needed, decimals)
        achieved, needed = (float(w.replace(formatting.MINUS, "-")) for w in paces)
        if pace.ratio is None:
            if achieved:
                return paces
        elif achieved and _ratio(needed / achieved) == _ratio(pace.ratio):
            return paces
    return formatting.smallest(pace.achieved, FEWEST_DECIMALS), formatting.smallest(pace.needed, FEWEST_DECIMALS)


def _ratio(ratio: float) -> str:
    return formatting.rounded(ratio, 1)


def _times(pace: Pace) -> Cell:
    if pace.ratio is None:
        return cell(text("plan.not_shrinking"), look="t-unmet")
    return cell(text("plan.ratio", ratio=_ratio(pace.ratio)), value=pace.ratio, look="t-unmet")


def _changes(view: PlanView) -> Node:
    """Whose progress is another than in the period before."""
    rows = view.rows
    if rows.previous is None:
        return section(text("plan.no_previous"))
    lines = [
        _named(level, text(f"plan.new_{level}", count=len(names), names="、".join(names)))
        for level in PROGRESS_CHANGES
        if (names := [u.short_name for u in rows.scoped if rows.changes[u.district_code].new_progress == level])
    ]
    title = text("plan.since", period=formatting.month(rows.previous.snapshot_date))
    unknown = [u.short_name for u in rows.scoped if not rows.changes[u.district_code].is_compared]
    return section(title, *(lines or [_unchanged(view, "no_change", unknown)]), _not_compared(unknown))


def _unchanged(view: PlanView, key: str, unknown: Sequence[str]) -> Node:
    """That nothing changed, where anything is known of any unit."""
    return paragraph(text(f"plan.{key}"), look="src") if len(unknown) < len(view.rows.scoped) else None


def _not_compared(unknown: Sequence[str]) -> Node:
    return paragraph(text("plan.not_compared", names="、".join(unknown)), look="src") if unknown else None


def _named(level: str, sentence: str) -> Node:
    return paragraph(glyph(level), sentence, look="status", key=level)


def _since(view: PlanView, since: SinceMeeting) -> Node:
    """自上次会议以来: units by name, issues counted, and the way to every corrected cell."""
    state = view.rows.state
    lines = [
        _named(level, text(f"plan.since_{level}", count=len(names), names="、".join(names)))
        for level, names in (("met", since.met), ("unmet", since.unmet), ("overdue", since.overdue))
        if names
    ]
    issues = text("plan.since_issues", closed=since.closed_issue_count, overdue=since.overdue_issue_count)
    note = text("plan.since_note", title=since.title, month=formatting.month(since.seen_on))
    changes = link(CHANGES, state, snapshot="", since=since.snapshot_id, period="")
    return section(
        text("plan.since_meeting", day=formatting.day(since.held_on)),
        *(lines or [_unchanged(view, "since_same", since.unknown)]),
        _not_compared(since.unknown),
        paragraph(link_to(issues, href=link(LEDGER, state))),
        paragraph(note, " ", link_to(text("meeting.see_changes"), href=changes), look="src"),
    )


def _no_meeting(view: PlanView) -> Node:
    """Why there is no meeting to compare with."""
    return paragraph(text(f"plan.no_meeting_{view.no_meeting}"), look="src") if view.no_meeting else None


def _key() -> Node:
    return paragraph(text("plan.key"), look="src plan-key")
