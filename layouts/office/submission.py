"""A file handed in: its findings, its preview, and the decision on it."""

from dataclasses import dataclass

from data.store.submissions import APPROVED, CHECKED, SUBMITTED, Submission, group_of
from data.text import text
from layouts import formatting
from layouts.document import document, hidden
from layouts.markup import Node, h
from layouts.office.handed_in import tables_handed_in
from layouts.office.return_board import SCRIPTS, board_table, count_of

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


def submission_page(one: Submission, name: str, rights: Rights, token: str, strip: Node, said: str) -> str:
    """Findings with explanations, the preview of the verdicts, what changes, and the next step."""
    errors, queries = count_of(one, "error"), count_of(one, "query")
    lead = "blocked" if errors else "explain" if queries and one.status == CHECKED else one.status
    return document(
        text("returns.title"),
        [
            h("p", {}, h("a", {"href": f"/data?period={one.period}"}, text("returns.back"))),
            h(
                "h1",
                {},
                text(f"returns.lead_of.{lead}", name=name, period=one.period, errors=str(errors), queries=str(queries)),
            ),
            h(
                "p",
                {"className": "src"},
                text(
                    "returns.file_line",
                    file=one.file_name,
                    by=one.submitted_by,
                    hash=one.sha256[:12],
                    last=one.moved_by,
                    time=formatting.moment(one.updated_at),
                ),
            ),
            h("p", {}, h("span", {"className": "demo"}, text("returns.demo_before")))
            if rights.is_compared_with_demonstration
            else None,
            h("p", {"className": "told", "role": "status"}, said) if said else None,
            h("p", {"className": "told told-fail"}, text("returns.sent_back", note=one.note, by=one.decided_by))
            if one.note
            else None,
            h(
                "p",
                {},
                h("a", {"className": "button", "href": f"/data/{one.submission_id}/marked"}, text("returns.marked")),
            )
            if rights.has_marked_file
            else None,
            _preview(one),
            tables_handed_in(one.result, board_table),
            h("h2", {}, text("returns.findings", count=str(one.result.get("finding_count", 0)))),
            _findings(one),
            _submit_form(one, token, is_correction=rights.is_correction)
            if rights.may_submit and one.status == CHECKED and not one.is_blocked
            else _explained(one),
            _decision_form(one, token) if rights.may_approve and one.status == SUBMITTED else None,
        ],
        "office",
        strip=strip,
        scripts=SCRIPTS,
    )


def _preview(one: Submission) -> Node:
    preview = one.result.get("preview")
    if preview is None or "districts" not in preview:
        return h("p", {}, text("returns.no_preview")) if one.is_blocked else None
    rows = [
        h(
            "tr",
            {"key": f"{d['stage']}{d['indicator']}"},
            h("td", {}, text(f"stage.{d['stage']}")),
            h("td", {}, d["indicator"]),
            h("td", {"className": "num"}, formatting.cv(d["cv"])),
            h("td", {"className": "num"}, formatting.cv(d["limit"])),
            h("td", {}, text(f"returns.complies.{str(d['complies']).lower()}")),
        )
        for d in preview["districts"]
    ]
    failing = len(preview["sections"])
    return h(
        "section",
        {},
        h("h2", {}, text("returns.preview_taken" if one.status == APPROVED else "returns.preview")),
        h(
            "p",
            {},
            text(
                "returns.preview_sections",
                failing=str(failing),
                undecidable=str(preview.get("undecidable_count", 0)),
                total=str(preview["section_count"]),
            ),
        ),
        board_table(("stage", "indicator", "cv", "limit", "verdict"), rows),
    )


def _findings(one: Submission) -> Node:
    shown = one.result["findings"][:MOST_SHOWN]
    if not shown:
        return h("p", {}, text("returns.no_findings"))
    rows = [
        h(
            "tr",
            {"key": str(n), "className": f"level-{f['severity']}"},
            h("td", {}, text(f"returns.level.{f['severity']}")),
            h("td", {}, f["sheet"]),
            h("td", {"className": "num"}, str(f["row"] or formatting.NONE)),
            h("td", {}, f["column"]),
            h("td", {"className": "wrap"}, f["value"]),
            h("td", {"className": "wrap"}, f["message"]),
            h("td", {"className": "wrap"}, f["suggested_fix"]),
        )
        for n, f in enumerate(shown)
    ]
    return board_table(("level", "sheet", "row", "column", "value", "message", "fix"), rows)


def _submit_form(one: Submission, token: str, *, is_correction: bool) -> Node:
    asked: list[Node] = []
    for group in one.to_explain:
        label = text("returns.explain", **_doubt(one, group))
        asked.append(
            h(
                "label",
                {"key": group},
                h("span", {}, label),
                h("textarea", {"name": f"explain.{group}", "rows": "2", "required": True, "maxLength": 500}, ""),
            )
        )
    if is_correction:
        asked.append(
            h(
                "label",
                {"key": "reason"},
                h("span", {}, text("returns.reason")),
                h("textarea", {"name": "words", "rows": "2", "required": True, "maxLength": 500}, ""),
            )
        )
    return _form(
        one,
        token,
        "submit",
        [*asked, h("button", {"className": "button filled", "type": "submit"}, text("returns.submit"))],
    )


def _doubt(one: Submission, group: str) -> dict[str, str]:
    """What is asked about: the column, how many cells, and the words of the first."""
    findings = [f for f in one.result["findings"] if group_of(f) == group]
    return {
        "column": findings[0]["column"] or formatting.NONE,
        "count": str(len(findings)),
        "message": findings[0]["message"],
    }


def _explained(one: Submission) -> Node:
    if not one.explanations and not one.reason:
        return None
    rows = [
        h(
            "tr",
            {"key": group},
            h("td", {"className": "wrap"}, text("returns.doubt", **_doubt(one, group))),
            h("td", {"className": "wrap"}, words),
        )
        for group, words in one.explanations.items()
    ]
    if one.reason:
        rows.append(
            h("tr", {"key": "reason"}, h("td", {}, text("returns.reason")), h("td", {"className": "wrap"}, one.reason))
        )
    return h("section", {}, h("h2", {}, text("returns.explained")), board_table(("doubt", "words"), rows))


def _decision_form(one: Submission, token: str) -> Node:
    return _form(
        one,
        token,
        "decide",
        [
            h(
                "label",
                {},
                h("span", {}, text("returns.note")),
                h("textarea", {"name": "words", "rows": "2", "maxLength": 500}, ""),
            ),
            h(
                "div",
                {},
                h(
                    "button",
                    {"className": "button filled", "type": "submit", "name": "status", "value": APPROVED},
                    text("returns.approve"),
                ),
                h(
                    "button",
                    {"className": "button", "type": "submit", "name": "status", "value": "returned"},
                    text("returns.send_back"),
                ),
            ),
        ],
    )


def _form(one: Submission, token: str, action: str, fields: list[Node]) -> Node:
    return h(
        "form",
        {"method": "post", "action": f"/data/{one.submission_id}/{action}", "className": "stacked"},
        hidden("csrf_token", token),
        hidden("version", str(one.version)),
        *fields,
    )
