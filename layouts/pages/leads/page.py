"""线索核查 as a list of panels: what was tested, what was found, and how it may be innocent."""

from data.rows.lead_findings import Limits, Outcome
from data.text import text
from layouts import formatting
from layouts.ids import LeadsId
from layouts.markup import Node, h
from layouts.page import AnyPanel, Panel
from layouts.pages.leads.rows import KINDS, Lead, LeadsView
from layouts.pages.leads.words import case_words, certainty_words, found_words, school_words
from layouts.parts.frame import Filter, filter_bar, header, notice, section
from layouts.parts.source import source_line
from layouts.routes import DISTRICT, LEADS, SCHOOL, link

COLUMNS = ("unit", "school", "found", "cases", "q")
SUMMARY = ("test", "asks", "tested", "line", "leads")
MOST_ROWS = 40


def panels(view: LeadsView, filters: list[Filter]) -> list[AnyPanel]:
    """Every panel of the page in reading order."""
    rows = view.rows
    head = [*header(LEADS, rows.state), filter_bar(filters, rows.snapshot, LEADS.draws)]
    found = [_found(view, test) for test in KINDS if view.of(test)]
    return [
        Panel(LeadsId.HEAD, "head", head),
        Panel(LeadsId.ANSWER, "answer", _answer(view)),
        Panel(LeadsId.TESTS, "tests-panel", [_tested(view), *(found or [_none(view)])]),
        Panel(LeadsId.REASONS, "side-panel", [_reasons(view)]),
        Panel(LeadsId.SOURCE, "source-panel", [source_line(rows, LEADS.draws, text("leads.source", pool=view.pool))]),
    ]


def document_title(view: LeadsView) -> str:
    """Browser tab and history entry."""
    return " · ".join(w for w in (view.rows.scope_name, text("navigation.leads"), text("app.name")) if w)


def _answer(view: LeadsView) -> list[Node]:
    period = formatting.month(view.rows.period.snapshot_date)
    place = view.rows.scope_name or text("leads.city")
    title = text("leads.title_none", period=period, place=place)
    if view.rows.is_silent and not view.leads:
        title = text("sub.about_unit", name=period + place, words=text("sub.not_reported"))
    if view.leads:
        units = len({lead.district_code for lead in view.leads})
        title = text("leads.title", period=period, place=place, count=len(view.leads), units=units)
    return [
        h("h1", {"id": "content", "tabIndex": -1, "className": "small"}, title),
        h("p", {"className": "sub"}, text("leads.sub")),
    ]


def _heads(columns: tuple[str, ...]) -> Node:
    cells = [
        h(
            "th",
            {"scope": "col", "key": c, "className": "num" if c in ("cases", "q", "tested", "leads") else None},
            text(f"leads.column_{c}"),
        )
        for c in columns
    ]
    return h("thead", {}, h("tr", {}, *cells))


def _tested(view: LeadsView) -> Node:
    body = [
        h(
            "tr",
            {"key": test},
            h("th", {"scope": "row"}, text(f"leads.test_{test}")),
            h("td", {}, text(f"leads.asks_{test}")),
            h("td", {"className": "num"}, _tested_words(view, test)),
            h("td", {}, text(f"leads.line_{test}", **_limit_words(view.limits))),
            h("td", {"className": "num b" if view.of(test) else "num mut"}, formatting.count(len(view.of(test)))),
        )
        for test in KINDS
    ]
    return section(
        text("leads.tested_title"), h("table", {"className": "mini leads"}, _heads(SUMMARY), h("tbody", {}, *body))
    )


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
    found = {name: formatting.share(value) for name, value in values.items()}
    found |= {name: formatting.count(values[name]) for name in counts}
    return found | {
        "least_odds": formatting.rounded(limits.least_odds, 1),
        "outlier_times": formatting.plain(limits.outlier_times),
        "q_line": formatting.plain(limits.false_share),
    }


def _none(view: LeadsView) -> Node:
    return notice(
        text("leads.none"),
        text("leads.none_body", tests=len(view.tests), share=formatting.share(view.limits.false_share)),
    )


def _found(view: LeadsView, test: str) -> Node:
    leads = view.of(test)
    more = len(leads) - MOST_ROWS
    return section(
        text("leads.found_title", test=text(f"leads.test_{test}"), count=len(leads)),
        h("p", {"className": "src"}, text(f"leads.reason_{test}", pool=view.pool)),
        h(
            "table",
            {"className": "mini leads"},
            _heads(COLUMNS),
            h("tbody", {}, *[_lead(view, n, lead) for n, lead in enumerate(leads[:MOST_ROWS])]),
        ),
        h("p", {"className": "src"}, text("leads.more", count=more)) if more > 0 else None,
    )


def _lead(view: LeadsView, number: int, lead: Lead) -> Node:
    state = view.rows.state
    school: Node = school_words(lead) or formatting.NONE
    code = "" if isinstance(lead, Outcome) else lead.school_code
    if code:
        href = link(SCHOOL, state, school=code, district="", group="")
        school = h("a", {"href": href, "data-nav": "1"}, school)
    unit = link(DISTRICT, state, district=lead.district_code, group="")
    return h(
        "tr",
        {"key": str(number)},
        h("th", {"scope": "row"}, h("a", {"href": unit, "data-nav": "1"}, view.name(lead.district_code))),
        h("td", {}, school),
        h("td", {}, found_words(view, lead)),
        h("td", {"className": "num"}, case_words(lead)),
        h("td", {"className": "num"}, certainty_words(lead)),
    )


def _reasons(view: LeadsView) -> Node:
    parts: list[Node] = []
    for test in KINDS:
        how = text(f"leads.how_{test}", **_limit_words(view.limits))
        parts += [
            h("h3", {"key": f"{test}-name"}, text(f"leads.test_{test}")),
            h("p", {"key": f"{test}-innocent"}, text(f"leads.innocent_{test}")),
            h("p", {"className": "src", "key": f"{test}-how"}, how),
        ]
    return section(text("leads.reasons_title"), *parts)
