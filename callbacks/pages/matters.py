"""督导意见书 and 群众热点: the rows of a list and of one, with the steps that who looks may take."""

from collections.abc import Sequence
from datetime import date

from callbacks.dependencies import Dependencies
from callbacks.pages.visits import schools_today
from callbacks.rendering.issue_counts import issue_board
from data.access import Viewer
from data.catalogue.matter_tables import MatterKind, Transition
from data.catalogue.tables import District, Item
from data.rows.matters import MatterRow, last_day_of, late_days, object_by, objection_runs_to, report_by
from data.store.matter_lists import Asked, count_late, is_told
from data.store.matters import Matter, find_matter, not_this_one
from data.store.names import account_names
from data.store.steps import may_take, transitions_from, transitions_of
from data.terms import is_arranged, term_of
from data.text import text
from layouts import formatting
from queries.reader import Snapshot

OPINION, COMPLAINT = "opinion", "complaint"
TERMS = {
    OPINION: (
        "first_feedback_days_special",
        "first_feedback_days_full",
        "objection_days",
        "opinion_days",
        "rectification_report_days",
    ),
    COMPLAINT: ("complaint_pass_days", "complaint_answer_days"),
}
"""The terms that are said of each kind."""


def matter_rows(deps: Dependencies, snapshot: Snapshot, matters: Sequence[Matter]) -> list[MatterRow]:
    """Matters under the names of whom they are about: a school of a unit, or the unit."""
    schools, people = schools_today(deps, snapshot), account_names(deps.store)
    units = {d.district_code: d.short_name for d in deps.catalogue.rows(District)}

    def party(matter: Matter) -> str:
        unit, code = units.get(matter.district_code, matter.district_code), matter.school_code
        if not code:
            return unit
        school = schools[code].school_name if code in schools else text("matter.school_gone", code=code)
        return f"{unit} {school}"

    return [
        MatterRow(people.told_apart(m, "opened_by", "done_by", "updated_by"), party(m), last_day_of(deps.catalogue, m))
        for m in matters
    ]


def count_late_matters(deps: Dependencies, asked: Asked) -> int:
    """How many open matters of a kind have a day that is past."""
    before = late_days(deps.catalogue, asked.matter_kind, deps.today())
    return sum(count_late(deps.store, asked, state, day) for state, day in before.items())


def matter_in_scope(deps: Dependencies, snapshot: Snapshot, matter_kind: str, matter_code: str) -> Matter | None:
    """A matter of this kind; None where there is none, or it is outside the viewer's scope."""
    matter = find_matter(deps.store, matter_code)
    if matter is None or matter.matter_kind != matter_kind or not is_told(matter, snapshot.scope):
        return None
    return matter


def steps_of(deps: Dependencies, viewer: Viewer, matter: Matter) -> tuple[list[Transition], list[str]]:
    """The steps that the viewer may take, and why those of the role are not that are others' to take."""
    of_role = [t for t in transitions_from(deps.catalogue, matter.matter_kind, matter.state) if may_take(t, viewer)]
    reasons = {t.action: _refusal(deps, viewer, matter, t) for t in of_role}
    withheld = [
        text("matter.withheld", step=text(f"matter.step_{action}"), reason=reason)
        for action, reason in reasons.items()
        if reason
    ]
    return [t for t in of_role if not reasons[t.action]], withheld


def _refusal(deps: Dependencies, viewer: Viewer, matter: Matter, transition: Transition) -> str:
    """Why a step of the viewer's role is not to be taken by this viewer, or not yet; empty where it is."""
    if code := not_this_one(matter, transition, viewer):
        return text(f"refused.{code}")
    last = objection_runs_to(deps.catalogue, matter, transition.action, deps.today())
    return text("refused.objection_runs", detail=formatting.day(last)) if last else ""


def terms_of(deps: Dependencies, matter: Matter) -> list[tuple[str, date]]:
    """The days that run for a matter, by what has to be done until then."""
    terms: list[tuple[str, date]] = []
    if matter.due_on is not None:
        terms.append((text(f"matter.due_{matter.matter_kind}_{matter.state}"), matter.due_on))
    if matter.matter_kind == OPINION:
        by = {"object_by": object_by(deps.catalogue, matter), "report_by": report_by(deps.catalogue, matter)}
        terms += [(text(f"matter.{key}"), day) for key, day in by.items() if day is not None]
    return terms


def about_terms(deps: Dependencies, matter_kind: str) -> str:
    """What the law and the office say of a kind of matter, with the terms in force."""
    today = deps.today()
    said = {code: formatting.term(term_of(deps.catalogue, code, today)) for code in TERMS[matter_kind]}
    return text(f"matter.about_{matter_kind}", **said)


def unarranged_year(deps: Dependencies, matter: Matter) -> int | None:
    """The year of the day that is due where it was counted in working days and its days of rest are not known yet."""
    steps = transitions_of(deps.catalogue, matter.matter_kind)
    first = next(k.first_term_code for k in deps.catalogue.rows(MatterKind) if k.matter_kind == matter.matter_kind)
    codes = {t.term_code for t in steps if t.to_state == matter.state} | {first if matter.version == 1 else ""}
    terms = [term_of(deps.catalogue, code, matter.opened_on) for code in codes if code]
    if matter.due_on is None or is_arranged(deps.catalogue, matter.due_on.year):
        return None
    return matter.due_on.year if any(t.is_of_working_days or t.ends_on_working_day for t in terms) else None


def issues_of_party(deps: Dependencies, snapshot: Snapshot, matter: Matter) -> list[tuple[str, str, str]]:
    """Number, words and deadline of the open issues of whom a matter is about."""
    board = issue_board(deps, snapshot, frozenset({matter.district_code}), matter.school_code or "")
    count = sum(group.issue_count for group in board.groups() if not group.is_closed)
    return [
        (
            r.issue.issue_code,
            r.issue.problem,
            formatting.day(r.issue.due_on) if r.issue.due_on else text("matter.no_day"),
        )
        for r in board.of_tab("open", count)
    ]


def items_of(deps: Dependencies) -> list[tuple[str, str]]:
    """The items that a complaint may be about, by code and name."""
    in_force = deps.catalogue.in_force(Item, deps.today())
    return [(i.item_code, f"{i.item_code} {i.short_name}") for i in in_force]
