"""Files handed in as one return: what must be done, what was understood, what it would change, and the next step."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from data.catalogue.input_tables import SchoolDeparture
from data.store.submission import APPROVED, CHECKED, RETURNED, SUBMITTED, Submission, group_of
from data.text import text
from layouts import formatting
from layouts.components.data_table import Column, column
from layouts.components.elements import block, link_to, list_item, numbered_list, paragraph, run, strong
from layouts.components.forms import hidden_field, long_field, post_form, submit_button, tick_field
from layouts.components.sections import heading, region
from layouts.document import alert_line, document
from layouts.markup import Node
from layouts.office.causes import causes, cell_count
from layouts.office.columns_read import columns_read, distinct
from layouts.office.handed_in import tables_handed_in
from layouts.office.outcome import has_preview, outcome
from layouts.office.return_board import count_of
from layouts.office.sheets_read import schools_gone, sheets_read
from layouts.office.table import COLUMN, long_words, office_table
from layouts.office.upload_form import SCRIPTS

FORM = "hand-in"
"""The form whose fields stand with the findings that they answer."""


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


@dataclass(frozen=True)
class Reply:
    """What there is to say after a step, and what its form said where it was refused."""

    message: str = ""
    typed: Mapping[str, str] = field(default_factory=dict[str, str])


def submission_page(
    submission: Submission,
    name: str,
    rights: Rights,
    token: str,
    account_bar: Node,
    reply: Reply,
    departures: Sequence[SchoolDeparture],
) -> str:
    """Steps, findings beside columns, sheets beside verdicts, what changes, and the form of the next step."""
    typed = reply.typed
    may_map = rights.may_submit and submission.status == CHECKED
    may_submit = may_map and not submission.is_blocked
    may_decide = rights.may_approve and submission.status == SUBMITTED
    sent_back = text("returns.sent_back", note=submission.note, by=submission.decided_by)
    form = FORM if may_submit else ""
    return document(
        text("returns.title"),
        [
            paragraph(link_to(text("returns.back"), href=f"/data?period={submission.period}", stays=False)),
            block(
                heading(_lead(submission, name), level=1),
                _actions(submission, rights, may_submit=may_submit, may_decide=may_decide),
                look="head-line",
            ),
            paragraph(_file_line(submission), look="src"),
            paragraph(run(text("returns.demo_before"), look="demo")) if rights.is_compared_with_demonstration else None,
            paragraph(text("returns.same_as_before")) if _changes_nothing(submission) else None,
            alert_line(reply.message, role="status") if reply.message else None,
            alert_line(sent_back, is_failure=True) if submission.note else None,
            _steps(submission),
            block(
                causes(submission, may_answer=may_submit, may_map=may_map, form=FORM, typed=typed),
                columns_read(submission, token, may_map=may_map),
                look="two-columns",
            ),
            block(
                block(sheets_read(submission), schools_gone(submission, departures, form, typed)),
                outcome(submission),
                look="two-columns",
            ),
            tables_handed_in(submission.result),
            _submit_form(submission, token, typed, is_correction=rights.is_correction)
            if may_submit
            else _explained(submission),
            _decision_form(submission, token, typed) if may_decide else None,
            paragraph(text("returns.to_sign"), look="to-sign"),
        ],
        "office",
        account_bar=account_bar,
        scripts=SCRIPTS,
    )


def _lead(submission: Submission, name: str) -> str:
    """What stands in the way, or how far the return is."""
    errors, queries = count_of(submission, "error"), count_of(submission, "query")
    lead = "explain" if queries and submission.status == CHECKED else submission.status
    lead = "blocked" if errors else lead
    cells = sum(cell_count(f) for f in submission.result["findings"] if f["severity"] == "error")
    counts = {"errors": str(errors), "queries": str(queries), "cells": formatting.count(cells)}
    return text(f"returns.lead_of.{lead}", name=name, period=submission.period, **counts)


def _changes_nothing(submission: Submission) -> bool:
    """Whether every table that it holds says what is in force already."""
    kinds = submission.result.get("kinds") or []
    is_open = submission.status in (CHECKED, SUBMITTED) and not submission.is_blocked
    return is_open and bool(kinds) and not any(k.get(n) for k in kinds for n in ("added", "changed", "removed"))


def _file_line(submission: Submission) -> str:
    files = submission.result.get("files") or [{"name": submission.file_name}]
    return text(
        "returns.file_line",
        file="、".join(f["name"] for f in files),
        by=submission.submitted_by,
        hash=submission.sha256[:12],
        last=submission.moved_by,
        time=formatting.moment(submission.updated_at),
    )


def _actions(submission: Submission, rights: Rights, *, may_submit: bool, may_decide: bool) -> Node:
    address = f"/data/{submission.submission_id}/marked"
    marked = (
        link_to(text("returns.marked"), href=address, look="button", stays=False) if rights.has_marked_file else None
    )
    onward = link_to(text("returns.to_form"), href=f"#{FORM}", look="button filled", stays=False)
    decide = link_to(text("returns.to_decision"), href="#decide", look="button filled", stays=False)
    return block(
        marked if rights.has_marked_file else None,
        onward if may_submit else None,
        decide if may_decide else None,
        look="head-actions",
    )


def _steps(submission: Submission) -> Node:
    """Upload, check, verdicts, handing in: places on this page; the one that waits is marked."""
    errors, queries = count_of(submission, "error"), count_of(submission, "query")
    sheets = submission.result.get("sheets", [])
    unknown = sum(c["how"] == "unknown" for c in distinct(submission.result.get("columns", [])))
    sentences = {
        "upload": text("returns.step_upload", files=len(submission.result.get("files", [1])), sheets=len(sheets)),
        "check": text("returns.step_check", errors=errors, queries=queries, unknown=unknown),
        "outcome": text(_outcome_words(submission)),
        "hand_in": text(f"returns.state.{submission.status}"),
    }
    at = "check" if submission.is_blocked else "hand_in"
    items = [
        list_item(
            strong(text(f"returns.step.{step}")),
            paragraph(said, look="src"),
            look="step is-here" if step == at else "step",
            key=step,
        )
        for step, said in sentences.items()
    ]
    return numbered_list(items, look="steps")


def _outcome_words(submission: Submission) -> str:
    if has_preview(submission.result.get("preview")):
        return "returns.step_outcome_taken" if submission.status == APPROVED else "returns.step_outcome"
    return "returns.step_no_outcome" if submission.is_blocked else "returns.step_without_outcome"


def _submit_form(submission: Submission, token: str, typed: Mapping[str, str], *, is_correction: bool) -> Node:
    """The yes and the reason of a correction, and the button; answers to doubts stand with these."""
    fields: list[Node] = []
    if is_correction:
        fields.append(long_field("words", text("returns.reason"), value=typed.get("words", "")))
    if submission.replaces_rows:
        counts = {
            name: formatting.count(sum(k.get(name, 0) for k in submission.result.get("kinds", [])))
            for name in ("changed", "removed")
        }
        fields.append(tick_field("agreed", text("returns.agree", **counts), is_set=bool(typed.get("agreed"))))
    button = submit_button(text("returns.submit"))
    address = f"/data/{submission.submission_id}/submit"
    version = hidden_field("version", str(submission.version))
    form = post_form(address, token, version, *fields, button, look="stacked", id=FORM)
    return region(heading(text("returns.step.hand_in")), form)


def _doubt(submission: Submission, group: str) -> dict[str, str]:
    """What was asked about: the column, how many cells, and the words of the first."""
    findings = [f for f in submission.result["findings"] if group_of(f) == group]
    return {
        "column": findings[0]["column"] or formatting.NONE,
        "count": formatting.count(sum(map(cell_count, findings))),
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


def _decision_form(submission: Submission, token: str, typed: Mapping[str, str]) -> Node:
    return post_form(
        f"/data/{submission.submission_id}/decide",
        token,
        hidden_field("version", str(submission.version)),
        long_field("words", text("returns.note"), value=typed.get("words", ""), required=False),
        block(
            submit_button(text("returns.approve"), name="status", value=APPROVED),
            submit_button(text("returns.send_back"), look="button", name="status", value=RETURNED),
        ),
        look="stacked",
        id="decide",
    )
