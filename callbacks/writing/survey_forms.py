"""The forms of surveys: what is planned, entered, and which step is taken."""

from collections.abc import Mapping

import flask

from callbacks.dependencies import Dependencies
from callbacks.pages.visits import unit_names
from callbacks.writing.form_fields import Request, actor_of, date_field_of, int_field_of, text_field_of
from callbacks.writing.matter_steps import asked_step
from data.store import audit
from data.store.matters import Matter, Writing, find_in
from data.store.refusals import RefusedError
from data.store.surveys import (
    ENTER,
    PLANS,
    SET_SAMPLE,
    NewSurveys,
    enter_answers,
    groups_of,
    plan_surveys,
    set_sample,
    step_survey,
)
from data.text import text
from layouts.parts.demonstration import UNIT_KINDS, is_invented
from queries import common_dimensions

LONGEST_NUMBER = 7


def plan_from_form(deps: Dependencies, kind: str) -> int:
    """Plan the surveys that the form says; how many there are.

    Raises:
        RefusedError: the store refuses, or a unit or period is none of the viewer's.
    """
    snapshot = deps.warehouse.current()
    said: Request = dict(flask.request.form.items())
    viewer = actor_of(deps, text_field_of(said, "actor"))
    districts = list(dict.fromkeys(flask.request.form.getlist("district")))
    if PLANS[kind] not in viewer.permissions:
        raise RefusedError("no_permission")
    known = unit_names(deps, snapshot)
    if any(not snapshot.scope.may_change(code) or code not in known for code in districts):
        raise RefusedError("unknown_unit")
    period = text_field_of(said, "period")
    if period not in {p.period for p in common_dimensions.periods(snapshot)}:
        raise RefusedError("unknown_period")
    number = int_field_of(said, "round")
    new = NewSurveys(
        kind,
        districts,
        period,
        number,
        date_field_of(said, "due_on"),
        text(f"survey.subject_{kind}", period=period, round=number),
        _sample(deps, said),
        text_field_of(said, "note"),
    )
    with deps.store.write() as connection:
        audit.hold_head(connection)
        writing = Writing(deps.store, connection, deps.catalogue, viewer, deps.now())
        return len(plan_surveys(writing, new, is_demonstration=is_invented(snapshot.info, UNIT_KINDS)))


def step_from_form(deps: Dependencies, survey: Matter) -> None:
    """Take the step that the form says, with the numbers of the groups where it has any.

    Raises:
        RefusedError: the store refuses, or a number is none.
        ChangedMeanwhileError: the survey is not as the person saw it.
    """
    said: Request = dict(flask.request.form.items())
    step = asked_step(survey)
    viewer = actor_of(deps, text_field_of(said, "actor"))
    with deps.store.write() as connection:
        audit.hold_head(connection)
        now = find_in(connection, survey.matter_code)
        if now is None:
            raise RefusedError("unknown_matter")
        writing = Writing(deps.store, connection, deps.catalogue, viewer, deps.now())
        if step.action == ENTER:
            enter_answers(writing, now, step, _entered(deps, said))
        elif step.action == SET_SAMPLE:
            set_sample(writing, now, step, _sample(deps, said))
        else:
            step_survey(writing, now, step)


def _sample(deps: Dependencies, said: Request) -> dict[str, int]:
    """How many of each group are asked."""
    return {g.group_code: _number(said, f"asked.{g.group_code}", g.name) or 0 for g in groups_of(deps.catalogue)}


def _entered(deps: Dependencies, said: Request) -> Mapping[str, tuple[int | None, int | None]]:
    """Answers and satisfied of each group; None where a field is empty."""
    return {
        g.group_code: (
            _number(said, f"answered.{g.group_code}", g.name),
            _number(said, f"satisfied.{g.group_code}", g.name),
        )
        for g in groups_of(deps.catalogue)
    }


def _number(said: Request, name: str, group_name: str) -> int | None:
    """A field as a number of people.

    Raises:
        RefusedError: it is none; its group is named.
    """
    typed = text_field_of(said, name)
    if not typed:
        return None
    if not (typed.isascii() and typed.isdecimal()) or len(typed) > LONGEST_NUMBER:
        raise RefusedError("survey_number", group_name)
    return int(typed)
