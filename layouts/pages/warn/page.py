"""监测预警: answer, rules, warnings, one warning."""

from collections.abc import Sequence

from data.catalogue.supervision_tables import WarningRule
from data.rows.context import UnitContext
from data.rows.warn import WarningRow
from data.text import text
from data.view_state import AS_WAS
from layouts import formatting
from layouts.components.cells import day_cell, file_column, linked, month_cell
from layouts.components.data_table import Cell, Column, Kind, RowGroup, TableLook, cell, column, data_table
from layouts.components.elements import bullet_list, disclosure, list_item, paragraph, run
from layouts.components.heads import headline, page_head, page_title
from layouts.components.rest import no_rows
from layouts.components.segments import Segment, segments
from layouts.ids import WarnId
from layouts.markup import Node
from layouts.page import AnyPanel, Panel
from layouts.pages.warn.deadlines import deadlines
from layouts.pages.warn.detail import subject_words, unit_name, warning_drawer
from layouts.pages.warn.letters import sent_archives
from layouts.pages.warn.reminding import reminding
from layouts.pages.warn.rows import FRESH, WarnView
from layouts.pages.warn.summary import LEVELS, by_rule, level_chip, level_counts, scope_words, silence_words
from layouts.parts.forecast import chance_words
from layouts.parts.frame import Filter, section
from layouts.parts.source import source_line
from layouts.routes import DISTRICT, WARN, link

STATES = ("new", "reminded", "received", "answered", "lifted")
MOST_SUBJECTS = 3


def panels(view: WarnView, filters: list[Filter]) -> list[AnyPanel]:
    """Every panel of the page in reading order."""
    rows = view.rows
    head = page_head(route=WARN, state=rows.state, snapshot=rows.snapshot, filters=filters)
    return [
        Panel(WarnId.HEAD, "head", head),
        Panel(WarnId.ANSWER, "answer", _headline(view)),
        Panel(WarnId.TABLE, "table-panel", [_table(view)]),
        Panel(WarnId.RULES, "rules-panel", [deadlines(view), _rules(view)]),
        Panel(WarnId.WARNING, "drawer", warning_drawer(view)),
        Panel(WarnId.SOURCE, "source-panel", [source_line(rows, WARN.draws, text("warn.source"), basis=AS_WAS)]),
    ]


def document_title(view: WarnView) -> str:
    """Browser tab and history entry."""
    return page_title(view.rows.scope_name, text("navigation.warn"))


def _headline(view: WarnView) -> list[Node]:
    counts = level_counts(view.warnings)
    red = {w.district_code for w in view.warnings if w.level == "red" and w.state != "lifted"}
    units = {w.district_code for w in view.warnings if w.state != "lifted"}
    name = view.rows.scope_name
    of_unit = "_unit" if view.rows.chosen is not None else ""
    heading: list[Node] = [
        text("ledger.scope", name=name) if name else "",
        run(text(f"warn.title_red{of_unit}", count=counts["red"], units=len(red)), look="c-fail")
        if counts["red"]
        else text("warn.title_no_red"),
        text(f"warn.title{of_unit}", orange=counts["orange"], yellow=counts["yellow"], units=len(units)),
    ]
    states = {s: sum(1 for w in view.warnings if w.state == s) for s in STATES}
    late = sum(1 for w in view.warnings if w.is_late(view.today))
    subtitle = text("warn.sub", **states)
    if view.fresh:
        subtitle += text("warn.sub_fresh", count=len(view.fresh))
    if late:
        subtitle += text("warn.sub_late", count=late)
    subtitle += silence_words(view.rows) + scope_words(view.rows)
    return headline(*heading, sub=[subtitle])


def _table(view: WarnView) -> Node:
    """The warnings, the units of one rule together."""
    rows = view.rows
    columns: list[Column[WarningRow]] = [
        column("warn.column_", "level", lambda w: cell(level_chip(w.level))),
        column("warn.column_", "unit", lambda w: _unit(rows, w), Kind.NAME),
        column("warn.column_", "rule", lambda w: w.rule.name),
        column("warn.column_", "subject", lambda w: _subjects(rows, w)),
        column("warn.column_", "since", lambda w: month_cell(w.since), Kind.DATE),
        column("warn.column_", "state", _state),
        column("warn.column_", "answer_by", lambda w: _answer_by(view, w), Kind.DATE),
    ]
    look = TableLook[WarningRow](
        table="mini warnings by-rule", row=lambda w: "on" if w.warning_key == rows.state.issue else ""
    )
    table = data_table(
        columns,
        [],
        name=text("sheet.warnings"),
        key=lambda w: w.warning_key,
        look=look,
        groups=[_group(members) for members in by_rule(view.shown)],
    )
    body = table if view.shown else no_rows(text("warn.empty"))
    title = text("warn.table_title", count=len(view.shown))
    archives = sent_archives(view.letters)
    return section(title, reminding(view), archives, body, _ended(view), lead=_segments(view))


def _group(members: Sequence[WarningRow]) -> RowGroup[WarningRow]:
    rule = members[0].rule
    title = text("warn.group", rule=rule.name, units=len(members), days=rule.days_to_answer)
    return RowGroup(title=title, rows=members, mark=level_chip(members[0].level))


def _unit(rows: UnitContext, warning: WarningRow) -> Cell:
    code = warning.district_code
    name = next((u.short_name for u in rows.units if u.district_code == code), code)
    return linked(name, link(DISTRICT, rows.state, district=code, group="", only="", issue=""))


def _state(warning: WarningRow) -> str:
    """Where it stands; of a raised one also from which level."""
    state = text(f"warn.state_{warning.state}")
    if warning.escalation is None:
        return state
    return text("warn.raised", state=state, level=text(f"warn.level_{warning.rule.level}"))


def _subjects(rows: UnitContext, warning: WarningRow) -> Cell:
    """What the first subjects are warned about, and how many more there are; it opens the warning."""
    subjects = [subject_words(rows, warning, s, is_brief=True) for s in warning.subjects[:MOST_SUBJECTS]]
    more = len(warning.subjects) - len(subjects)
    if more > 0:
        subjects.append(text("warn.more_subjects", count=more))
    sentence = "；".join(w for w in subjects if w)
    return linked(sentence, link(WARN, rows.state, issue=warning.warning_key, why=""), look="wide")


def _answer_by(view: WarnView, warning: WarningRow) -> Cell:
    look = "c-fail b" if warning.is_late(view.today) else "mut"
    if warning.answer_by is None and warning.state == "new":
        return cell(text("warn.days_to_answer", days=warning.rule.days_to_answer), look=look)
    return day_cell(warning.answer_by, look=look)


def _ended(view: WarnView) -> Node:
    """Warnings whose cause is gone, folded up."""
    if not view.ended:
        return None
    items = [
        list_item(text("warn.ended_words", name=e.words, day=formatting.moment(e.updated_at)), key=e.warning_key)
        for e in view.ended
    ]
    return disclosure(text("warn.ended", count=len(items)), bullet_list(items, look="files"), look="chart-table")


def _segments(view: WarnView) -> Node:
    counts = level_counts(view.warnings)
    states = {s: sum(1 for w in view.warnings if w.state == s) for s in STATES}
    choices = [
        ("", text("warn.all"), len(view.warnings)),
        (FRESH, text("warn.fresh"), len(view.fresh)),
        *[(level, text(f"warn.level_{level}"), counts[level]) for level in LEVELS],
        *[(state, text(f"warn.state_{state}"), count) for state, count in states.items()],
    ]
    chosen = view.rows.state.only
    return segments(
        [
            Segment(
                label=label,
                href=link(WARN, view.rows.state, only=only, issue=""),
                is_chosen=only == chosen,
                look="on" if only == chosen else "",
                count=count,
            )
            for only, label, count in choices
        ],
        label=text("warn.segments"),
    )


def _rules(view: WarnView) -> Node:
    """The rules in force, so that nobody must ask why there is a warning."""

    def days(rule: WarningRule) -> Cell:
        count = rule.days_to_answer
        return cell(text("warn.rule_days", days=count), value=count, unit=text("warn.unit_days"), look="mut")

    columns: list[Column[WarningRule]] = [
        file_column("file_head.level", lambda r: cell(level_chip(r.level))),
        file_column("file_head.rule", lambda r: r.name, Kind.NAME),
        file_column("file_head.line", lambda r: cell(_line(view.rows, r), look="mut")),
        file_column("file_head.days", days, Kind.AMOUNT),
    ]
    table = data_table(
        columns,
        view.rules,
        name=text("sheet.warning_rules"),
        key=lambda r: r.warning_code,
        look=TableLook(table="mini rules", has_head=False),
    )
    note = paragraph(text("warn.rules_note"), look="src")
    return section(text("warn.rules_title", count=len(view.rules)), table, note)


def _line(rows: UnitContext, rule: WarningRule) -> str:
    if rule.line is None:
        return ""
    if rule.unit == "chance":
        return text("warn.line_chance", words=chance_words(float(rule.line), rows.chance_lines))
    return text("warn.line", value=formatting.plain(rule.line) + unit_name(rule.unit))
