"""One issue opened: facts, value, evidence, what was done, and the moves that are permitted."""

from data.catalogue.supervision_tables import IssueTransition
from data.store.audit import AuditRow
from data.text import text
from layouts import formatting
from layouts.markup import Node, h
from layouts.pages.ledger.rows import IssueDetail, LedgerView
from layouts.pages.ledger.table import item_words, place, proof_of, value_words
from layouts.parts.forms import date_field, file_field, history_list, long_field, send_form
from layouts.routes import LEDGER, link


def issue_drawer(view: LedgerView) -> list[Node]:
    """The panel of the chosen issue; empty where none is chosen."""
    detail = view.detail
    if detail is None:
        return []
    issue = detail.row.issue
    close = link(LEDGER, view.rows.state, issue="")
    status = view.status_names[issue.status]
    if detail.row.is_paper_closed:
        status += text("ledger.paper_bracket")
    return [
        h(
            "section",
            {"className": "proof issue", "aria-label": text("ledger.issue")},
            h(
                "div",
                {"className": "proof-head"},
                h("span", {"className": "d"}, issue.issue_code),
                h("a", {"href": close, "data-nav": "1", "className": "plain", "data-close": "1"}, text("proof.close")),
            ),
            h("h2", {"tabIndex": -1}, status, text("ledger.colon"), issue.problem),
            h(
                "dl",
                {"className": "facts"},
                *[node for name, value in _facts(view, detail) for node in (h("dt", {}, name), h("dd", {}, *value))],
            ),
            _evidence(detail),
            h("h3", {}, text("ledger.history")),
            history_list([_entry(view, e) for e in detail.history])
            if detail.history
            else h("p", {"className": "d"}, text("ledger.no_history")),
            h("h3", {}, text("ledger.actions")),
            h("p", {"className": "src"}, text("form.no_login")) if view.rows.asks_actor else None,
            *[_action(detail, t, asks_actor=view.rows.asks_actor) for t in detail.transitions],
        )
    ]


def _facts(view: LedgerView, detail: IssueDetail) -> list[tuple[str, list[Node]]]:
    row, issue = detail.row, detail.row.issue
    value, line, gap = value_words(view, row)
    words: list[Node] = [text("ledger.value_words", value=value, line=line)]
    if gap:
        words.append(h("b", {"className": "t-unmet"}, gap))
    key = proof_of(row)
    if key:
        words += [
            " ",
            h(
                "a",
                {"href": link(LEDGER, view.rows.state, why=key, issue=""), "data-nav": "1"},
                text("ledger.see_proof"),
            ),
        ]
    facts: list[tuple[str, list[Node]]] = [
        (text("ledger.fact_place"), place(view, row)),
        (text("ledger.column_item"), [item_words(view, row)]),
        (text("ledger.fact_value"), words),
        (text("ledger.column_origin"), [text("ledger.found", origin=issue.origin, day=formatting.day(issue.found_on))]),
        (text("ledger.fact_measure"), [issue.measure or formatting.NONE]),
        (
            text("ledger.column_unit"),
            [" · ".join(w for w in (issue.responsible_unit, issue.responsible_person) if w) or formatting.NONE],
        ),
        (text("ledger.column_due"), [formatting.day(issue.due_on) if issue.due_on else formatting.NONE]),
    ]
    days = view.days(row)
    if days:
        late = h("b", {"className": "c-veto"}, text("ledger.days", count=days))
        facts.append((text("ledger.column_late"), [late]))
    if issue.reviewer:
        day = formatting.day(issue.reviewed_on) if issue.reviewed_on else ""
        facts.append((text("ledger.fact_reviewer"), [issue.reviewer + " " + day]))
    if issue.closed_on:
        facts.append((text("ledger.fact_closed"), [formatting.day(issue.closed_on)]))
    return facts


def _evidence(detail: IssueDetail) -> Node:
    files: list[Node] = [
        h(
            "li",
            {"key": str(f.evidence_id)},
            h("a", {"href": f"/evidence/{f.evidence_id}", "target": "_blank"}, f.file_name),
            h(
                "span",
                {"className": "d"},
                text("ledger.evidence_by", who=f.added_by, time=formatting.moment(f.added_at)),
            ),
        )
        for f in detail.evidence
    ]
    if detail.row.issue.evidence:
        files.insert(0, h("li", {"key": "words"}, detail.row.issue.evidence))
    if not files:
        files = [h("li", {"key": "none", "className": "d"}, text("ledger.no_evidence"))]
    return h("div", {}, h("h3", {}, text("ledger.evidence")), h("ul", {"className": "files"}, *files))


def _entry(view: LedgerView, entry: AuditRow) -> tuple[str, str]:
    words = text(f"ledger.did_{entry.action}")
    before, after = entry.before.get("status"), entry.after.get("status")
    if before and after:
        words += text("ledger.from_to", before=view.status_names[before], after=view.status_names[after])
    if entry.action == "refused":
        action, _, code = entry.reason.partition(": ")
        words += text(
            "ledger.refused_words",
            action=text(f"ledger.action_{action}") if action in ACTIONS else action,
            reason=text(f"refused.{code}"),
        )
    elif entry.action == "evidence":
        words += text("ledger.colon") + str(entry.after.get("file_name", ""))
    elif entry.reason:
        words += text("ledger.colon") + entry.reason
    return f"{formatting.moment(entry.at)} {entry.actor}", words


ACTIONS = ("start", "restart", "submit", "return", "close", "reopen", "look_back", "confirm", "find_rebound")


def _action(detail: IssueDetail, transition: IssueTransition, *, asks_actor: bool) -> Node:
    issue = detail.row.issue
    hidden = {"issue_code": issue.issue_code, "version": issue.version, "action": transition.action}
    fields: list[Node] = []
    if transition.needs_measure:
        due = issue.due_on.isoformat() if issue.due_on else ""
        fields += [
            long_field("measure", text("ledger.fact_measure"), value=issue.measure or ""),
            date_field("due_on", text("ledger.column_due"), value=due),
        ]
    if transition.needs_reason:
        fields.append(long_field("reason", text(f"ledger.reason_{transition.action}")))
    form = send_form("ledger", text(f"ledger.action_{transition.action}"), hidden, fields, asks_actor=asks_actor)
    if not transition.needs_evidence:
        return form
    upload = send_form(
        "evidence",
        text("ledger.add_evidence"),
        {"issue_code": issue.issue_code},
        [
            file_field("file", text("ledger.evidence_file")),
            h("small", {"className": "d"}, text("ledger.evidence_kinds")),
        ],
        asks_actor=asks_actor,
    )
    return h("div", {"key": transition.action}, upload, form)
