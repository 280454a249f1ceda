"""满意度调查 in rounds: planned for units, entered group by group as counts alone, rehearsed apart from any round."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date

from sqlalchemy import Connection, func, insert, select, update

from data.access import Permission
from data.catalogue.loader import Catalogue
from data.catalogue.matter_tables import SurveyGroup
from data.clock import day_of
from data.importing.personal import holds_personal_number
from data.store import audit
from data.store.engine import Store
from data.store.matter_lists import Asked
from data.store.matters import Matter, MatterStep, NewMatter, Writing, add_matter, take_step
from data.store.refusals import RefusedError, check_day
from data.store.schema import matter as matter_table
from data.store.schema import survey as survey_table
from data.store.schema import survey_answer
from data.store.steps import states_of

SURVEY, REHEARSAL = "survey", "rehearsal"
KINDS = (SURVEY, REHEARSAL)
PLANS = {SURVEY: Permission.SURVEYS_RUN, REHEARSAL: Permission.SURVEYS_ENTER}
"""Who plans a round, and who a rehearsal."""
PLANNED, ANSWERING, COUNTED, RELEASED, VOID = "planned", "answering", "counted", "released", "void"
SET_SAMPLE, ENTER, COUNT, SEND_BACK = "set_sample", "enter_answers", "count_survey", "send_back"
AT_ONCE = 1_000
"""Surveys that are asked about in one question."""
ANSWER_KIND = "survey_answer"
MOST_ROUND, MOST_PEOPLE = 99, 9_999_999


@dataclass(frozen=True)
class GroupCount:
    """How many of a group were asked, answered, and were satisfied; the last two None until they are entered."""

    group_code: str
    asked: int
    answered: int | None = None
    satisfied: int | None = None


@dataclass(frozen=True)
class NewSurveys:
    """A round or a rehearsal of units: its period, the day by which answers are in, and how many of each group."""

    matter_kind: str
    district_codes: Sequence[str]
    period: str
    round: int
    due_on: date | None
    subject: str
    sample: Mapping[str, int]
    note: str = ""


def groups_of(catalogue: Catalogue) -> list[SurveyGroup]:
    """Who is asked, in the order of the table."""
    return sorted(catalogue.rows(SurveyGroup), key=lambda group: group.display_order)


def plan_surveys(writing: Writing, new: NewSurveys, *, is_demonstration: bool) -> list[Matter]:
    """Plan a survey for each unit, all or none, within a transaction that holds the head of the audit.

    Raises:
        RefusedError: no permission, no unit, no day, nobody asked, or a unit has this round already.
    """
    if PLANS[new.matter_kind] not in writing.viewer.permissions:
        raise RefusedError("no_permission")
    if not new.district_codes:
        raise RefusedError("needs_units")
    if new.due_on is None:
        raise RefusedError("survey_day")
    check_day(new.due_on, writing.today, past="survey_day")
    if not 1 <= new.round <= MOST_ROUND:
        raise RefusedError("survey_round")
    check_personal(new.subject, new.note)
    sample = _sample(writing.catalogue, new.sample)
    known = _planned_before(writing, new)
    if known:
        raise RefusedError("survey_is_planned", "、".join(known))
    added: list[Matter] = []
    for district in new.district_codes:
        of_unit = NewMatter(
            new.matter_kind, district, new.subject, item_code="S1", note=new.note, round=new.round, due_on=new.due_on
        )
        survey = add_matter(writing, of_unit, is_demonstration=is_demonstration)
        period = {"matter_code": survey.matter_code, "period": new.period}
        writing.connection.execute(insert(survey_table).values(**period))
        for count in sample:
            values = {"answer_code": _answer_code(survey, count), "matter_code": survey.matter_code, **asdict(count)}
            writing.connection.execute(insert(survey_answer).values(**values))
            _note(writing, survey, count, {}, values)
        added.append(survey)
    return added


def set_sample(writing: Writing, survey: Matter, step: MatterStep, sample: Mapping[str, int]) -> Matter:
    """Say anew how many of each group are asked.

    Raises:
        RefusedError: the step is refused, or nobody is asked.
    """
    check_personal(step.reason)
    after = take_step(writing, survey, step)
    for new in _sample(writing.catalogue, sample):
        _put(writing, survey, new)
    return after


def enter_answers(
    writing: Writing, survey: Matter, step: MatterStep, entered: Mapping[str, tuple[int | None, int | None]]
) -> Matter:
    """Enter answers and satisfied of each group; who did so last does not count them.

    Raises:
        RefusedError: the step is refused, or a number cannot be; its group is named.
    """
    check_personal(step.reason)
    viewer = writing.viewer
    hand = {"done_on": writing.today, "done_by": viewer.name, "done_by_id": viewer.account_id}
    after = take_step(writing, survey, step, changes=hand)
    names = {g.group_code: g.name for g in groups_of(writing.catalogue)}
    for held in counts_in(writing.connection, writing.catalogue, survey.matter_code):
        answered, satisfied = entered.get(held.group_code, (None, None))
        new = replace(held, answered=answered, satisfied=satisfied)
        _check(new, names.get(held.group_code, held.group_code))
        _put(writing, survey, new)
    return after


def step_survey(writing: Writing, survey: Matter, step: MatterStep) -> Matter:
    """Take another step; what is counted is complete.

    Raises:
        RefusedError: the step is refused, or a group that was asked has no numbers yet.
    """
    check_personal(step.reason)
    if step.action == COUNT:
        names = {g.group_code: g.name for g in groups_of(writing.catalogue)}
        counts = counts_in(writing.connection, writing.catalogue, survey.matter_code)
        missing = [names.get(c.group_code, c.group_code) for c in counts if c.asked and c.answered is None]
        if missing:
            raise RefusedError("survey_unfinished", "、".join(missing))
    changes = _entered_last(writing, survey) if step.action == SEND_BACK else None
    return take_step(writing, survey, step, changes=changes)


def _entered_last(writing: Writing, survey: Matter) -> dict[str, object]:
    """Whose the numbers still are when they are sent back: who does that has entered none."""
    steps = audit.history_within(writing.connection, survey.matter_kind, survey.matter_code)
    last = next(s for s in reversed(steps) if s.action == ENTER)
    return {"done_on": day_of(last.at), "done_by": last.actor, "done_by_id": last.account_id}


def check_personal(*said: str) -> None:
    """Refuse words by which somebody who answered could be known.

    Raises:
        RefusedError: there is a telephone or identity number in them.
    """
    if holds_personal_number(" ".join(said)):
        raise RefusedError("personal_number")


def periods_of(store: Store, codes: Sequence[str]) -> dict[str, str]:
    """The period of each of these surveys."""
    held = survey_table.c
    periods: dict[str, str] = {}
    with store.read() as connection:
        for start in range(0, len(codes), AT_ONCE):
            asked = select(held.matter_code, held.period).where(held.matter_code.in_(codes[start : start + AT_ONCE]))
            periods |= {str(code): str(period) for code, period in connection.execute(asked)}
    return periods


def counts_of(store: Store, catalogue: Catalogue, codes: Sequence[str]) -> dict[str, list[GroupCount]]:
    """The counts of each of these surveys, in the order of the groups."""
    counts_by_code: dict[str, list[GroupCount]] = {}
    with store.read() as connection:
        for start in range(0, len(codes), AT_ONCE):
            counts_by_code |= _counts(connection, catalogue, codes[start : start + AT_ONCE])
    return counts_by_code


def counts_in(connection: Connection, catalogue: Catalogue, matter_code: str) -> list[GroupCount]:
    """The counts of one survey as this transaction sees them."""
    return _counts(connection, catalogue, [matter_code]).get(matter_code, [])


def next_round(store: Store, catalogue: Catalogue, asked: Asked, period: str) -> int:
    """The number after the highest that stands in a period and scope; the highest there may be at most."""
    held = matter_table.c
    standing = [s.state_code for s in states_of(catalogue, asked.matter_kind) if s.step]
    highest = (
        select(func.max(held.round))
        .join(survey_table, survey_table.c.matter_code == held.matter_code)
        .where(asked.condition(), survey_table.c.period == period, held.state.in_(standing))
    )
    with store.read() as connection:
        return min(MOST_ROUND, (connection.execute(highest).scalar() or 0) + 1)


def is_complete(counts: Sequence[GroupCount]) -> bool:
    """Whether every group that was asked has its numbers."""
    return all(c.answered is not None for c in counts if c.asked)


def _counts(connection: Connection, catalogue: Catalogue, codes: Sequence[str]) -> dict[str, list[GroupCount]]:
    held = survey_answer.c
    order = {g.group_code: g.display_order for g in groups_of(catalogue)}
    counts_by_code: dict[str, list[GroupCount]] = {}
    for row in connection.execute(select(survey_answer).where(held.matter_code.in_(codes))):
        count = GroupCount(row.group_code, row.asked, row.answered, row.satisfied)
        counts_by_code.setdefault(row.matter_code, []).append(count)
    return {
        code: sorted(counts, key=lambda c: (order.get(c.group_code, len(order) + 1), c.group_code))
        for code, counts in counts_by_code.items()
    }


def _sample(catalogue: Catalogue, sample: Mapping[str, int]) -> list[GroupCount]:
    """How many of each known group are asked; somebody is."""
    counts = [GroupCount(g.group_code, sample.get(g.group_code, 0)) for g in groups_of(catalogue)]
    if any(not 0 <= c.asked <= MOST_PEOPLE for c in counts) or not any(c.asked for c in counts):
        raise RefusedError("needs_sample")
    return counts


def _planned_before(writing: Writing, new: NewSurveys) -> list[str]:
    """The numbers of surveys of the same kind, round and period that the units have and that are not void."""
    held = matter_table.c
    standing = [s.state_code for s in states_of(writing.catalogue, new.matter_kind) if s.step]
    asked = (
        select(held.matter_code)
        .join(survey_table, survey_table.c.matter_code == held.matter_code)
        .where(
            held.matter_kind == new.matter_kind,
            held.district_code.in_(new.district_codes),
            held.round == new.round,
            survey_table.c.period == new.period,
            held.state.in_(standing),
        )
    )
    return [code for (code,) in writing.connection.execute(asked.order_by(held.matter_code))]


def _check(count: GroupCount, name: str) -> None:
    """Refuse what cannot be: more answers than people asked, more satisfied than answers, one without the other."""
    if (count.answered is None) != (count.satisfied is None):
        raise RefusedError("survey_half", name)
    if count.answered is None or count.satisfied is None:
        return
    if count.answered > count.asked:
        raise RefusedError("survey_more_answers", name)
    if count.satisfied > count.answered:
        raise RefusedError("survey_more_satisfied", name)


def _put(writing: Writing, survey: Matter, new: GroupCount) -> None:
    """Write the counts of a group, with its own entry in the audit where they change."""
    held = survey_answer.c
    mine = held.answer_code == _answer_code(survey, new)
    before = writing.connection.execute(select(survey_answer).where(mine)).mappings().one_or_none()
    values = {"answer_code": _answer_code(survey, new), "matter_code": survey.matter_code, **asdict(new)}
    if before is None:
        writing.connection.execute(insert(survey_answer).values(**values))
    elif dict(before) != values:
        writing.connection.execute(update(survey_answer).where(mine).values(**values))
    else:
        return
    _note(writing, survey, new, {} if before is None else dict(before), values)


def _note(
    writing: Writing, survey: Matter, count: GroupCount, before: Mapping[str, object], after: Mapping[str, object]
) -> None:
    act = audit.AuditEvent(writing.viewer.actor, "change", ANSWER_KIND, _answer_code(survey, count), writing.at)
    audit.record(writing.store, writing.connection, act, before, after)


def _answer_code(survey: Matter, count: GroupCount) -> str:
    return f"{survey.matter_code}.{count.group_code}"
