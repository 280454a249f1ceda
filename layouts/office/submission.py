"""A file handed in: its findings, its preview, and the decision on it."""

from dataclasses import dataclass

from data.rows.examination import CvRecord, FindingRecord
from data.store.submissions import APPROVED, CHECKED, RETURNED, SUBMITTED, Submission, group_of
from data.text import text
from layouts import formatting
from layouts.components.cells import cv_cell
from layouts.components.data_table import Column, Kind, column
from layouts.components.elements import block, link_to, paragraph, run
from layouts.components.forms import hidden_field, long_field, post_form, submit_button
from layouts.components.sections import heading, region
from layouts.document import alert_line, document
from layouts.markup import Node
from layouts.office.handed_in import tables_handed_in
from layouts.office.return_board import SCRIPTS, count_of
from layouts.office.table import COLUMN, long_words, office_table

MOST_SHOWN = 300


@dataclass(frozen=True)
class Rights:
    """What the viewer may do with a submission, and what it is.

    `is_correction` where it replaces what is in force; `has_marked_file` where there is a file with
    the findings in it; `is_compared_with_demonstration` where what it replaces is invented.
    """

    may_submit: bool
    may_approve: bool
    is_correction: bool
    has_marked_file: bool
    is_compared_with_demonstration: bool


def submission_page(
    submission: Submission, name: str, rights: Rights, token: str, account_bar: Node, message: str
) -> str:
    """Findings with explanations, the preview of the verdicts, what changes, and the next step."""
    period, number = submission.period, submission.submission_id
    to_board = link_to(text("returns.back"), href=f"/data?period={period}", stays=False)
    marked = link_to(text("returns.marked"), href=f"/data/{number}/marked", look="button", stays=False)
    demonstration = run(text("returns.demo_before"), look="demo")
    sent_back = text("returns.sent_back", note=submission.note, by=submission.decided_by)
    may_submit = rights.may_submit and submission.status == CHECKED and not submission.is_blocked
    may_decide = rights.may_approve and submission.status == SUBMITTED
    return document(
        text("returns.title"),
        [
            paragraph(to_board),
            heading(_lead(submission, name), level=1),
            paragraph(_file_line(submission), look="src"),
            paragraph(demonstration) if rights.is_compared_with_demonstration else None,
            alert_line(message, role="status") if message else None,
            alert_line(sent_back, is_failure=True) if submission.note else None,
            paragraph(marked) if rights.has_marked_file else None,
            _preview(submission),
            tables_handed_in(submission.result),
            heading(text("returns.findings", count=str(submission.result.get("finding_count", 0)))),
            _findings(submission),
            _submit_form(submission, token, is_correction=rights.is_correction)
            if may_submit
            else _explained(submission),
            _decision_form(submission, token) if may_decide else None,
        ],
        "office",
        account_bar=account_bar,
        scripts=SCRIPTS,
    )


def _lead(submission: Submission, name: str) -> str:
    """What stands in the way, or how far the file is."""
    errors, queries = count_of(submission, "error"), count_of(submission, "query")
    lead = "explain" if queries and submission.status == CHECKED else submission.status
    lead = "blocked" if errors else lead
    counts = {"errors": str(errors), "queries": str(queries)}
    return text(f"returns.lead_of.{lead}", name=name, period=submission.period, **counts)


def _file_line(submission: Submission) -> str:
    return text(
        "returns.file_line",
        file=submission.file_name,
        by=submission.submitted_by,
        hash=submission.sha256[:12],
        last=submission.moved_by,
        time=formatting.moment(submission.updated_at),
    )


def _preview(submission: Submission) -> Node:
    """The verdicts as they would be, or are, with this file."""
    preview = submission.result.get("preview")
    if preview is None or "districts" not in preview:
        return paragraph(text("returns.no_preview")) if submission.is_blocked else None
    columns: list[Column[CvRecord]] = [
        column(COLUMN, "stage", lambda d: text(f"stage.{d['stage']}")),
        column(COLUMN, "indicator", lambda d: d["indicator"]),
        column(COLUMN, "cv", lambda d: cv_cell(d["cv"], None), Kind.CV),
        column(COLUMN, "limit", lambda d: cv_cell(d["limit"], None), Kind.CV),
        column(COLUMN, "verdict", lambda d: text(f"returns.complies.{str(d['complies']).lower()}"), Kind.VERDICT),
    ]
    title = text("returns.preview_taken" if submission.status == APPROVED else "returns.preview")
    sections = text(
        "returns.preview_sections",
        failing=str(len(preview["sections"])),
        undecidable=str(preview.get("undecidable_count", 0)),
        total=str(preview["section_count"]),
    )
    return region(
        heading(title), paragraph(sections), office_table(columns, preview["districts"], name=text("sheet.preview"))
    )


def _findings(submission: Submission) -> Node:
    findings = submission.result["findings"][:MOST_SHOWN]
    if not findings:
        return paragraph(text("returns.no_findings"))
    columns: list[Column[FindingRecord]] = [
        column(COLUMN, "level", lambda f: text(f"returns.level.{f['severity']}")),
        column(COLUMN, "sheet", lambda f: f["sheet"]),
        column(COLUMN, "row", lambda f: str(f["row"] or formatting.NONE), Kind.COUNT),
        column(COLUMN, "column", lambda f: f["column"]),
        column(COLUMN, "value", lambda f: long_words(f["value"])),
        column(COLUMN, "message", lambda f: long_words(f["message"])),
        column(COLUMN, "fix", lambda f: long_words(f["suggested_fix"])),
    ]
    return office_table(columns, findings, name=text("sheet.findings"), row_look=lambda f: f"level-{f['severity']}")


def _submit_form(submission: Submission, token: str, *, is_correction: bool) -> Node:
    """An explanation for each doubt, and for a correction its reason."""
    fields = [
        long_field(f"explain.{group}", text("returns.explain", **_doubt(submission, group)))
        for group in submission.to_explain
    ]
    if is_correction:
        fields.append(long_field("words", text("returns.reason")))
    return _step_form(submission, token, "submit", *fields, submit_button(text("returns.submit")))


def _doubt(submission: Submission, group: str) -> dict[str, str]:
    """What is asked about: the column, how many cells, and the words of the first."""
    findings = [f for f in submission.result["findings"] if group_of(f) == group]
    return {
        "column": findings[0]["column"] or formatting.NONE,
        "count": str(len(findings)),
        "message": findings[0]["message"],
    }


def _explained(submission: Submission) -> Node:
    """What was said to each doubt, and why what is in force is corrected."""
    rows = [
        (text("returns.doubt", **_doubt(submission, group)), answer)
        for group, answer in submission.explanations.items()
    ]
    if submission.reason:
        rows.append((text("returns.reason"), submission.reason))
    if not rows:
        return None
    columns: list[Column[tuple[str, str]]] = [
        column(COLUMN, "doubt", lambda row: long_words(row[0])),
        column(COLUMN, "words", lambda row: long_words(row[1])),
    ]
    title = text("returns.explained")
    return region(heading(title), office_table(columns, rows, name=title))


def _decision_form(submission: Submission, token: str) -> Node:
    return _step_form(
        submission,
        token,
        "decide",
        long_field("words", text("returns.note"), required=False),
        block(
            submit_button(text("returns.approve"), name="status", value=APPROVED),
            submit_button(text("returns.send_back"), look="button", name="status", value=RETURNED),
        ),
    )


def _step_form(submission: Submission, token: str, action: str, *fields: Node) -> Node:
    """A form that moves the submission on, if nobody has moved it since."""
    address = f"/data/{submission.submission_id}/{action}"
    return post_form(address, token, hidden_field("version", str(submission.version)), *fields, look="stacked")
