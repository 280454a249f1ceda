"""线索核查: how far each test is from its line, what was found, how it may be innocent, what was not tested."""

from data.rows.lead_findings import Limits, Outcome
from data.text import text
from data.view_state import AS_WAS
from layouts import formatting
from layouts.components.bars import alarm_strip
from layouts.components.cells import linked, picture_column
from layouts.components.data_table import Cell, Column, Kind, TableLook, cell, column, data_table
from layouts.components.elements import pairs, paragraph, small, strong
from layouts.components.heads import headline, page_head, page_title
from layouts.components.rest import rest_note
from layouts.components.sections import details_table, heading
from layouts.ids import LeadsId
from layouts.markup import Node
from layouts.page import AnyPanel, Panel
from layouts.pages.leads.rows import KINDS, Lead, LeadsView
from layouts.pages.leads.words import case_words, certainty_words, effect_words, school_words
from layouts.parts.frame import Filter, notice, section
from layouts.parts.source import source_line
from layouts.routes import DISTRICT, LEADS, SCHOOL, link

MOST_ROWS, MOST_NAMES = 40, 2
STATISTICAL = ("digits", "bunching")
OF_ALL_SCHOOLS = ("digits", "moves")
"""Tests that look at schools that take no part too."""
LOOK = "mini leads"


def panels(view: LeadsView, filters: list[Filter]) -> list[AnyPanel]:
    """Every panel of the page in reading order."""
    rows = view.rows
    head = page_head(route=LEADS, state=rows.state, snapshot=rows.snapshot, filters=filters)
    lists = [_leads(view, test) for test in KINDS if view.of(test)]
    return [
        Panel(LeadsId.HEAD, "head", head),
        Panel(LeadsId.ANSWER, "answer", _headline(view)),
        Panel(LeadsId.TESTS, "tests-panel", [_tests(view), *(lists or [_none(view)])]),
        Panel(LeadsId.REASONS, "side-panel", [_reasons(), _untested(view)]),
        Panel(LeadsId.SOURCE, "source-panel", [_source(view)]),
    ]


def _source(view: LeadsView) -> Node:
    return source_line(view.rows, LEADS.draws, text("leads.source", pool=view.pool), basis=AS_WAS)


def document_title(view: LeadsView) -> str:
    """Browser tab and history entry."""
    return page_title(view.rows.scope_name, text("navigation.leads"))


def _headline(view: LeadsView) -> list[Node]:
    period = formatting.month(view.rows.period.snapshot_date)
    place = view.rows.covered_name or text("leads.city")
    title = text("leads.title_none", period=period, place=place)
    if view.is_unseen:
        title = text("leads.title_unseen", period=period, place=place)
    if view.rows.is_silent and not view.leads:
        title = text("sub.about_unit", name=period + place, words=text("sub.not_reported"))
    if view.leads:
        units = len({lead.district_code for lead in view.leads})
        title = text("leads.title", period=period, place=place, count=len(view.leads), units=units)
    elif view.rows.sees_all and view.rows.chosen is None:
        title += text("leads.title_below")
    recut = view.rows.recut_later if view.rows.state.basis == "current" else []
    note = text("leads.recut_note", names="、".join(recut)) if recut else ""
    return headline(title, sub=[note + text("leads.sub", units=len(view.reported), tests=len(KINDS))])


def _tests(view: LeadsView) -> Node:
    """How far each test is from its line, unit by unit, and how many leads it found of the filter's units."""
    place = view.rows.scope_name

    def count(test: str) -> Cell:
        leads = len(view.of(test))
        if not leads and not view.looked_at(test):
            return cell(text("leads.left_out"), look="mut")
        return cell(formatting.count(leads), look="b" if leads else "mut")

    def name(test: str) -> Cell:
        return cell(text(f"leads.test_{test}"), small(text(f"leads.asks_{test}")))

    columns: list[Column[str]] = [
        column("leads.column_", "test", name, Kind.NAME),
        picture_column("near", lambda test: _strip(view, test), look="near"),
        column("leads.column_", "tested", lambda t: _tested_words(view, t), Kind.COUNT),
        Column(name="leads", head=place + text("leads.column_leads"), cell=count, kind=Kind.COUNT),
    ]
    table = data_table(
        columns, list(KINDS), name=text("sheet.tests"), key=str, look=TableLook(table="mini leads lead-tests")
    )
    return section(text("leads.tested_title"), paragraph(text("leads.tested_lead"), look="d"), table, _methods(view))


def _strip(view: LeadsView, test: str) -> Node:
    """The units as dots; below the line nobody is named."""
    near = view.near.get(test)
    if near is None:
        return paragraph(text(f"leads.far_{test}"), look="d")
    past = [n for n in near if n.is_lead]
    names = "、".join(view.name(n.district_code) for n in past[:MOST_NAMES])
    if len(past) > MOST_NAMES:
        names = text("leads.past_units", count=len(past))
    return alarm_strip(
        [n.share for n in near if not n.is_lead],
        past=[n.share for n in past],
        names=names,
        line=text("leads.alarm_line"),
        start=text("leads.usual"),
        label=text("leads.strip_label", test=text(f"leads.test_{test}"), units=len(near), past=len(past)),
    )


def _tested_words(view: LeadsView, test: str) -> str:
    if test == "corrections":
        return text("leads.all_returns")
    what = {"digits": "units", "bunching": "units", "outliers": "cvs"}.get(test, "schools")
    return text(f"leads.tested_{what}", count=formatting.count(view.tested(test)))


def _methods(view: LeadsView) -> Node:
    """The line of each test and how it is calculated, for who asks."""
    limits = _limit_words(view.limits)
    columns: list[Column[str]] = [
        column("leads.column_", "test", lambda t: text(f"leads.test_{t}"), Kind.NAME),
        column("leads.column_", "line", lambda t: text(f"leads.line_{t}", **limits)),
        column("leads.column_", "how", lambda t: text(f"leads.how_{t}", **limits)),
    ]
    table = data_table(columns, list(KINDS), name=text("sheet.test_methods"), key=str, look=TableLook(table=LOOK))
    return details_table(text("leads.methods"), table, label=text("leads.methods"))


def _limit_words(limits: Limits) -> dict[str, str]:
    """Every limit as the texts may name it."""
    counts = (
        "digit_least",
        "digit_cases",
        "band_cases",
        "equal_counts",
        "copy_pupils",
        "moved_pupils",
        "outlier_sections",
    )
    values: dict[str, float] = vars(limits)
    limit_texts = {name: formatting.share(value) for name, value in values.items()}
    limit_texts |= {name: formatting.count(values[name]) for name in counts}
    return limit_texts | {
        "least_odds": formatting.rounded(limits.least_odds, 1),
        "outlier_times": formatting.plain(limits.outlier_times),
        "q_line": formatting.share(limits.false_share),
    }


def _none(view: LeadsView) -> Node:
    title = view.rows.scope_name + text("leads.none")
    if view.is_unseen:
        title = view.rows.scope_name + text("leads.none_unseen")
    return notice(
        text("sub.not_reported") if view.rows.is_silent else title,
        text("leads.none_body", tests=len(view.tests), share=formatting.share(view.limits.false_share)),
    )


def _leads(view: LeadsView, test: str) -> Node:
    """The leads that one test found."""
    leads, name = view.of(test), text(f"leads.test_{test}")
    columns: list[Column[Lead]] = [
        column("leads.column_", "unit", lambda lead: _unit(view, lead), Kind.NAME),
        column("leads.column_", "school", lambda lead: _school(view, lead)),
        column("leads.column_", "found", lambda lead: effect_words(view, lead)),
        column("leads.column_", "cases", case_words, Kind.COUNT),
        column("leads.column_", "q", certainty_words, Kind.NUMBER),
    ]
    return section(
        text("leads.found_title", test=name, count=len(leads)),
        paragraph(text(f"leads.reason_{test}", pool=view.pool), look="src"),
        data_table(columns, leads[:MOST_ROWS], name=name, look=TableLook(table=LOOK)),
        rest_note("leads.more", len(leads) - MOST_ROWS),
    )


def _unit(view: LeadsView, lead: Lead) -> Cell:
    is_today = any(u.district_code == lead.district_code for u in view.rows.units)
    basis = view.rows.state.basis if is_today else AS_WAS
    href = link(DISTRICT, view.rows.state, district=lead.district_code, group="", basis=basis)
    return linked(view.name(lead.district_code), href)


def _school(view: LeadsView, lead: Lead) -> Cell | str:
    name = school_words(lead) or formatting.NONE
    code = "" if isinstance(lead, Outcome) else lead.school_code
    if not code:
        return name
    return linked(name, link(SCHOOL, view.rows.state, school=code, district="", group=""))


def _reasons() -> Node:
    parts: list[Node] = []
    for test in KINDS:
        parts += [
            heading(text(f"leads.test_{test}"), level=3, key=f"{test}-name"),
            paragraph(text(f"leads.innocent_{test}"), key=f"{test}-innocent"),
        ]
    return section(text("leads.reasons_title"), *parts)


def _untested(view: LeadsView) -> Node:
    """What was not looked at: that is not the same as no lead."""
    silent = [u.short_name for u in view.units if not u.is_reported]
    parts: list[tuple[Node, Node]] = [(strong("、".join(silent)), text("sub.not_reported"))] if silent else []
    for test in STATISTICAL:
        if count := view.untested(test):
            name = text("leads.untested_units", count=count, test=text(f"leads.test_{test}"))
            parts.append((strong(name), text(f"leads.untested_{test}", **_limit_words(view.limits))))
    of_all = {test: text(f"leads.test_{test}") for test in OF_ALL_SCHOOLS}
    parts.append((strong("、".join(view.left_out_types)), text("leads.untested_types", **of_all)))
    return section(
        text("leads.untested_title"), pairs(parts, look="untested"), paragraph(text("leads.untested_note"), look="note")
    )
