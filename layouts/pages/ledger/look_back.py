"""回头看 in the ledger: what is due by which rule, who looks by when, what is asked, and what earlier looks found."""

from collections.abc import Sequence

from data.catalogue.matter_tables import Transition
from data.rows.ledger import LedgerRow
from data.store.ledger import LOOK_BACK
from data.store.look_back_record import ANSWERS, LOOKED, Answer, LookBack
from data.text import text
from layouts import formatting
from layouts.components.elements import bullet_list, link_to, list_item, paragraph, run, strong
from layouts.components.forms import choice_field, send_form
from layouts.components.sections import heading
from layouts.markup import Node
from layouts.pages.ledger.rows import IssueDetail, LedgerView, total
from layouts.routes import LEDGER, LOOK_BACKS, link

NOBODY = ""


def look_back_lead(view: LedgerView) -> list[Node]:
    """The rule in words, what is late, and of what is due a form for who may list it; empty on other tabs."""
    if view.tab != "look_back":
        return []
    report = link_to(text("look_back.to_report"), href=LOOK_BACKS.path, stays=False)
    lead = [paragraph(_rule_words(view), " ", report, look="src"), *_listed_words(view), *_unjudged_words(view)]
    count = len(view.due_look_backs)
    if not count:
        return [*lead, paragraph(text("look_back.none_due"), look="src")]
    if not view.may_list:
        return lead
    hidden = {"address": link(LEDGER, view.rows.state, issue="", about=""), "seen": view.due_mark}
    label = text("look_back.list_all", count=formatting.count(count))
    return [*lead, send_form("look_back", label, hidden, _who(view.people), asks_actor=view.rows.asks_actor)]


def _rule_words(view: LedgerView) -> str:
    rule = view.look_back
    if not rule.share:
        return text("look_back.means_none", days=rule.after_days)
    return text("look_back.means", days=rule.after_days, share=formatting.plain(round(rule.share * 100, 6)))


def _listed_words(view: LedgerView) -> list[Node]:
    """How many are listed, how many of them are late, and how many nobody was named for."""
    if not view.listed:
        return []
    late = total(g for g in view.listed if g.is_look_late)
    unnamed = total(g for g in view.listed if g.is_look_unnamed)
    said = text("look_back.listed_count", count=total(view.listed))
    if late:
        said += text("look_back.listed_late", count=late)
    if unnamed:
        said += text("look_back.listed_unnamed", count=unnamed)
    return [paragraph(said, look="c-fail" if late else "")]


def _unjudged_words(view: LedgerView) -> list[Node]:
    """That a unit without a return has schools of which nobody knows whether they are weak."""
    if not view.unjudged:
        return []
    names = "、".join(view.unit_names.get(row.district_code, row.district_code) for row in view.unjudged)
    count = sum(row.issue_count for row in view.unjudged)
    return [paragraph(text("look_back.unjudged", names=names, count=count), look="src")]


def _who(people: Sequence[tuple[str, str]], chosen: str = NOBODY) -> list[Node]:
    """Who is to look; nothing where nobody can be named."""
    if not people:
        return []
    choices = [(NOBODY, text("look_back.nobody")), *people]
    return [choice_field("assignee", text("look_back.assignee"), choices, chosen=chosen)]


def look_back_facts(view: LedgerView, row: LedgerRow) -> list[tuple[str, list[Node]]]:
    """Since when a closed issue is to be looked at; of a listed one by whom, by when and why."""
    issue = row.issue
    due = view.due_by_code.get(issue.issue_code)
    if due is not None:
        return [(text("look_back.fact"), [text(f"look_back.since_{due.reason}", day=formatting.day(due.due_on))])]
    if issue.status != LOOK_BACK:
        return []
    by: list[Node] = [issue.look_assignee or text("look_back.nobody")]
    if issue.look_reason:
        by.append(text("look_back.because", reason=text(f"look_back.reason_{issue.look_reason}")))
    until: list[Node] = [formatting.day(issue.look_due_on) if issue.look_due_on else formatting.NONE]
    if days := row.look_days_overdue(view.today):
        until.append(strong(text("look_back.late", count=days), look="c-veto"))
    return [(text("look_back.assignee"), by), (text("look_back.due"), until)]


def look_back_fields(detail: IssueDetail, transition: Transition) -> list[Node]:
    """Who looks, where a step names somebody; what was looked at, where one ends the look-back."""
    if transition.to_state == LOOK_BACK:
        return _who(detail.people, detail.row.issue.look_assignee_id)
    if transition.action not in LOOKED:
        return []
    choices = [("", text("look_back.choose")), *((a, text(f"look_back.answer_{a}")) for a in ANSWERS)]
    return [choice_field(f"check_{c.check_code}", c.question, choices) for c in detail.checks]


def past_look_backs(view: LedgerView, detail: IssueDetail) -> list[Node]:
    """What earlier look-backs found, the latest first; nothing where there was none."""
    if not detail.look_backs:
        return []
    items = [_look_back(view, record, answers) for record, answers in reversed(detail.look_backs)]
    return [heading(text("look_back.past"), level=3), bullet_list(items, look="files")]


def _look_back(view: LedgerView, record: LookBack, answers: Sequence[Answer]) -> Node:
    said = [
        text("look_back.answered", question=a.question, answer=text(f"look_back.answer_{a.answer}")) for a in answers
    ]
    if record.words:
        said.append(record.words)
    by = text("look_back.by", who=record.looked_by, time=formatting.moment(record.looked_at))
    outcome = strong(view.status_names[record.outcome])
    return list_item(outcome, run(by, look="d"), paragraph("；".join(said)), key=str(record.look_back_id))
