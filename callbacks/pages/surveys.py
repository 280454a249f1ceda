"""满意度调查: the rows of the list and of one survey, with as much of the counts as who looks may know by now."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal

from callbacks.dependencies import Dependencies
from callbacks.pages.matters import steps_of
from data.access import Permission, Viewer
from data.catalogue.matter_tables import Transition
from data.catalogue.tables import District, Item
from data.rows.surveys import Side, SurveyEvent, SurveyRow
from data.store.audit import history
from data.store.matter_lists import Asked, is_told, part_of_list
from data.store.matters import Matter, find_matter, is_of_party
from data.store.names import account_names
from data.store.surveys import (
    ANSWER_KIND,
    ANSWERING,
    COUNTED,
    KINDS,
    PLANNED,
    REHEARSAL,
    RELEASED,
    SURVEY,
    counts_of,
    groups_of,
    is_complete,
    periods_of,
)
from queries.reader import Snapshot
from queries.surveys import RECOGNITION, result_of

PER_CENT = 100
EVERY_SURVEY = 100_000
ONWARD = {PLANNED: "start_survey", COUNTED: "release_survey"}


def survey_rows(deps: Dependencies, surveys: Sequence[Matter]) -> list[SurveyRow]:
    """Surveys under the names of their units; counts and results only where the viewer may know them."""
    viewer, people = deps.current_viewer(), account_names(deps.store)
    units = {d.district_code: d.short_name for d in deps.catalogue.rows(District)}
    codes = [s.matter_code for s in surveys]
    periods, counts = periods_of(deps.store, codes), counts_of(deps.store, deps.catalogue, codes)
    names = {g.group_code: g.name for g in groups_of(deps.catalogue)}
    rows: list[SurveyRow] = []
    for survey in surveys:
        known, has_result = counts.get(survey.matter_code, []), knows_result(viewer, survey)
        may_know = has_result or Permission.SURVEYS_ENTER in viewer.permissions
        rows.append(
            SurveyRow(
                people.told_apart(survey, "opened_by", "done_by", "updated_by"),
                periods.get(survey.matter_code, ""),
                units.get(survey.district_code, survey.district_code),
                is_complete(known),
                result_of(known, names, *limits_of(deps, survey)) if may_know else None,
                has_result,
            )
        )
    return rows


def survey_in_scope(deps: Dependencies, snapshot: Snapshot, matter_code: str) -> Matter | None:
    """A round or a rehearsal; None where there is none, or it is not the viewer's to read."""
    survey = find_matter(deps.store, matter_code)
    is_known = survey is not None and survey.matter_kind in KINDS and is_told(survey, snapshot.scope)
    return survey if is_known else None


def knows_result(viewer: Viewer, survey: Matter) -> bool:
    """Everybody in whose scope it is, once it is released; before, who releases it. A rehearsal ends when counted."""
    if survey.state == RELEASED or (survey.matter_kind == REHEARSAL and survey.state == COUNTED):
        return True
    is_of_city = Permission.SURVEYS_RUN in viewer.permissions and not is_of_party(survey, viewer)
    return survey.state == COUNTED and is_of_city


def limits_of(deps: Dependencies, survey: Matter) -> tuple[Decimal, Decimal]:
    """Standard and confidence, each a share of one, by the rows in force when the survey was planned."""
    items = deps.catalogue.in_force(Item, survey.opened_on)
    standard = next(i.threshold for i in items if i.item_code == RECOGNITION and i.threshold is not None)
    return standard / PER_CENT, deps.catalogue.parameter("survey_confidence", survey.opened_on)


def next_step(survey: Matter, *, is_entered: bool) -> str:
    """The step that leads a survey on."""
    if survey.state == ANSWERING:
        return "count_survey" if is_entered else "enter_answers"
    return ONWARD.get(survey.state, "")


def may_lead_on(deps: Dependencies, survey: Matter, *, is_entered: bool) -> bool:
    """Whether the viewer is to take that step: answers are entered by the unit, whoever else may."""
    viewer, action = deps.current_viewer(), next_step(survey, is_entered=is_entered)
    if action == "enter_answers" and viewer.account_id and not is_of_party(survey, viewer):
        return False
    return action in [t.action for t in steps_of(deps, viewer, survey)[0]]


def steps_on_page(deps: Dependencies, survey: Matter, *, is_entered: bool) -> tuple[list[Transition], list[str]]:
    """The viewer's steps, what leads on first; counting is offered once every group has its numbers."""
    steps, withheld = steps_of(deps, deps.current_viewer(), survey)
    first = next_step(survey, is_entered=is_entered)
    offered = [t for t in steps if is_entered or t.action != "count_survey"]
    return sorted(offered, key=lambda t: (t.needs_reason, t.action != first)), withheld if is_entered else []


def released_sides(deps: Dependencies, snapshot: Snapshot, district_code: str) -> Counter[Side | None]:
    """How many released rounds lie where, those without an answer nowhere; rehearsals are none."""
    asked = Asked(SURVEY, snapshot.scope, district_code, RELEASED)
    rows = survey_rows(deps, part_of_list(deps.store, asked, RELEASED, EVERY_SURVEY))
    return Counter(row.result.pooled.side for row in rows if row.result)


def history_of(deps: Dependencies, survey: Matter) -> list[SurveyEvent]:
    """What was done with a survey, each step with the counts that it changed, oldest first."""
    changed: dict[datetime, list[tuple[str, Mapping[str, object]]]] = {}
    for group in groups_of(deps.catalogue):
        for row in history(deps.store, ANSWER_KIND, f"{survey.matter_code}.{group.group_code}"):
            changed.setdefault(row.at, []).append((group.name, row.after))
    steps = account_names(deps.store).of_history(history(deps.store, survey.matter_kind, survey.matter_code))
    return [SurveyEvent(row, changed.get(row.at, [])) for row in steps]
