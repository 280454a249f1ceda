"""The issues of a tab: value, standard, what is missing, who, by when, how far."""

from collections.abc import Sequence

from data.proof_key import cv_key, item_key, section_key
from data.rows.ledger import CellRow, LedgerRow
from data.store.ledger import LOOK_BACK, Issue
from data.text import text
from layouts import formatting
from layouts.components.bars import step_dots
from layouts.components.cells import day_cell, linked
from layouts.components.data_table import Cell, Column, Kind, TableLook, cell, column, data_table
from layouts.components.elements import action_button, block, link_to, paragraph, run, strong
from layouts.components.rest import no_rows
from layouts.components.segments import Segment, segments
from layouts.markup import Node
from layouts.pages.ledger.look_back import look_back_lead
from layouts.pages.ledger.rows import TABS, LedgerView
from layouts.parts.frame import section
from layouts.parts.glyph import glyph
from layouts.routes import LEDGER, SCHOOL, link

MOST_ROWS, MOST_OF_ALL = 60, 600
STEPS = 5


def issue_table(view: LedgerView, ways: Sequence[Node]) -> Node:
    """Title, tabs with counts, the ways to a new issue, rows; the foot says how many are not shown."""
    state, issues = view.rows.state, view.by_tab[view.tab]
    shown = issues[: MOST_OF_ALL if state.measure == "all" else MOST_ROWS]
    more: Node = None
    if len(issues) > len(shown) >= MOST_OF_ALL:
        counts = {"shown": formatting.count(len(shown)), "count": formatting.count(len(issues))}
        more = paragraph(text("ledger.most", **counts), look="src")
    elif len(issues) > len(shown):
        show_all = link_to(text("ledger.show_all"), href=link(LEDGER, state, measure="all"))
        more = paragraph(text("ledger.more", shown=len(shown), count=len(issues)), show_all, look="src")
    body = _table(view, shown) if issues else no_rows(text("ledger.empty"))
    template = action_button(text("ledger.export"), action="export", look="plain", data_kind="issues")
    lead = block(*ways, template, _tabs(view), look="lead")
    title = text(f"ledger.table_{view.tab}", count=len(issues))
    return section(title, *look_back_lead(view), body, more, lead=lead)


def _tabs(view: LedgerView) -> Node:
    return segments(
        [
            Segment(
                label=text(f"ledger.tab_{tab}"),
                href=link(LEDGER, view.rows.state, only=tab, measure="", issue=""),
                is_chosen=tab == view.tab,
                look="on" if tab == view.tab else "",
                count=view.count(tab),
            )
            for tab in TABS
        ],
        label=text("ledger.tabs"),
    )


def _table(view: LedgerView, issues: Sequence[LedgerRow]) -> Node:
    state = view.rows.state

    def code(row: LedgerRow) -> Cell:
        return linked(row.issue.issue_code, link(LEDGER, state, issue=row.issue.issue_code, why=""))

    columns: list[Column[LedgerRow]] = [
        column("ledger.column_", "code", code, Kind.NAME),
        column("ledger.column_", "place", lambda r: cell(*place(view, r), look="wide")),
        column("ledger.column_", "item", lambda r: item_words(view, r)),
        column("ledger.column_", "value", lambda r: _value(view, r), Kind.NUMBER),
        column("ledger.column_", "line", lambda r: cell(value_words(view, r)[1], look="mut")),
        column("ledger.column_", "gap", lambda r: _gap(view, r)),
        *(_of_look_back(view) if view.tab == "look_back" else _of_rectifying(view)),
        column("ledger.column_", "progress", lambda r: cell(_steps(view, r))),
        column("ledger.column_", "origin", lambda r: cell(_origin(r.issue), look="mut")),
    ]
    look = TableLook[LedgerRow](table="mini issues", row=lambda r: "on" if r.issue.issue_code == state.issue else "")
    return data_table(columns, issues, name=text("sheet.issues"), key=lambda r: r.issue.issue_code, look=look)


def _of_rectifying(view: LedgerView) -> list[Column[LedgerRow]]:
    """Who puts it right, by when, and how late that is."""
    return [
        column("ledger.column_", "unit", lambda r: cell(responsible_words(r.issue), look="wide")),
        column("ledger.column_", "due", lambda r: day_cell(r.issue.due_on), Kind.DATE),
        column("ledger.column_", "late", lambda r: _late(view.days(r)), Kind.AMOUNT),
    ]


def _of_look_back(view: LedgerView) -> list[Column[LedgerRow]]:
    """Who looks again, by when, and how late that is."""
    return [
        column("look_back.column_", "who", lambda r: cell(_looker(r.issue), look="wide")),
        column("look_back.column_", "due", lambda r: day_cell(r.issue.look_due_on), Kind.DATE),
        column("look_back.column_", "late", lambda r: _late(r.look_days_overdue(view.today)), Kind.AMOUNT),
    ]


def _looker(issue: Issue) -> str:
    """Who was named; of a listed issue also that nobody was."""
    if issue.status != LOOK_BACK:
        return formatting.NONE
    return issue.look_assignee or text("look_back.nobody")


def place(view: LedgerView, row: LedgerRow) -> list[Node]:
    """Unit, and the school as a link to its page."""
    name = strong(view.unit_names.get(row.district_code, row.district_code))
    code = row.issue.school_code
    if not code:
        return [name]
    school = row.school_name or code
    left = dict.fromkeys(("district", "group", "only", "measure", "issue", "origin", "round"), "")
    return [name, " ", link_to(school, href=link(SCHOOL, view.rows.state, school=code, **left))]


def item_words(view: LedgerView, row: LedgerRow) -> str:
    """Code and short name of the item, with the stage where it has one; a unit's CV is called one."""
    issue = row.issue
    item = named_item(view, issue.item_code or "", issue.stage or "")
    return item if issue.school_code or not issue.stage else text("ledger.cv_item", item=item)


def named_item(view: LedgerView, code: str, stage: str) -> str:
    """Code and short name of an item, with the stage where it has one."""
    names = {**view.rows.item_names, **view.rows.indicator_names}
    stage_name = text(f"stage.{stage}") if stage else ""
    return f"{code} {stage_name}{names.get(code, '')}".strip() or formatting.NONE


def value_words(view: LedgerView, row: LedgerRow) -> tuple[str, str, str]:
    """Value, standard and gap of the issue's cell, each "—" where it cannot be judged."""
    if row.cell is None:
        return text("ledger.after_unknown"), formatting.NONE, ""
    return cell_words(view, row.cell)


def cell_words(view: LedgerView, cell: CellRow) -> tuple[str, str, str]:
    """Value, standard and gap of a school's or unit's cell."""
    if cell.line is None:
        return formatting.NONE, formatting.NONE, ""
    unit, gap_unit = view.item_units.get(cell.item_code, ("", ""))
    if cell.is_cv:
        value, line = formatting.cv(cell.amount, cell.line), formatting.rounded(cell.line, 2)
        over = ""
        if cell.amount is not None and cell.is_met is False:
            size = formatting.difference(line, value, cell.amount - cell.line)
            over = text("ledger.over", amount=size)
        return value, text("ledger.limit", value=line), over
    if not cell.is_of_school:
        value = formatting.NONE if cell.amount is None else formatting.plain(cell.amount)
        return value, f"{formatting.plain(cell.line)}{unit}", ""
    gap = text("ledger.gap", amount=formatting.gap(cell.gap, gap_unit)) if cell.gap else ""
    if cell.is_spare:
        gap = text("supply.spare")
    line = f"{formatting.rounded(cell.line, 2)}{unit}"
    return formatting.value(cell.amount, cell.line), line, gap


def line_words(cell: CellRow | None, line: str) -> str:
    """上限0.50 of a CV; 标准 before any other line."""
    return line if cell is not None and cell.is_cv else text("ledger.standard", line=line)


def responsible_words(issue: Issue) -> str:
    """The unit and the person that must act."""
    return " · ".join(w for w in (issue.responsible_unit, issue.responsible_person) if w) or formatting.NONE


def proof_of(row: LedgerRow) -> str:
    """The key of the proof of the issue's value; empty where there is none."""
    return "" if row.cell is None else proof_of_cell(row.cell)


def proof_of_cell(cell: CellRow) -> str:
    """The key of the proof of a cell's value."""
    if cell.is_of_school:
        return section_key(cell.subject_code, cell.stage, cell.item_code)
    if cell.stage:
        return cv_key(cell.subject_code, cell.stage, cell.item_code)
    return item_key(cell.subject_code, cell.item_code)


def _value(view: LedgerView, row: LedgerRow) -> Cell:
    printed, proof = value_words(view, row)[0], proof_of(row)
    amount = None if printed == formatting.NONE or row.cell is None else row.cell.amount
    href = link(LEDGER, view.rows.state, why=proof, issue="")
    look = "t-unmet" if row.is_met is False else "mut"
    return cell(link_to(printed, href=href) if proof else printed, value=amount, look=look)


def _gap(view: LedgerView, row: LedgerRow) -> Cell:
    """▲ where nothing is owed, as in the matrix."""
    gap = value_words(view, row)[2]
    if not gap:
        return cell(formatting.NONE, look="b")
    level = "near" if row.cell is not None and row.cell.is_spare else "unmet"
    return cell(glyph(level, 10), " ", gap, look="b")


def _late(days: int) -> Cell:
    if not days:
        return cell(formatting.NONE, look="mut")
    return cell(text("ledger.days", count=days), value=days, unit=text("warn.unit_days"), look="b c-veto")


def _steps(view: LedgerView, row: LedgerRow) -> Node:
    """Five dots on the way to 稳定, the present one large; its word below."""
    status = row.issue.status
    step = next(s.step for s in view.statuses if s.state_code == status)
    name = view.status_names[status]
    due = view.due_by_code.get(row.issue.issue_code)
    label = text("ledger.paper_word") if row.is_paper_closed else name
    if due is not None:
        label = text(f"look_back.{due.reason}")
    tone = "t-unmet" if status == "rebounded" or row.is_paper_closed else "d"
    return run(step_dots(step, steps=STEPS, label=name), run(label, look=f"{tone} at-step-{step}"), look="step-cell")


def _origin(issue: Issue) -> str:
    return issue.origin + (text("ledger.round", number=issue.round) if issue.round else "")
