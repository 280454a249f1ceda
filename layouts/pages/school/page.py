"""学校 as a list of panels."""

from decimal import Decimal

from data.rows.school import SchoolPeriodRow, SchoolSectionRow
from data.text import text
from layouts import formatting
from layouts.ids import SchoolId
from layouts.markup import Node, h
from layouts.page import AnyPanel, Panel
from layouts.pages.school.limits import limits
from layouts.pages.school.rows import SchoolView
from layouts.pages.school.split import split
from layouts.parts.frame import Filter, filter_bar, header, section
from layouts.parts.glyph import glyph
from layouts.parts.source import source_line
from layouts.parts.supply import is_spare, owed_by_school
from layouts.proof.key import section_key
from layouts.routes import DISTRICT, LEDGER, SCHOOL, link

TONES = {True: "met", False: "unmet", None: "undecidable"}


def panels(view: SchoolView, filters: list[Filter]) -> list[AnyPanel]:
    """Every panel of the page in reading order."""
    head = [*header(SCHOOL, view.state), filter_bar(filters, view.snapshot, SCHOOL.draws)]
    return [
        Panel(SchoolId.HEAD, "head", head),
        Panel(SchoolId.ANSWER, "answer", _answer(view)),
        Panel(SchoolId.SECTIONS, "sections-panel", _sections(view)),
        Panel(SchoolId.SPLIT, "split-panel", [*split(view), *limits(view)]),
        Panel(SchoolId.HISTORY, "history-panel", [_history(view)]),
        Panel(SchoolId.RETURN, "return-panel", [_return(view)]),
        Panel(SchoolId.SOURCE, "source-panel", [source_line(view, SCHOOL.draws, text("heatmap.source"))]),
    ]


def document_title(view: SchoolView) -> str:
    """Browser tab and history entry."""
    return " · ".join((view.now.school_name, text("navigation.school"), text("app.name")))


def _answer(view: SchoolView) -> list[Node]:
    in_scope = [s for s in view.stages if view.section(s)[0].is_in_scope]
    level = TONES[view.complies]
    short = [c for s in in_scope for c in view.section(s) if c.binding_gap]
    heading: list[Node] = [view.now.school_name]
    if in_scope:
        heading.append(h("span", {"className": f"t-{level}"}, text(f"level.{level}")))
        if short:
            bill = "、".join(
                text("supply.whole" if c.is_split else f"stage.{c.stage}") * (len(in_scope) > 1)
                + c.indicator_name
                + formatting.gap(c.binding_gap, c.gap_unit)
                for c in short
            )
            heading.append(text("school.lacks", bill=bill))
    else:
        heading.append(h("span", {"className": "c-na"}, text("proof.out_of_scope")))
    district = h(
        "a",
        {
            "href": link(DISTRICT, view.state, district=view.district_code, why=""),
            "data-nav": "1",
            "className": "plain-link",
        },
        view.district_name,
    )
    facts = [
        view.now.school_type_name,
        view.now.operator_name,
        view.now.area_type,
        *[
            text("school.stage_pupils", stage=text(f"stage.{s}"), count=formatting.count(float(p)))
            for s, p in view.pupils.items()
        ],
    ]
    return [
        h("h1", {"id": "content", "tabIndex": -1, "className": "small"}, *heading),
        h("p", {"className": "sub"}, district, *[text("district.dot") + f for f in facts if f], *_issues(view)),
    ]


def _issues(view: SchoolView) -> list[Node]:
    if not view.issue_count:
        return []
    href = link(LEDGER, view.state, school=view.school_code, only="all", why="", district="", period="")
    return [
        text("district.dot"),
        h(
            "a",
            {"href": href, "data-nav": "1", "className": "plain-link"},
            text("school.issues", count=view.issue_count),
        ),
    ]


def _sections(view: SchoolView) -> list[Node]:
    if not view.sections:
        return [section(text("school.no_sections"))]
    return [_one_section(view, stage) for stage in view.stages]


def _one_section(view: SchoolView, stage: str) -> Node:
    cells = view.section(stage)
    first = cells[0]
    if not first.is_in_scope:
        reason = text(f"reason.{first.reason_code}") if first.reason_code else ""
        title = text(f"stage.{stage}") + text("proof.out_of_scope") + reason
    else:
        title = text(
            "school.section_title",
            stage=text(f"stage.{stage}"),
            total=len(cells),
            met=first.met_count,
            word=text(f"level.{TONES[first.complies]}"),
        )
    head = [
        h(
            "th",
            {"key": k, "scope": "col", "className": "num" if k not in ("name", "word") else None},
            text(f"school.col_{k}"),
        )
        for k in ("name", "value", "standard", "floor", "word", "gap")
    ]
    body = [_cell_row(view, c) for c in cells]
    return section(
        title, h("table", {"className": "mini values"}, h("thead", {}, h("tr", {}, *head)), h("tbody", {}, *body))
    )


def _cell_row(view: SchoolView, cell: SchoolSectionRow) -> Node:
    href = link(SCHOOL, view.state, why=section_key(view.state.school, cell.stage, cell.indicator_code))
    label = f"{cell.indicator_name} {text('proof.label')}"
    attributes = {"href": href, "data-nav": "1", "className": "plain-link", "aria-label": label}
    level = TONES[cell.is_met]
    if is_spare(cell):
        level = "near"
    word = text("school.exempt") if level == "near" else text(f"level.{level}")
    owes = cell.is_in_scope and cell.is_met is False
    gap = owed_by_school(cell, cell.gap_unit) if owes else ""
    standard = "" if cell.threshold is None else "≥ " + formatting.plain(cell.threshold)
    floor = None
    if cell.threshold is not None and cell.floor_share is not None:
        floor = cell.threshold * cell.floor_share
    return h(
        "tr",
        {"key": cell.stage + cell.indicator_code},
        h(
            "th",
            {"scope": "row"},
            f"{cell.indicator_code} {cell.indicator_name}",
            h("small", {"className": "mut"}, f" {cell.unit}"),
        ),
        h(
            "td",
            {"className": "num b"},
            h("a", attributes, formatting.value(cell.section_value, cell.threshold, floor)),
        ),
        h("td", {"className": "num"}, standard),
        h("td", {"className": "num mut"}, formatting.rounded(floor, 3) if floor else ""),
        h("td", {"className": f"t-{level}"}, glyph(level), word),
        h("td", {"className": "num" + (" c-fail b" if owes and cell.required_gap else "")}, gap),
    )


def _history(view: SchoolView) -> Node:
    head = [
        h("th", {"key": k, "scope": "col"}, text(f"school.h_{k}"))
        for k in ("period", "name", "type", "district", "pupils", "verdict", "note")
    ]
    rows: list[Node] = []
    before: SchoolPeriodRow | None = None
    for one in view.history:
        notes = _changes(before, one)
        before = one
        total = sum(p or 0 for p in (one.primary_pupils, one.junior_pupils, one.senior_pupils))
        level = TONES[view.verdicts.get(one.period)]
        rows.append(
            h(
                "tr",
                {"key": one.period, "className": "chosen" if one.period == view.period.period else None},
                h(
                    "td",
                    {},
                    h(
                        "a",
                        {
                            "href": link(SCHOOL, view.state, period=one.period, why=""),
                            "data-nav": "1",
                            "className": "plain-link",
                        },
                        formatting.month(one.snapshot_date),
                    ),
                ),
                h("td", {}, one.school_name),
                h("td", {}, one.school_type_name),
                h("td", {}, one.district_name),
                h("td", {"className": "num"}, formatting.count(total)),
                h("td", {"className": f"t-{level}"}, glyph(level), text(f"level.{level}")),
                h("td", {"className": "mut"}, "；".join(notes)),
            )
        )
    last = view.history[-1]
    gone = (
        text("school.gone", period=formatting.month(last.snapshot_date))
        if last.snapshot_date < view.periods[-1].snapshot_date
        else ""
    )
    table = h(
        "div",
        {"className": "scroll-table", "tabIndex": 0, "role": "region", "aria-label": text("school.history")},
        h("table", {"className": "mini"}, h("thead", {}, h("tr", {}, *head)), h("tbody", {}, *rows)),
    )
    return section(text("school.history_title", count=len(view.history)) + gone, table)


def _changes(before: SchoolPeriodRow | None, now: SchoolPeriodRow) -> list[str]:
    if before is None:
        return [text("school.first")]
    notes: list[str] = []
    if before.district_code != now.district_code:
        notes.append(text("school.moved", before=before.district_name, now=now.district_name))
    if before.school_type != now.school_type:
        notes.append(text("school.retyped", before=before.school_type_name, now=now.school_type_name))
    if before.school_name != now.school_name:
        notes.append(text("school.renamed", before=before.school_name))
    return notes


def _return(view: SchoolView) -> Node:
    not_applicable = str(view.cells.get("not_applicable") or "").split("|")
    named = {"school_type": view.now.school_type_name}
    rows: list[Node] = []
    for column in view.columns:
        value = view.cells.get(column.input_name)
        words = (
            formatting.plain(value) + column.unit
            if isinstance(value, Decimal)
            else named.get(column.input_name) or str(value or "")
        )
        if not words:
            words = text("heatmap.na") if column.input_name in not_applicable else text("heatmap.unreported")
        rows.append(h("div", {"key": column.input_name}, h("dt", {}, column.header), h("dd", {}, words)))
    sent = view.submitted
    place = text("proof.place", file=sent.file_name, sheet=sent.source_sheet, row=sent.source_row)
    imported = formatting.NONE if sent.imported_at is None else formatting.moment(sent.imported_at)
    batch = text("proof.batch_words", batch=sent.batch_id, who=sent.imported_by, time=imported)
    return section(
        text("school.return_title"),
        h("p", {"className": "d"}, f"{place}；{batch}"),
        h("dl", {"className": "raw"}, *rows),
    )
