"""线索核查: what was tested, what was found, and how it may be innocent."""

from data.rows.lead_findings import Limits, Outcome
from data.text import text
from layouts import formatting
from layouts.components.cells import linked
from layouts.components.data_table import Cell, Column, Kind, TableLook, cell, column, data_table
from layouts.components.elements import paragraph
from layouts.components.heads import headline, page_head, page_title
from layouts.components.rest import rest_note
from layouts.components.sections import heading
from layouts.ids import LeadsId
from layouts.markup import Node
from layouts.page import AnyPanel, Panel
from layouts.pages.leads.rows import KINDS, Lead, LeadsView
from layouts.pages.leads.words import case_words, certainty_words, effect_words, school_words
from layouts.parts.frame import Filter, notice, section
from layouts.parts.source import source_line
from layouts.routes import DISTRICT, LEADS, SCHOOL, link

MOST_ROWS = 40
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
        Panel(LeadsId.REASONS, "side-panel", [_reasons(view)]),
        Panel(LeadsId.SOURCE, "source-panel", [source_line(rows, LEADS.draws, text("leads.source", pool=view.pool))]),
    ]


def document_title(view: LeadsView) -> str:
    """Browser tab and history entry."""
    return page_title(view.rows.scope_name, text("navigation.leads"))


def _headline(view: LeadsView) -> list[Node]:
    period = formatting.month(view.rows.period.snapshot_date)
    place = view.rows.covered_name or text("leads.city")
    title = text("leads.title_none", period=period, place=place)
    if view.rows.is_silent and not view.leads:
        title = text("sub.about_unit", name=period + place, words=text("sub.not_reported"))
    if view.leads:
        units = len({lead.district_code for lead in view.leads})
        title = text("leads.title", period=period, place=place, count=len(view.leads), units=units)
    recut = view.rows.recut_later if view.rows.state.basis == "current" else []
    note = text("leads.recut_note", names="、".join(recut)) if recut else ""
    return headline(title, sub=[text("leads.sub") + note])


def _tests(view: LeadsView) -> Node:
    """What each test asks, what it looked at, its line, and how many leads it found."""
    limits = _limit_words(view.limits)

    def count(test: str) -> Cell:
        leads = len(view.of(test))
        return cell(formatting.count(leads), look="b" if leads else "mut")

    columns: list[Column[str]] = [
        column("leads.column_", "test", lambda t: text(f"leads.test_{t}"), Kind.NAME),
        column("leads.column_", "asks", lambda t: text(f"leads.asks_{t}")),
        column("leads.column_", "tested", lambda t: _tested_words(view, t), Kind.COUNT),
        column("leads.column_", "line", lambda t: text(f"leads.line_{t}", **limits)),
        column("leads.column_", "leads", count, Kind.COUNT),
    ]
    table = data_table(columns, list(KINDS), name=text("sheet.tests"), key=str, look=TableLook(table=LOOK))
    return section(text("leads.tested_title"), table)


def _tested_words(view: LeadsView, test: str) -> str:
    if test == "corrections":
        return text("leads.all_returns")
    what = {"digits": "units", "bunching": "units", "outliers": "cvs"}.get(test, "schools")
    return text(f"leads.tested_{what}", count=formatting.count(view.tested(test)))


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
        "q_line": formatting.plain(limits.false_share),
    }


def _none(view: LeadsView) -> Node:
    return notice(
        text("sub.not_reported") if view.rows.is_silent else text("leads.none"),
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
    basis = view.rows.state.basis if is_today else "as_was"
    href = link(DISTRICT, view.rows.state, district=lead.district_code, group="", basis=basis)
    return linked(view.name(lead.district_code), href)


def _school(view: LeadsView, lead: Lead) -> Cell | str:
    name = school_words(lead) or formatting.NONE
    code = "" if isinstance(lead, Outcome) else lead.school_code
    if not code:
        return name
    return linked(name, link(SCHOOL, view.rows.state, school=code, district="", group=""))


def _reasons(view: LeadsView) -> Node:
    limits = _limit_words(view.limits)
    parts: list[Node] = []
    for test in KINDS:
        parts += [
            heading(text(f"leads.test_{test}"), level=3, key=f"{test}-name"),
            paragraph(text(f"leads.innocent_{test}"), key=f"{test}-innocent"),
            paragraph(text(f"leads.how_{test}", **limits), look="src", key=f"{test}-how"),
        ]
    return section(text("leads.reasons_title"), *parts)
