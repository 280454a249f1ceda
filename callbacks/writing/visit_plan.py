"""A round of visits: proposed by who was never visited, who is weak and who was visited long ago; planned at once."""

from dataclasses import replace

import flask
from werkzeug.datastructures import MultiDict

from callbacks.dependencies import Dependencies
from callbacks.pages.assignees import accounts_that_may
from callbacks.writing.form_fields import actor_of, date_field_of, int_field_of, text_field_of
from data.access import EVERYTHING, Permission
from data.rows.visits import proposed_visits
from data.store import audit
from data.store.accounts import Account
from data.store.matter_lists import Asked, last_done_by_school
from data.store.matters import Matter, NewMatter, Writing
from data.store.names import account_names
from data.store.refusals import RefusedError
from data.store.visits import RECORDED, VISIT, last_round, plan_visits, planned_schools
from data.text import text
from layouts.office.visits import Proposal
from layouts.parts.demonstration import UNIT_KINDS, is_invented
from queries.reader import Snapshot
from queries.visits import schools


def proposal_of(
    deps: Dependencies, snapshot: Snapshot, district: str, unit_name: str, said: MultiDict[str, str] | None
) -> Proposal:
    """The schools of a unit without a visit to come, in the order in which they are proposed.

    `said` is a form that was refused: what was chosen in it stands in the proposal again.
    """
    of_unit = Asked(VISIT, EVERYTHING, district)
    recorded = last_done_by_school(deps.store, replace(of_unit, state=RECORDED))
    with deps.store.read() as connection:
        planned = planned_schools(connection, district)
    may_act = [s for s in schools(snapshot, district) if snapshot.scope.may_change(s.district_code, s.school_code)]
    proposed = proposed_visits(may_act, recorded, planned.keys())
    count = int(deps.catalogue.parameter("visits_proposed", deps.today()))
    names = account_names(deps.store)
    people = [(a.account_id, names.shown(a.person, a.account_id)) for a in _recorders(deps, district)]
    sent: MultiDict[str, str] = said if said is not None else MultiDict()
    return Proposal(
        district,
        unit_name,
        proposed,
        frozenset(said.getlist("school") if said is not None else (p.school.school_code for p in proposed[:count])),
        sorted(people, key=lambda person: person[1]),
        sent.get("round", last_round(deps.store) or 1, type=int),
        sent.get("due_on", ""),
        sent.get("assignee", ""),
    )


def _recorders(deps: Dependencies, district: str) -> list[Account]:
    """The accounts that may record visits in a unit."""
    return accounts_that_may(deps, Permission.VISITS_RECORD, district)


def plan_round(deps: Dependencies) -> list[Matter]:
    """Plan the visits that the form says; returns them.

    Raises:
        RefusedError: a school or person that is not of the unit, a school outside the person's area, a day that is
            none to come, or `plan_visits` refuses.
    """
    snapshot, said = deps.warehouse.current(), flask.request.form
    form = dict[str, object](said.items())
    district, chosen = text_field_of(form, "district"), said.getlist("school")
    known = {s.school_code: s for s in schools(snapshot, district)}
    if any(c not in known or not snapshot.scope.may_change(district, c) for c in chosen):
        raise RefusedError("unknown_school")
    number = text_field_of(form, "assignee")
    person = next((a for a in _recorders(deps, district) if a.account_id == number), None)
    if number and person is None:
        raise RefusedError("unknown_person")
    outside = [c for c in chosen if person is not None and person.school_codes and c not in person.school_codes]
    if outside:
        raise RefusedError("visit_outside_area", "、".join(known[c].school_name for c in outside))
    name = account_names(deps.store).shown(person.person, number) if person else text_field_of(form, "assignee_name")
    round_number, due_on = int_field_of(form, "round"), date_field_of(form, "due_on")
    if due_on is None or due_on < deps.today():
        raise RefusedError("visit_day")
    new = [
        NewMatter(
            VISIT,
            district,
            text("visit.subject", name=known[code].school_name),
            school_code=code,
            round=round_number,
            due_on=due_on,
            assignee=name,
            assignee_id=number,
        )
        for code in dict.fromkeys(chosen)
    ]
    viewer = actor_of(deps, text_field_of(form, "actor"))
    with deps.store.write() as connection:
        audit.hold_head(connection)
        writing = Writing(deps.store, connection, deps.catalogue, viewer, deps.now())
        return plan_visits(writing, new, is_demonstration=is_invented(snapshot.info, UNIT_KINDS))
