"""学校: the panels of the page and the title of its document."""

from decimal import Decimal
from functools import partial

from data.proof_key import section_key
from data.rows.school import SchoolPeriodRow, SchoolSectionRow
from data.text import text
from data.view_state import AS_WAS, STAGES
from layouts import formatting
from layouts.components.cells import count_cell, verdict_cell
from layouts.components.data_table import Cell, Column, Kind, TableLook, cell, column, data_table
from layouts.components.elements import link_to, pairs, paragraph, run, scroll_region, small
from layouts.components.gloss import glossed
from layouts.components.heads import headline, page_head, page_title
from layouts.ids import SchoolId
from layouts.markup import Node
from layouts.page import AnyPanel, Panel
from layouts.pages.school.limits import limits
from layouts.pages.school.rows import LEVELS, SchoolView
from layouts.pages.school.split import split
from layouts.parts.frame import Filter, section
from layouts.parts.small_charts import sparkline
from layouts.parts.source import source_line
from layouts.parts.supply import is_spare, owed_by_school
from layouts.routes import DISTRICT, LEDGER, SCHOOL, link

PLAIN_LINK = "plain-link"
LEAST_VALUES = 2
"""Of a line over time."""


def panels(view: SchoolView, filters: list[Filter]) -> list[AnyPanel]:
    """Every panel of the page in reading order."""
    head = page_head(route=SCHOOL, state=view.state, snapshot=view.snapshot, filters=filters)
    return [
        Panel(SchoolId.HEAD, "head", head),
        Panel(SchoolId.ANSWER, "answer", _headline(view)),
        Panel(SchoolId.SECTIONS, "sections-panel", _sections(view)),
        Panel(SchoolId.SPLIT, "split-panel", [*split(view), *limits(view)]),
        Panel(SchoolId.HISTORY, "history-panel", [_history(view)]),
        Panel(SchoolId.RETURN, "return-panel", [_return(view)]),
        Panel(SchoolId.SOURCE, "source-panel", [source_line(view, SCHOOL.draws, text("heatmap.source"), basis=AS_WAS)]),
    ]


def document_title(view: SchoolView) -> str:
    """Browser tab and history entry."""
    return page_title(view.now.school_name, text("navigation.school"))


def _headline(view: SchoolView) -> list[Node]:
    in_scope = [s for s in view.stages if view.section(s)[0].is_in_scope]
    level = LEVELS[view.complies]
    verdict = run(text(f"level.{level}"), look=f"t-{level}")
    if not in_scope:
        verdict = run(text("proof.out_of_scope"), look="c-na")
    to_district = link(DISTRICT, view.state, district=view.district_code, basis=AS_WAS, why="")
    facts = [
        view.now.school_type_name,
        view.now.operator_name,
        view.now.area_type,
        *[
            text("school.stage_pupils", stage=text(f"stage.{s}"), count=formatting.count(float(p)))
            for s, p in view.pupils.items()
        ],
    ]
    return headline(
        view.now.school_name,
        verdict,
        *_lacks(view, in_scope),
        sub=[
            link_to(view.district_name, href=to_district, look=PLAIN_LINK),
            *[text("district.dot") + fact for fact in facts if fact],
            *_issues(view),
        ],
    )


def _lacks(view: SchoolView, stages: list[str]) -> list[Node]:
    """What the school must supply, each supply counted once."""
    bill = [
        text("supply.whole" if c.is_split else f"stage.{c.stage}") * (len(stages) > 1)
        + c.indicator_name
        + formatting.gap(c.binding_gap, c.gap_unit)
        for stage in stages
        for c in view.section(stage)
        if c.binding_gap
    ]
    return [text("school.lacks", bill="、".join(bill))] if bill else []


def _issues(view: SchoolView) -> list[Node]:
    if not view.issue_count:
        return []
    href = link(LEDGER, view.state, school=view.school_code, only="all", why="", district="", period="")
    return [text("district.dot"), link_to(text("school.issues", count=view.issue_count), href=href, look=PLAIN_LINK)]


def _sections(view: SchoolView) -> list[Node]:
    if not view.sections:
        return [section(text("school.no_sections"))]
    note = paragraph(*glossed(text("school.note"), "remainder"), look="src")
    return [*(_section(view, stage) for stage in view.stages), note]


def _section(view: SchoolView, stage: str) -> Node:
    """The indicators of one stage: value, standard, floor, verdict, gap."""
    rows, name = view.section(stage), text(f"stage.{stage}")
    first = rows[0]
    if first.is_in_scope:
        word = text(f"level.{LEVELS[first.complies]}")
        title = text("school.section_title", stage=name, total=len(rows), met=first.met_count, word=word)
    else:
        title = name + text("proof.out_of_scope") + (text(f"reason.{first.reason_code}") if first.reason_code else "")
    columns: list[Column[SchoolSectionRow]] = [
        column("school.col_", "name", _name, Kind.NAME),
        column("school.col_", "value", lambda row: _value(view, row), Kind.NUMBER),
        column("school.col_", "course", lambda row: _course(view, row), Kind.PICTURE),
        column("school.col_", "standard", _standard, Kind.NUMBER),
        column("school.col_", "floor", _floor_cell, Kind.NUMBER),
        column("school.col_", "word", _verdict, Kind.VERDICT),
        column("school.col_", "gap", _gap, Kind.AMOUNT),
    ]
    return section(
        title,
        data_table(
            columns,
            rows,
            name=text("sheet.indicators", stage=name),
            key=lambda row: row.stage + row.indicator_code,
            look=TableLook(table="mini values"),
        ),
    )


def _name(row: SchoolSectionRow) -> Cell:
    return cell(f"{row.indicator_code} {row.indicator_name}", small(f" {row.unit}", look="mut"))


def _value(view: SchoolView, row: SchoolSectionRow) -> Cell:
    proof = link(SCHOOL, view.state, why=section_key(view.state.school, row.stage, row.indicator_code))
    printed = formatting.value(row.section_value, row.threshold, _floor(row))
    label = f"{row.indicator_name} {text('proof.label')}"
    return cell(link_to(printed, href=proof, look=PLAIN_LINK, aria_label=label), value=row.section_value, look="b")


def _course(view: SchoolView, row: SchoolSectionRow) -> Cell | str:
    """The value over time beside its standard; nothing where there is but one."""
    values = view.course(row)
    known = [value for value in values if value is not None]
    if row.threshold is None or len(known) < LEAST_VALUES:
        return ""
    first, last = (formatting.value(value, row.threshold) for value in (known[0], known[-1]))
    tip = text("school.course", name=row.indicator_name, first=first, last=last)
    return cell(sparkline(values, float(row.threshold), is_within=row.is_met, tip=tip))


def _standard(row: SchoolSectionRow) -> Cell | str:
    return "" if row.threshold is None else cell("≥ " + formatting.plain(row.threshold), value=row.threshold)


def _floor_cell(row: SchoolSectionRow) -> Cell:
    floor = _floor(row)
    return cell(formatting.rounded(floor, 3) if floor else "", value=floor or None, look="mut")


def _floor(row: SchoolSectionRow) -> Decimal | None:
    """Below it no item of a section may lie, exempt or not."""
    if row.threshold is None or row.floor_share is None:
        return None
    return row.threshold * row.floor_share


def _verdict(row: SchoolSectionRow) -> Cell:
    if not row.is_in_scope:
        return _no_part()
    return verdict_cell("near", text("school.exempt")) if is_spare(row) else verdict_cell(LEVELS[row.is_met])


def _gap(row: SchoolSectionRow) -> Cell | str:
    """What the school owes, in words that say which stage drives it; of an item that may stay, the whole too."""
    if not row.is_in_scope or row.is_met is not False:
        return ""
    owed = owed_by_school(row, row.gap_unit)
    if row.is_exempt:
        whole = formatting.gap(row.threshold_gap, row.gap_unit)
        owed = text("school.to_floor" if row.required_gap else "school.to_stay", gap=owed, whole=whole)
    return cell(owed, look="c-fail b" if row.required_gap else "")


def _history(view: SchoolView) -> Node:
    """The school in every period, and what changed in each."""
    notes = {
        now.period: "；".join(_changes(before, now))
        for before, now in zip([None, *view.history], view.history, strict=False)
    }

    def period(row: SchoolPeriodRow) -> Cell:
        href = link(SCHOOL, view.state, period=row.period, why="")
        return cell(link_to(formatting.month(row.snapshot_date), href=href, look=PLAIN_LINK), value=row.snapshot_date)

    columns: list[Column[SchoolPeriodRow]] = [
        column("school.h_", "period", period, Kind.DATE),
        column("school.h_", "name", partial(_as_new, view, "school_name")),
        column("school.h_", "type", partial(_as_new, view, "school_type_name")),
        column("school.h_", "district", partial(_as_new, view, "district_name")),
        column("school.h_", "pupils", lambda row: count_cell(_pupils(row)), Kind.COUNT),
        column("school.h_", "verdict", _standing, Kind.VERDICT),
        column("school.h_", "note", lambda row: cell(notes[row.period], look="mut")),
    ]
    look = TableLook[SchoolPeriodRow](row=lambda row: "chosen" if row.period == view.period.period else "")
    table = data_table(columns, view.history, name=text("sheet.history"), key=lambda row: row.period, look=look)
    last = view.history[-1].snapshot_date
    is_gone = last < view.periods[-1].snapshot_date
    gone = text("school.gone", period=formatting.month(last)) if is_gone else ""
    title = text("school.history_title", count=len(view.history)) + gone
    return section(title, scroll_region(table, label=text("school.history"), look="scroll-table"))


def _standing(row: SchoolPeriodRow) -> Cell:
    """The school's verdict in a period; one that takes no part has none."""
    return verdict_cell(LEVELS[row.complies]) if row.is_in_scope else _no_part()


def _no_part() -> Cell:
    return cell(text("proof.out_of_scope"), look="c-na")


def _as_new(view: SchoolView, name: str, row: SchoolPeriodRow) -> Cell | str:
    """What a school is called, is, or belongs to: once, and again where it changed."""
    value: str = getattr(row, name)
    place = view.history.index(row)
    is_new = place == 0 or getattr(view.history[place - 1], name) != value
    return value if is_new else cell(label=value)


def _pupils(row: SchoolPeriodRow) -> Decimal | int:
    return sum(count or 0 for count in (row.primary_pupils, row.junior_pupils, row.senior_pupils))


def _changes(before: SchoolPeriodRow | None, now: SchoolPeriodRow) -> list[str]:
    if before is None:
        return [text("school.first")]
    notes: list[str] = []
    if before.district_code != now.district_code:
        key = "moved_to_successor" if before.district_name == now.district_name else "moved"
        notes.append(text(f"school.{key}", before=before.district_name, now=now.district_name))
    if before.school_type != now.school_type:
        notes.append(text("school.retyped", before=before.school_type_name, now=now.school_type_name))
    if before.school_name != now.school_name:
        notes.append(text("school.renamed", before=before.school_name))
    return notes


def _return(view: SchoolView) -> Node:
    """Every cell of the school's own return, and where it came from."""
    not_applicable = str(view.cells.get("not_applicable") or "").split("|")
    named = {"school_type": view.now.school_type_name, "operator_type": view.now.operator_name}
    rows: list[tuple[Node, Node]] = []
    for input_column in view.columns:
        name = input_column.input_name
        value = view.cells.get(name)
        printed = named.get(name) or str(value or "")
        if isinstance(value, Decimal):
            printed = formatting.plain(value) + input_column.unit
        if not printed:
            is_foreign = input_column.stage in STAGES and input_column.stage not in view.stages
            is_other = is_foreign or input_column.stage in view.never_stages or name in not_applicable
            printed = text("heatmap.na" if is_other else "heatmap.unreported")
        rows.append((input_column.header, printed))
    sent = view.submitted
    place = text("proof.place", file=sent.file_name, sheet=sent.source_sheet, row=sent.source_row)
    imported = formatting.NONE if sent.imported_at is None else formatting.moment(sent.imported_at)
    batch = text("proof.batch_words", batch=sent.batch_id, who=sent.imported_by, time=imported)
    return section(text("school.return_title"), paragraph(f"{place}；{batch}", look="d"), pairs(rows, look="raw"))
