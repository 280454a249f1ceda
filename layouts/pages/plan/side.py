"""Beside the board: the phases, the pace that is needed, and what changed."""

from data.rows.plan import Pace, SinceMeeting
from data.rows.shell import PhaseRow
from data.text import text
from layouts import formatting
from layouts.markup import Node, h
from layouts.pages.plan.rows import PlanView
from layouts.parts.frame import section
from layouts.parts.glyph import PROGRESS_LEVELS, glyph, stack
from layouts.routes import CHANGES, CV, LEDGER, link

MOST_PACES = 5
BAR = 84
PROGRESS_CHANGES = ("met", "on_plan", "uncertain", "late", "overdue")


def side(view: PlanView) -> list[Node]:
    """The three blocks."""
    since = [_changes(view), _no_meeting(view)] if view.since is None else [_since(view, view.since)]
    return [*[_phase(view, p) for p in view.rows.phases], _paces(view), *since, _key()]


def _phase(view: PlanView, phase: PhaseRow) -> Node:
    units = view.units_of(phase)
    counts = {level: sum(1 for u in units if u.progress == level) for level in PROGRESS_LEVELS}
    left = formatting.span(view.rows.today, phase.ends_on)
    due = (
        text("plan.months_left", year=phase.target_year, span=left)
        if view.rows.is_running(phase)
        else text("plan.due", year=phase.target_year)
    )
    words = [
        h("span", {"className": "status", "key": level}, glyph(level), text(f"level.{level}"), h("b", {}, str(n)))
        for level, n in counts.items()
        if n
    ]
    return h(
        "section",
        {"className": f"plan-phase phase-rule-{phase.phase_code}", "key": phase.phase_code},
        h("div", {"className": "section-head"}, h("h2", {}, phase.name), h("span", {"className": "mut"}, due)),
        stack(counts),
        h("p", {"className": "plan-counts"}, *words),
    )


def _paces(view: PlanView) -> Node:
    paces = list(view.paces)[:MOST_PACES]
    if not paces:
        words = "sub.not_reported" if view.rows.is_silent else "plan.pace_none"
        return section(text(words))
    largest = max(max(p.needed, p.achieved) for p in paces)
    head = h(
        "tr",
        {},
        h("th", {"scope": "col"}, text("plan.unit")),
        h("th", {"scope": "col"}, text("plan.pace_columns")),
        h("th", {"scope": "col", "className": "num"}, text("plan.times")),
    )
    rows = [_pace(view, p, largest) for p in paces]
    return section(
        text("plan.pace"),
        h("table", {"className": "mini paces"}, h("thead", {}, head), h("tbody", {}, *rows)),
        h("p", {"className": "src"}, text("plan.pace_note")),
    )


def _pace(view: PlanView, pace: Pace, largest: float) -> Node:
    unit = pace.unit
    href = link(
        CV,
        view.rows.state,
        district=unit.district_code,
        stage=pace.cv.stage,
        indicator=pace.cv.indicator_code,
        group="",
    )
    achieved, needed = max(pace.achieved, 0) / largest * BAR, pace.needed / largest * BAR
    ratio = pace.ratio
    words = text(
        "plan.pace_words", achieved=formatting.smallest(pace.achieved, 3), needed=formatting.smallest(pace.needed, 3)
    )
    return h(
        "tr",
        {"key": unit.district_code},
        h("th", {"scope": "row"}, h("a", {"href": href, "data-nav": "1"}, unit.short_name)),
        h(
            "td",
            {"data-tip": pace.name},
            h(
                "svg",
                {"width": BAR + 8, "height": 12, "aria-hidden": "true"},
                h("rect", {"x": 0, "y": 3, "width": round(achieved, 1), "height": 6, "className": "pace-now"}),
                h(
                    "line",
                    {"x1": round(achieved, 1), "x2": round(needed, 1), "y1": 6, "y2": 6, "className": "pace-need"},
                ),
                h("circle", {"cx": round(needed, 1), "cy": 6, "r": 3, "className": "pace-dot"}),
            ),
            h("span", {"className": "mut"}, words),
        ),
        h(
            "td",
            {"className": "num t-unmet"},
            text("plan.not_shrinking") if ratio is None else text("plan.ratio", ratio=formatting.rounded(ratio, 1)),
        ),
    )


def _changes(view: PlanView) -> Node:
    rows = view.rows
    if rows.previous is None:
        return section(text("plan.no_previous"))
    lines: list[Node] = []
    for level in PROGRESS_CHANGES:
        names = [u.short_name for u in rows.scoped if rows.changes[u.district_code].new_progress == level]
        if names:
            lines.append(
                h(
                    "p",
                    {"className": "status", "key": level},
                    glyph(level),
                    text(f"plan.new_{level}", count=len(names), names="、".join(names)),
                )
            )
    title = text("plan.since", period=formatting.month(rows.previous.snapshot_date))
    return section(title, *(lines or [h("p", {"className": "src"}, text("plan.no_change"))]))


def _since(view: PlanView, since: SinceMeeting) -> Node:
    """自上次会议以来: units by name, issues counted, and the way to every corrected cell."""
    state = view.rows.state
    lines = [
        h(
            "p",
            {"className": "status", "key": level},
            glyph(level),
            text(f"plan.since_{level}", count=len(names), names="、".join(names)),
        )
        for level, names in (("met", since.met), ("unmet", since.unmet), ("overdue", since.overdue))
        if names
    ]
    if not lines:
        lines = [h("p", {"className": "src"}, text("plan.since_same"))]
    return section(
        text("plan.since_meeting", day=formatting.day(since.held_on)),
        *lines,
        h(
            "p",
            {},
            h(
                "a",
                {"href": link(LEDGER, state), "data-nav": "1"},
                text("plan.since_issues", closed=since.closed_issue_count, overdue=since.overdue_issue_count),
            ),
        ),
        h(
            "p",
            {"className": "src"},
            text("plan.since_note", title=since.title, month=formatting.month(since.seen_on)),
            " ",
            h(
                "a",
                {"href": link(CHANGES, state, snapshot=since.snapshot_id, period=""), "data-nav": "1"},
                text("meeting.see_changes"),
            ),
        ),
    )


def _no_meeting(view: PlanView) -> Node:
    if not view.no_meeting:
        return None
    return h("p", {"className": "src"}, text(f"plan.no_meeting_{view.no_meeting}"))


def _key() -> Node:
    return h("p", {"className": "src plan-key"}, text("plan.key"))
