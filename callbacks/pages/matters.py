"""督导意见书 and 群众热点: the rows of a list and of one, with the steps that who looks may take."""

from collections.abc import Sequence
from datetime import date

from callbacks.dependencies import Dependencies
from callbacks.pages.visits import unit_names
from data.access import Viewer
from data.catalogue.matter_tables import MatterKind, Transition
from data.catalogue.tables import Item
from data.rows.matters import MatterRow, object_by, report_by
from data.store.matters import Matter, find_matter, not_this_one
from data.store.names import account_names
from data.store.steps import may_take, transitions_from, transitions_of
from data.terms import is_arranged, term_of
from data.text import text
from layouts import formatting
from queries import common_dimensions
from queries.ledger import ledger
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
    schools = {s.school_code: s.school_name for s in common_dimensions.school_places(snapshot)}
    units, people = unit_names(deps, snapshot), account_names(deps.store)
    return [
        MatterRow(
            people.told_apart(m, "opened_by", "done_by", "updated_by"),
            " ".join(
                w for w in (units.get(m.district_code, m.district_code), schools.get(m.school_code or "", "")) if w
            ),
        )
        for m in matters
    ]


def matter_in_scope(deps: Dependencies, snapshot: Snapshot, matter_kind: str, matter_code: str) -> Matter | None:
    """A matter of this kind; None where there is none, or it is outside the viewer's scope."""
    matter = find_matter(deps.store, matter_code)
    if matter is None or matter.matter_kind != matter_kind or not may_read(snapshot, matter):
        return None
    return matter


def may_read(snapshot: Snapshot, matter: Matter) -> bool:
    """Whether a matter is the viewer's to read: a school's office reads its own, not those of the unit."""
    scope = snapshot.scope
    is_known = scope.schools is None or bool(matter.school_code)
    return is_known and scope.allows(matter.district_code, matter.school_code)


def steps_of(deps: Dependencies, viewer: Viewer, matter: Matter) -> tuple[list[Transition], list[str]]:
    """The steps that the viewer may take, and why those of the role are not that are others' to take."""
    of_role = [t for t in transitions_from(deps.catalogue, matter.matter_kind, matter.state) if may_take(t, viewer)]
    refusals = {t.action: not_this_one(matter, t, viewer) for t in of_role}
    withheld = [
        text("matter.withheld", step=text(f"matter.step_{action}"), reason=text(f"refused.{code}"))
        for action, code in refusals.items()
        if code
    ]
    return [t for t in of_role if not refusals[t.action]], withheld


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
    open_now = [r for r in ledger(snapshot, deps.store) if not r.is_closed and r.district_code == matter.district_code]
    if matter.school_code:
        open_now = [r for r in open_now if r.issue.school_code == matter.school_code]
    return [
        (
            r.issue.issue_code,
            r.issue.problem,
            formatting.day(r.issue.due_on) if r.issue.due_on else text("matter.no_day"),
        )
        for r in open_now
    ]


def items_of(deps: Dependencies) -> list[tuple[str, str]]:
    """The items that a complaint may be about, by code and name."""
    in_force = deps.catalogue.in_force(Item, deps.today())
    return [(i.item_code, f"{i.item_code} {i.short_name}") for i in in_force]
