"""监测预警 as a list of panels: answer, rules, warnings, one warning."""

from data.catalogue.supervision_tables import WarningRule
from data.rows.context import UnitContext
from data.rows.warn import WarningRow
from data.text import text
from layouts import formatting
from layouts.ids import WarnId
from layouts.markup import Node, h
from layouts.page import AnyPanel, Panel
from layouts.pages.warn.detail import subject_words, unit_name, warning_drawer
from layouts.pages.warn.rows import WarnView
from layouts.pages.warn.summary import LEVELS, level_chip, level_counts, scope_words, warning_summary
from layouts.parts.forecast import chance_words
from layouts.parts.frame import Filter, filter_bar, header, section
from layouts.parts.source import source_line
from layouts.routes import DISTRICT, WARN, link

COLUMNS = ("level", "unit", "rule", "subject", "since", "state", "answer_by")
STATES = ("new", "reminded", "answered", "lifted")
MOST_SUBJECTS = 3


def panels(view: WarnView, filters: list[Filter]) -> list[AnyPanel]:
    """Every panel of the page in reading order."""
    rows = view.rows
    head = [*header(WARN, rows.state), filter_bar(filters, rows.snapshot, WARN.draws)]
    return [
        Panel(WarnId.HEAD, "head", head),
        Panel(WarnId.ANSWER, "answer", _answer(view)),
        Panel(WarnId.TABLE, "table-panel", [_table(view)]),
        Panel(WarnId.RULES, "rules-panel", [warning_summary(rows, view.warnings), _rules(view)]),
        Panel(WarnId.WARNING, "drawer" if view.detail is None else "drawer open", warning_drawer(view)),
        Panel(WarnId.SOURCE, "source-panel", [source_line(rows, WARN.draws, text("warn.source"))]),
    ]


def document_title(view: WarnView) -> str:
    """Browser tab and history entry."""
    return " · ".join(w for w in (view.rows.scope_name, text("navigation.warn"), text("app.name")) if w)


def _answer(view: WarnView) -> list[Node]:
    counts = level_counts(view.warnings)
    red = {w.district_code for w in view.warnings if w.rule.level == "red" and w.state != "lifted"}
    units = {w.district_code for w in view.warnings if w.state != "lifted"}
    name = view.rows.scope_name
    heading: list[Node] = [
        text("ledger.scope", name=name) if name else "",
        h("span", {"className": "c-fail"}, text("warn.title_red", count=counts["red"], units=len(red)))
        if counts["red"]
        else text("warn.title_no_red"),
        text("warn.title", orange=counts["orange"], yellow=counts["yellow"], units=len(units)),
    ]
    states = {s: sum(1 for w in view.warnings if w.state == s) for s in STATES}
    late = sum(1 for w in view.warnings if w.is_late(view.today))
    words = text("warn.sub", **states)
    if late:
        words += text("warn.sub_late", count=late)
    words += scope_words(view.rows)
    return [
        h("h1", {"id": "content", "tabIndex": -1, "className": "small"}, *heading),
        h("p", {"className": "sub"}, words),
    ]


def _table(view: WarnView) -> Node:
    heads = [h("th", {"scope": "col", "key": c}, text(f"warn.column_{c}")) for c in COLUMNS]
    body: Node = h("p", {"className": "d", "role": "status"}, text("warn.empty"))
    if view.shown:
        body = h(
            "table",
            {"className": "mini warnings"},
            h("thead", {}, h("tr", {}, *heads)),
            h("tbody", {}, *[_row(view, w) for w in view.shown]),
        )
    ended = [
        h("li", {"key": e.warning_key}, text("warn.ended_words", name=e.words, day=formatting.moment(e.updated_at)))
        for e in view.ended
    ]
    return section(
        text("warn.table_title", count=len(view.shown)),
        body,
        h(
            "details",
            {"className": "chart-table"},
            h("summary", {}, text("warn.ended", count=len(ended))),
            h("ul", {"className": "files"}, *ended),
        )
        if ended
        else None,
        lead=_segments(view),
    )


def _segments(view: WarnView) -> Node:
    counts = level_counts(view.warnings)
    options = [
        ("", text("warn.all"), len(view.warnings)),
        *[(c, text(f"warn.level_{c}"), counts[c]) for c in LEVELS],
        *[(s, text(f"warn.state_{s}"), sum(1 for w in view.warnings if w.state == s)) for s in STATES],
    ]
    return h(
        "div",
        {"className": "segments", "role": "group", "aria-label": text("warn.segments")},
        *[
            h(
                "a",
                {
                    "href": link(WARN, view.rows.state, only=only, issue=""),
                    "data-nav": "1",
                    "key": only or "all",
                    "className": "on" if only == view.rows.state.only else None,
                    "aria-current": "true" if only == view.rows.state.only else None,
                },
                label,
                formatting.count(n),
            )
            for only, label, n in options
        ],
    )


def _row(view: WarnView, warning: WarningRow) -> Node:
    rows = view.rows
    unit = next((u for u in rows.units if u.district_code == warning.district_code), None)
    name = unit.short_name if unit else warning.district_code
    words = [subject_words(rows, warning, s) for s in warning.subjects[:MOST_SUBJECTS]]
    more = len(warning.subjects) - len(words)
    if more > 0:
        words.append(text("warn.more_subjects", count=more))
    open_it = link(WARN, rows.state, issue=warning.warning_key, why="")
    answer = (
        formatting.day(warning.answer_by)
        if warning.answer_by
        else text("warn.days_to_answer", days=warning.rule.days_to_answer)
        if warning.state == "new"
        else formatting.NONE
    )
    return h(
        "tr",
        {"key": warning.warning_key, "className": "on" if warning.warning_key == rows.state.issue else None},
        h("td", {}, level_chip(warning.rule.level)),
        h(
            "th",
            {"scope": "row"},
            h(
                "a",
                {
                    "href": link(DISTRICT, rows.state, district=warning.district_code, group="", only="", issue=""),
                    "data-nav": "1",
                },
                name,
            ),
        ),
        h("td", {}, h("a", {"href": open_it, "data-nav": "1"}, warning.rule.name)),
        h("td", {"className": "wide"}, "；".join(w for w in words if w)),
        h("td", {}, formatting.month(warning.since)),
        h("td", {}, text(f"warn.state_{warning.state}")),
        h("td", {"className": "c-fail b" if warning.is_late(view.today) else "mut"}, answer),
    )


def _rules(view: WarnView) -> Node:
    """The rules in force, so that nobody must ask why there is a warning."""
    lines = [
        h(
            "tr",
            {"key": r.warning_code},
            h("td", {}, level_chip(r.level)),
            h("th", {"scope": "row"}, r.name),
            h("td", {"className": "mut"}, _line(view.rows, r)),
            h("td", {"className": "mut num"}, text("warn.rule_days", days=r.days_to_answer)),
        )
        for r in view.rules
    ]
    return section(
        text("warn.rules_title", count=len(view.rules)),
        h("table", {"className": "mini rules"}, h("tbody", {}, *lines)),
        h("p", {"className": "src"}, text("warn.rules_note")),
    )


def _line(rows: UnitContext, rule: WarningRule) -> str:
    if rule.line is None:
        return ""
    if rule.unit == "chance":
        return text("warn.line_chance", words=chance_words(float(rule.line), rows.chance_lines))
    return text("warn.line", value=formatting.plain(rule.line) + unit_name(rule.unit))
