"""Slides on warnings, rounds and the ledger, for the city or one unit."""

from collections import Counter
from collections.abc import Sequence

from data.rows.context import UnitContext
from data.rows.overview import UnitCvRow, UnitStatusRow
from data.text import text
from layouts import formatting
from layouts.meeting.slide import Bar, Number, Slide, counted, first_names
from layouts.pages.ledger.rows import LedgerView
from layouts.pages.rounds.rows import RoundsView
from layouts.pages.warn.summary import by_rule, level_counts, scope_words, silence_words

FEW_NAMES = 2
WARNING_TONES = {"red": "fail", "orange": "near", "yellow": "near"}


def warnings_slide(rows: UnitContext, ledger: LedgerView) -> Slide:
    """Warnings by rule."""
    active = [w for w in ledger.warnings if w.state != "lifted"]
    counts = level_counts(active)
    short = {u.district_code: u.short_name for u in rows.units}
    bars: list[Bar] = []
    for members in by_rule(active):
        rule = members[0].rule
        names = [short.get(w.district_code, "") for w in members]
        caption, in_full = (
            text("meeting.warn_words", count=len(members), names=first_names(names, n)) for n in (FEW_NAMES, len(names))
        )
        level = members[0].level
        tone = "overdue" if level == "red" else "late"
        name = text(f"warn.level_{level}") + " " + rule.name
        bars.append(Bar(name, len(members), caption, tone, in_full))
    red = dict.fromkeys(short.get(w.district_code, "") for w in active if w.level == "red")
    waiting = sum(1 for w in active if w.state == "new")
    return Slide(
        "warn",
        [("fail", _warnings_title(rows, counts["red"], list(red)))]
        if counts["red"]
        else [("", text("warn.title_no_red"))],
        text("meeting.warn_sentence", orange=counts["orange"], yellow=counts["yellow"], waiting=waiting)
        + silence_words(rows)
        + scope_words(rows),
        chart_title=text("meeting.warn_chart"),
        bars=bars,
        numbers=[
            counted(
                counts[level],
                text("meeting.pieces"),
                text(f"meeting.warn_{level}"),
                first_names(red) if level == "red" else "",
                tone,
            )
            for level, tone in WARNING_TONES.items()
        ],
        decide=[text("meeting.decide_warn", count=waiting)] if waiting else [],
    )


def spread_sentence(rows: UnitContext) -> str:
    """How CVs are weighted, and the limits in force."""
    limits = {stage: formatting.rounded(limit, 2) for stage, limit in rows.cv_limits.items()}
    return text("meeting.spread_sentence", **limits)


def cv_bar(name: str, ratio: float, cv: UnitCvRow) -> Bar:
    """A CV by its share of the limit, with both numbers at its end."""
    limit = formatting.rounded(cv.cv_limit, 2)
    caption = text("meeting.spread_words", cv=formatting.cv(cv.cv, cv.cv_limit), limit=limit)
    return Bar(name, ratio, caption, "unmet" if cv.is_within_limit is False else "met")


def _warnings_title(rows: UnitContext, red: int, names: Sequence[str]) -> str:
    """How many red warnings, and of whom: the first units by name."""
    if rows.chosen is not None:
        return text("meeting.warn_title_unit", red=red)
    return text("meeting.warn_title", red=red, names=first_names(names, FEW_NAMES), units=len(names))


def rounds_slide(rows: UnitContext, rounds: RoundsView) -> Slide:
    """How far supervision has reached."""
    reached = [u for u in rows.scoped if rounds.of_unit(u.district_code)]
    visited: list[tuple[float, UnitStatusRow, int]] = []
    for unit in reached:
        count = sum(c.visited_school_count for c in rounds.of_unit(unit.district_code))
        if unit.school_count:
            visited.append((min(1.0, count / unit.school_count), unit, count))
    visited.sort(key=lambda v: (-v[0], v[1].district_code))
    never, (held, _, total) = rounds.never_count, rounds.visit_counts
    title = text("meeting.rounds_title", rounds=held, visits=formatting.count(total))
    return Slide(
        "rounds",
        [
            ("", title if total else text("meeting.rounds_title_none")),
            ("fail" if never else "", text("meeting.rounds_never", count=formatting.count(never))),
        ],
        text("meeting.rounds_sentence", untouched=len(rows.scoped) - len(reached)),
        note=text("rounds.absent", count=rounds.absent_count) if rounds.absent_count else "",
        chart_title=text("meeting.rounds_chart"),
        bars=[
            Bar(u.short_name, share, text("meeting.rounds_words", share=formatting.share(share), count=count), "met")
            for share, u, count in visited
        ],
        numbers=[
            counted(
                len(reached),
                text("meeting.units"),
                text("meeting.rounds_reached"),
                text("meeting.rounds_of", count=len(rows.scoped)),
            ),
            counted(
                never,
                text("meeting.schools_unit"),
                text("meeting.rounds_weak"),
                text("meeting.rounds_weak_words"),
                "fail",
            ),
        ],
    )


def ledger_slide(view: LedgerView) -> Slide:
    """Who is late with what; nothing is counted where no issue was recorded yet."""
    if not view.is_begun:
        return Slide("ledger", [("", text("ledger.not_begun"))], "")
    late, long = Counter[str](), Counter[str]()
    for group in view.groups:
        late[group.district_code] += group.is_late * group.issue_count
        long[group.district_code] += group.is_accountable * group.issue_count
    closed, everything = view.count("closed"), view.issue_count
    return Slide(
        "ledger",
        _ledger_title(view.count("open"), view.count("overdue")),
        text("meeting.ledger_sentence", long=view.count("accountable"), days=view.ages[1], paper=view.count("paper")),
        chart_title=text("meeting.ledger_chart"),
        bars=[
            Bar(
                view.unit_names.get(code, code),
                count,
                text("meeting.ledger_words", count=count, long=long[code], days=view.ages[1]),
                "overdue",
            )
            for code, count in sorted((+late).items(), key=lambda unit: (-unit[1], unit[0]))
        ],
        numbers=[
            Number(
                formatting.share(closed / everything) if everything else formatting.NONE,
                "",
                text("meeting.ledger_closed"),
                text("meeting.ledger_closed_words", closed=closed, count=everything),
            ),
            counted(
                view.count("accountable"),
                text("meeting.pieces"),
                text("ledger.tab_accountable"),
                text("meeting.ledger_long", days=view.ages[1]),
                "fail",
            ),
            counted(
                view.count("paper"),
                text("meeting.pieces"),
                text("ledger.tab_paper"),
                text("ledger.after_paper_note"),
                "fail",
            ),
        ],
        decide=[text("meeting.decide_ledger")] if view.count("accountable") else [],
    )


def _ledger_title(standing: int, late: int) -> list[tuple[str, str]]:
    if not standing:
        return [("", text("ledger.title_none"))]
    part = ("fail", text("ledger.title_late", late=late)) if late else ("", text("ledger.title_none_late"))
    return [("", text("ledger.title", open=standing)), part]
