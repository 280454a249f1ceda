"""One issue opened: facts, value, evidence, what was done, and the moves that are permitted."""

from datetime import date

from data.catalogue.matter_tables import Transition
from data.store.audit import AuditRow
from data.store.evidence import EvidenceFile
from data.store.ledger import ASSIGN, Issue
from data.store.look_back_record import CONFIRM
from data.text import text
from layouts import formatting
from layouts.components.drawer import drawer, history_and_actions
from layouts.components.elements import (
    block,
    bullet_list,
    disclosure,
    link_to,
    list_item,
    paragraph,
    run,
    small,
    strong,
)
from layouts.components.forms import date_field, field, long_field, send_form, suggest_field, text_field
from layouts.components.heads import separated
from layouts.components.sections import fact_list, heading
from layouts.markup import Node
from layouts.pages.ledger.look_back import look_back_facts, look_back_fields, past_look_backs
from layouts.pages.ledger.rows import IssueDetail, LedgerView
from layouts.pages.ledger.table import item_words, line_words, place, proof_of, responsible_words, value_words
from layouts.routes import LEDGER, VISITS, link


def issue_drawer(view: LedgerView) -> list[Node]:
    """The panel of the chosen issue; empty where none is chosen."""
    detail = view.detail
    if detail is None:
        return []
    issue = detail.row.issue
    status = view.status_names[issue.status]
    if detail.row.is_paper_closed:
        status += text("ledger.paper_bracket")
    return [
        drawer(
            run(issue.issue_code, look="d"),
            [status, text("ledger.colon"), issue.problem],
            fact_list(_facts(view, detail)),
            _evidence(detail, asks_actor=view.rows.asks_actor),
            *past_look_backs(view, detail),
            *history_and_actions(
                [_entry(view, e) for e in detail.history],
                [
                    *(_action(detail, t, asks_actor=view.rows.asks_actor) for t in detail.transitions),
                    *(_withheld(action, code) for action, code in detail.withheld.items()),
                ],
                none=text("ledger.no_history"),
                asks_actor=view.rows.asks_actor,
            ),
            label=text("ledger.issue"),
            close=link(LEDGER, view.rows.state, issue=""),
        )
    ]


def _facts(view: LedgerView, detail: IssueDetail) -> list[tuple[str, list[Node]]]:
    row, issue = detail.row, detail.row.issue
    value, line, gap = value_words(view, row)
    comparison: list[Node] = [text("ledger.value_words", value=value, line=line_words(row.cell, line))]
    if gap:
        comparison.append(strong(gap, look="t-unmet"))
    key = proof_of(row)
    if key:
        href = link(LEDGER, view.rows.state, why=key, issue="")
        comparison += [" ", link_to(text("ledger.see_proof"), href=href)]
    facts: list[tuple[str, list[Node]]] = [
        (text("ledger.fact_place"), place(view, row)),
        (text("ledger.column_item"), [item_words(view, row)]),
        (text("ledger.fact_value"), comparison),
        (text("ledger.column_origin"), [text("ledger.found", origin=issue.origin, day=formatting.day(issue.found_on))]),
        (text("ledger.fact_measure"), [issue.measure or formatting.NONE]),
        (text("ledger.column_unit"), [responsible_words(issue)]),
        (text("ledger.column_due"), [_deadline(issue)]),
    ]
    if detail.visit_codes:
        facts.insert(4, (text("ledger.fact_visits"), _visits(detail)))
    days = view.days(row)
    if days:
        late = strong(text("ledger.days", count=days), look="c-veto")
        facts.append((text("ledger.column_late"), [late]))
    if issue.reviewer:
        day = formatting.day(issue.reviewed_on) if issue.reviewed_on else ""
        facts.append((text("ledger.fact_reviewer"), [issue.reviewer + " " + day]))
    if issue.closed_on:
        facts.append((text("ledger.fact_closed"), [formatting.day(issue.closed_on)]))
    return [*facts, *look_back_facts(view, row)]


def _visits(detail: IssueDetail) -> list[Node]:
    """The ways to the visits that found it, or found that it is so still."""
    links = [link_to(code, href=f"{VISITS.path}/{code}", stays=False, key=code) for code in detail.visit_codes]
    return separated(links, " ")


def _deadline(issue: Issue) -> str:
    """The day, and the one that is asked for instead."""
    day = formatting.day(issue.due_on) if issue.due_on else formatting.NONE
    if issue.requested_due_on is None:
        return day
    requested = formatting.day(issue.requested_due_on)
    return text("ledger.asked_deadline", day=day, who=issue.requested_by or "", wanted=requested)


def _evidence(detail: IssueDetail, *, asks_actor: bool) -> Node:
    description = detail.row.issue.evidence
    items = [list_item(description, key="words")] if description else []
    items += [_file(detail, f, asks_actor=asks_actor) for f in detail.evidence]
    none = list_item(text("ledger.no_evidence"), key="none", look="d")
    return block(heading(text("ledger.evidence"), level=3), bullet_list(items or [none], look="files"))


def _file(detail: IssueDetail, file: EvidenceFile, *, asks_actor: bool) -> Node:
    """One file, or what became of it; while it counts, the form that voids it."""
    by = run(text("ledger.evidence_by", who=file.added_by, time=formatting.moment(file.added_at)), look="d")
    link = link_to(file.file_name, href=f"/evidence/{file.evidence_id}", stays=False, target="_blank")
    if file.removed_at is not None:
        return list_item(file.file_name, by, small(text("ledger.removed"), look="d"), key=str(file.evidence_id))
    if file.voided_at is not None:
        time = formatting.moment(file.voided_at)
        void_note = text("ledger.voided", who=file.voided_by or "", time=time, reason=file.void_reason or "")
        return list_item(link, by, paragraph(void_note, look="src"), key=str(file.evidence_id))
    void = send_form(
        "void_evidence",
        text("ledger.void"),
        {"issue_code": file.issue_code, "evidence_id": file.evidence_id},
        [small(text("ledger.void_means"), look="d"), long_field("reason", text("ledger.void_reason"))],
        asks_actor=asks_actor,
    )
    way = disclosure(text("ledger.void"), void) if detail.may_void else None
    return list_item(link, by, way, key=str(file.evidence_id))


def _entry(view: LedgerView, entry: AuditRow) -> tuple[str, str]:
    event = text(f"ledger.did_{entry.action}")
    before, after = entry.before.get("status"), entry.after.get("status")
    if before and after:
        event += text("ledger.from_to", before=view.status_names[before], after=view.status_names[after])
    if entry.action == "refused":
        action, _, code = entry.reason.partition(": ")
        event += text(
            "ledger.refused_words",
            action=text(f"ledger.action_{action}") if action in ACTIONS else action,
            reason=text(f"refused.{code}"),
        )
    elif "look_back_answers" in entry.after:
        event += text("ledger.colon") + str(entry.after["look_back_answers"])
    elif entry.after.get("look_assignee"):
        event += text("look_back.named", name=str(entry.after["look_assignee"]))
    elif entry.action == ASSIGN:
        given = (entry.after.get(name) for name in ("responsible_unit", "responsible_person"))
        event += text("ledger.colon") + " · ".join(str(w) for w in given if w)
    elif entry.action in ("evidence", "void_evidence"):
        event += text("ledger.colon") + str(entry.after.get("file_name", ""))
    elif entry.action in DAYS:
        event += text("ledger.to_day", day=formatting.day(date.fromisoformat(entry.after[DAYS[entry.action]])))
    if entry.reason and entry.action != "refused":
        event += text("ledger.colon") + entry.reason
    return f"{formatting.moment(entry.at)} {entry.actor}", event


ACTIONS = (
    "assign",
    "start",
    "restart",
    "submit",
    "return",
    "close",
    "close_unmet",
    "reopen",
    "look_back",
    "assign_look_back",
    "confirm",
    "find_rebound",
    "ask_deadline",
    "grant_deadline",
    "deny_deadline",
)
DAYS = {"ask_deadline": "requested_due_on", "grant_deadline": "due_on"}
"""Steps that name a day, and where their entry keeps it."""


def _withheld(action: str, code: str) -> Node:
    """A step that is others' to take, and why."""
    sentence = text("ledger.withheld", action=text(f"ledger.action_{action}"), reason=text(f"refused.{code}"))
    return paragraph(sentence, look="src")


def _action(detail: IssueDetail, transition: Transition, *, asks_actor: bool) -> Node:
    issue = detail.row.issue
    hidden = {"issue_code": issue.issue_code, "version": issue.version, "action": transition.action}
    fields: list[Node] = []
    if transition.needs_measure:
        fields.append(long_field("measure", text("ledger.fact_measure"), value=issue.measure or ""))
        if issue.due_on is None:
            fields.append(date_field("due_on", text("ledger.column_due"), value=""))
    if transition.deadline == "ask":
        fields.append(date_field("due_on", text("ledger.new_deadline"), value=""))
    if transition.action == ASSIGN:
        unit = issue.responsible_unit or ""
        fields.append(suggest_field("responsible_unit", text("ledger.column_unit"), detail.departments, value=unit))
        person = issue.responsible_person or ""
        fields.append(text_field("responsible_person", text("opening.person"), value=person, required=False))
    fields += look_back_fields(detail, transition)
    if transition.needs_reason:
        fields.append(long_field("reason", text(f"ledger.reason_{transition.action}")))
    form = send_form("ledger", text(f"ledger.action_{transition.action}"), hidden, fields, asks_actor=asks_actor)
    if not (transition.needs_evidence or transition.action == CONFIRM):
        return form
    upload = send_form(
        "evidence",
        text("ledger.add_evidence"),
        {"issue_code": issue.issue_code},
        [
            field("file", text("ledger.evidence_file"), kind="file"),
            small(text("ledger.evidence_kinds"), look="d"),
            small(text("ledger.pupils"), look="d"),
        ],
        asks_actor=asks_actor,
    )
    return block(upload, form, key=transition.action)
