"""Findings by cause: what must be mended, what must be explained, what was merely noticed."""

from collections.abc import Collection, Mapping

from data.catalogue.input_tables import InputColumn
from data.catalogue.loader import load_catalogue
from data.rows.examination import ColumnRecord, FindingRecord
from data.store.submission import Submission, group_of
from data.text import text
from layouts import formatting
from layouts.components.elements import block, bullet_list, disclosure, list_item, paragraph, run, strong
from layouts.components.forms import long_field, submit_button
from layouts.components.sections import heading, region
from layouts.markup import Node

MOST_SHOWN = 300
MOST_CELLS = 400
COLUMN_UNIT = "column_unit"
BESIDE = ("unknown_column", "column_mapped")
"""Said of each column in the list of columns."""
BY_SCHOOL = ("school_missing", "replaces_losing")
"""Answered school by school, in a section of its own."""


def causes(submission: Submission, *, may_answer: bool, may_map: bool, form: str, typed: Mapping[str, str]) -> Node:
    """The findings in the order of their weight; where they may be answered, with the fields of `form`.

    Where columns may be mapped, a column that seems to be in another unit has a button that reads it so.
    """
    told = [f for f in submission.result["findings"] if f["finding_code"] not in BESIDE]
    findings = told[:MOST_SHOWN]
    count = submission.result.get("finding_count", len(told)) - len(submission.result["findings"]) + len(told)
    title = text("returns.findings", count=formatting.count(count))
    if not findings:
        return region(heading(title), paragraph(text("returns.no_findings")), look="causes")
    asked: set[str] = set()
    columns = submission.result.get("columns", []) if may_map else []
    items = [_cause(f, submission, asked, form if may_answer else "", columns, typed) for f in findings]
    return region(heading(title), bullet_list(items, look="cause-list"), look="causes")


def cell_count(finding: FindingRecord) -> int:
    """How many cells a finding is about; a whole table counts as one."""
    return max(1, len(finding.get("cells", [])))


def _cause(
    finding: FindingRecord,
    submission: Submission,
    asked: set[str],
    form: str,
    columns: Collection[ColumnRecord],
    typed: Mapping[str, str],
) -> Node:
    group = group_of(finding)
    is_question = finding["severity"] == "query" and group not in asked
    answer: list[Node] = []
    if is_question and form and finding["finding_code"] not in BY_SCHOOL:
        asked.add(group)
        answer.append(_answer(submission, group, form, typed))
    if finding["finding_code"] == COLUMN_UNIT:
        answer += _read_in_unit(finding, columns)
    severity, cells = finding["severity"], finding.get("cells", [])
    return list_item(
        run(text(f"returns.level.{severity}"), look=f"tag tag-{severity}"),
        block(
            strong(finding["message"]),
            paragraph(_place(finding), run(finding["suggested_fix"]), look="src"),
            _cells(finding),
            *answer,
            look="cause-words",
        ),
        run(formatting.count(len(cells)), look="cause-count", title=text("returns.cells")) if cells else None,
        look=f"cause level-{severity}",
    )


def _place(finding: FindingRecord) -> str:
    place = [finding["file_name"], finding["sheet"], finding["column"]]
    if finding["row"]:
        place.append(text("reception.row", row=finding["row"]))
    if finding["value"] and finding["value"] not in finding["message"] and len(finding.get("cells", [])) <= 1:
        place.append(text("returns.read_as", values=finding["value"]))
    return " · ".join(filter(None, place)) + "　"


def _cells(finding: FindingRecord) -> Node:
    cells = finding.get("cells", [])
    if len(cells) <= 1:
        return None
    listing = "、".join(cells[:MOST_CELLS]) + (text("reception.and_more") if len(cells) > MOST_CELLS else "")
    values = text("returns.read_as", values=finding["value"]) if finding["value"] else ""
    return disclosure(text("returns.see_cells", count=formatting.count(len(cells))), paragraph(listing, " ", values))


def _answer(submission: Submission, group: str, form: str, typed: Mapping[str, str]) -> Node:
    name = f"explain.{group}"
    said = typed.get(name, submission.explanations.get(group, ""))
    return long_field(name, text("returns.explain_here"), value=said, form=form)


def _read_in_unit(finding: FindingRecord, columns: Collection[ColumnRecord]) -> list[Node]:
    """A button that reads the whole column in the unit that it seems to be in; sent with the form of columns."""
    headers = [c["header"] for c in columns if c["column"] == finding["column"]]
    known = next((c for c in load_catalogue().rows(InputColumn) if c.header == finding["column"]), None)
    if not headers or known is None:
        return []
    label = text("returns.read_in_unit", unit=finding["value"], own=known.unit)
    value = f"{known.header}（{finding['value']}）"
    return [
        submit_button(label, look="button", name=f"column.{header}", value=value, form="map-columns")
        for header in dict.fromkeys(headers)
    ]
