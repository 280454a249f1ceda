"""A round of visits: proposed by who was never visited, who is weak and who was visited long ago; planned at once."""

from dataclasses import replace

import flask

from callbacks.dependencies import Dependencies
from callbacks.writing.form_fields import actor_of, date_field_of, int_field_of, text_field_of
from data.access import EVERYTHING, Permission
from data.catalogue.access_tables import RoleCapability
from data.rows.visits import proposed_visits
from data.store import audit
from data.store.accounts import list_accounts
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


def proposal_of(deps: Dependencies, snapshot: Snapshot, district: str, unit_name: str) -> Proposal:
    """The schools of a unit without a visit to come, in the order in which they are proposed."""
    of_unit = Asked(VISIT, EVERYTHING, district)
    recorded = last_done_by_school(deps.store, replace(of_unit, state=RECORDED))
    with deps.store.read() as connection:
        planned = planned_schools(connection, district)
    may_act = [s for s in schools(snapshot, district) if snapshot.scope.may_change(s.district_code, s.school_code)]
    proposed = proposed_visits(may_act, recorded, planned.keys())
    count = int(deps.catalogue.parameter("visits_proposed", deps.today()))
    return Proposal(
        district,
        unit_name,
        proposed,
        frozenset(p.school.school_code for p in proposed[:count]),
        _recorders(deps, district),
        last_round(deps.store) or 1,
    )


def _recorders(deps: Dependencies, district: str) -> list[tuple[str, str]]:
    """The accounts that may record visits in a unit, by number and name."""
    recording = {r.role_code for r in deps.catalogue.rows(RoleCapability) if r.permission == Permission.VISITS_RECORD}
    today, names = deps.today(), account_names(deps.store)
    return sorted(
        (
            (account.account_id, names.shown(account.person, account.account_id))
            for account in list_accounts(deps.store)
            if account.role_code in recording
            and account.is_in_force(today)
            and (not account.district_codes or district in account.district_codes)
        ),
        key=lambda person: person[1],
    )


def plan_round(deps: Dependencies) -> list[Matter]:
    """Plan the visits that the form says; returns them.

    Raises:
        RefusedError: a school or person that is not of the unit, or `plan_visits` refuses.
    """
    snapshot, said = deps.warehouse.current(), flask.request.form
    form = dict[str, object](said.items())
    district, chosen = text_field_of(form, "district"), said.getlist("school")
    known = {s.school_code: s for s in schools(snapshot, district)}
    if any(c not in known or not snapshot.scope.may_change(district, c) for c in chosen):
        raise RefusedError("unknown_school")
    people = dict(_recorders(deps, district))
    number = text_field_of(form, "assignee")
    if number and number not in people:
        raise RefusedError("unknown_person")
    name = people.get(number, text_field_of(form, "assignee_name"))
    round_number, due_on = int_field_of(form, "round"), date_field_of(form, "due_on")
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
