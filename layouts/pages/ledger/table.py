"""The issues of a tab: value, standard, what is missing, who, by when, how far."""

from data.rows.ledger import LedgerRow
from data.text import text
from layouts import formatting
from layouts.markup import Node, h
from layouts.pages.ledger.rows import TABS, LedgerView
from layouts.parts.frame import section
from layouts.parts.glyph import glyph
from layouts.proof.key import cv_key, item_key, section_key
from layouts.routes import LEDGER, SCHOOL, link

MOST_ROWS = 60
STEPS = 5
COLUMNS = ("code", "place", "item", "value", "line", "gap", "unit", "due", "late", "progress", "origin")


def issue_table(view: LedgerView) -> Node:
    """Title, tabs with counts, rows; the foot says how many are not shown."""
    rows = view.by_tab[view.tab]
    everything = view.rows.state.measure == "all"
    shown = rows if everything else rows[:MOST_ROWS]
    more: Node = None
    if len(rows) > len(shown):
        more = h(
            "p",
            {"className": "src"},
            text("ledger.more", shown=len(shown), count=len(rows)),
            h("a", {"href": link(LEDGER, view.rows.state, measure="all"), "data-nav": "1"}, text("ledger.show_all")),
        )
    body: Node = h("p", {"className": "d", "role": "status"}, text("ledger.empty"))
    if rows:
        heads = [
            h(
                "th",
                {"scope": "col", "key": c, "className": "num" if c in ("value", "late") else None},
                text(f"ledger.column_{c}"),
            )
            for c in COLUMNS
        ]
        body = h(
            "table",
            {"className": "mini issues"},
            h("thead", {}, h("tr", {}, *heads)),
            h("tbody", {}, *[_row(view, r) for r in shown]),
        )
    lead = h("div", {"className": "lead"}, _template_button(), _tabs(view))
    return section(text(f"ledger.table_{view.tab}", count=len(rows)), body, more, lead=lead)


def _template_button() -> Node:
    return h(
        "button",
        {"className": "plain", "type": "button", "data-action": "export", "data-kind": "issues"},
        text("ledger.export"),
    )


def _tabs(view: LedgerView) -> Node:
    return h(
        "div",
        {"className": "segments", "role": "group", "aria-label": text("ledger.tabs")},
        *[
            h(
                "a",
                {
                    "href": link(LEDGER, view.rows.state, only=tab, measure="", issue=""),
                    "data-nav": "1",
                    "key": tab,
                    "className": "on" if tab == view.tab else None,
                    "aria-current": "true" if tab == view.tab else None,
                },
                text(f"ledger.tab_{tab}"),
                formatting.count(len(view.by_tab[tab])),
            )
            for tab in TABS
        ],
    )


def place(view: LedgerView, row: LedgerRow) -> list[Node]:
    """Unit, and the school as a link to its page."""
    name = view.unit_names.get(row.district_code, row.district_code)
    if not row.issue.school_code:
        return [h("b", {}, name)]
    school = (row.cell.school_name if row.cell else "") or row.issue.school_code
    href = link(
        SCHOOL,
        view.rows.state,
        school=row.issue.school_code,
        district="",
        group="",
        only="",
        measure="",
        issue="",
        origin="",
        round="",
    )
    return [h("b", {}, name), " ", h("a", {"href": href, "data-nav": "1"}, school)]


def item_words(view: LedgerView, row: LedgerRow) -> str:
    """Code and short name of the item, with the stage where it has one."""
    names = {**view.rows.item_names, **view.rows.indicator_names}
    code = row.issue.item_code or ""
    stage = text(f"stage.{row.issue.stage}") if row.issue.stage else ""
    return f"{code} {stage}{names.get(code, '')}".strip() or formatting.NONE


def value_words(view: LedgerView, row: LedgerRow) -> tuple[str, str, str]:
    """Value, standard and gap of the issue's cell, each "—" where it is not known."""
    cell = row.cell
    if cell is None or cell.line is None:
        return formatting.NONE, formatting.NONE, ""
    unit, gap_unit = view.item_units.get(cell.item_code, ("", ""))
    if not row.issue.school_code:
        value, line = formatting.cv(cell.amount, cell.line), formatting.rounded(cell.line, 2)
        over = ""
        if cell.amount is not None and cell.is_met is False:
            size = formatting.difference(line, value, cell.amount - cell.line)
            over = text("ledger.over", amount=size)
        return value, text("ledger.limit", value=line), over
    gap = text("ledger.gap", amount=formatting.gap(cell.gap, gap_unit)) if cell.gap else ""
    if cell.is_spare:
        gap = text("supply.spare")
    line = f"{formatting.rounded(cell.line, 2)}{unit}"
    return formatting.value(cell.amount, cell.line), line, gap


def steps(view: LedgerView, row: LedgerRow) -> Node:
    """Five dots on the way to 稳定, the present one large; its word below."""
    step = next(s.step for s in view.statuses if s.status_code == row.issue.status)
    name = view.status_names[row.issue.status]
    parts: list[Node] = []
    for number in range(1, STEPS + 1):
        x = 8 + (number - 1) * 30
        if number > 1:
            done = "step-line" + (" done" if number <= step else "")
            parts.append(h("path", {"d": f"M{x - 25} 8h20", "className": done, "key": f"l{number}"}))
        now = " now" if number == min(step, STEPS) else " done" if number < step else ""
        parts.append(
            h(
                "circle",
                {"cx": x, "cy": 8, "r": 6 if now == " now" else 4, "className": "step" + now, "key": str(number)},
            )
        )
    tone = "t-unmet" if row.issue.status == "rebounded" or row.is_paper_closed else "d"
    words = text("ledger.paper_word") if row.is_paper_closed else name
    return h(
        "span",
        {"className": "step-cell"},
        h("svg", {"width": 136, "height": 16, "role": "img", "aria-label": name}, *parts),
        h("span", {"className": tone}, words),
    )


def _row(view: LedgerView, row: LedgerRow) -> Node:
    issue = row.issue
    value, line, gap = value_words(view, row)
    days = view.days(row)
    href = link(LEDGER, view.rows.state, issue=issue.issue_code, why="")
    failing = "t-unmet" if row.is_met is False else "mut"
    return h(
        "tr",
        {"key": issue.issue_code, "className": "on" if issue.issue_code == view.rows.state.issue else None},
        h("th", {"scope": "row"}, h("a", {"href": href, "data-nav": "1"}, issue.issue_code)),
        h("td", {"className": "wide"}, *place(view, row)),
        h("td", {}, item_words(view, row)),
        h("td", {"className": f"num {failing}"}, _proof_link(view, row, value)),
        h("td", {"className": "mut"}, line),
        h("td", {"className": "b"}, *_gap(gap, is_spare=row.cell is not None and row.cell.is_spare)),
        h(
            "td",
            {"className": "wide"},
            " · ".join(w for w in (issue.responsible_unit, issue.responsible_person) if w) or formatting.NONE,
        ),
        h("td", {}, formatting.day(issue.due_on) if issue.due_on else formatting.NONE),
        h(
            "td",
            {"className": "num b c-veto" if days else "num mut"},
            text("ledger.days", count=days) if days else formatting.NONE,
        ),
        h("td", {}, steps(view, row)),
        h("td", {"className": "mut"}, issue.origin + (text("ledger.round", number=issue.round) if issue.round else "")),
    )


def _gap(words: str, *, is_spare: bool) -> list[Node]:
    """▲ where nothing is owed, as in the matrix."""
    return [glyph("near" if is_spare else "unmet", 10), " ", words] if words else [formatting.NONE]


def proof_of(row: LedgerRow) -> str:
    """The key of the proof of the issue's value; empty where there is none."""
    if row.cell is None:
        return ""
    cell = row.cell
    if row.issue.school_code:
        return section_key(cell.subject_code, cell.stage, cell.item_code)
    if cell.stage:
        return cv_key(cell.subject_code, cell.stage, cell.item_code)
    return item_key(cell.subject_code, cell.item_code)


def _proof_link(view: LedgerView, row: LedgerRow, words: str) -> Node:
    key = proof_of(row)
    if not key:
        return words
    href = link(LEDGER, view.rows.state, why=key, issue="")
    return h("a", {"href": href, "data-nav": "1"}, words)
