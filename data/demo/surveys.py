"""Surveys of satisfaction of the demonstration: a first round in every state, and a rehearsal, all invented.

Nobody is accused: every share lies above the standard, and only the size of its sample says how sure that is.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import replace

from sqlalchemy import Connection

from data.access import LOCAL_VIEWER
from data.catalogue.loader import Catalogue
from data.demo.story import generator, story
from data.store import audit
from data.store.engine import Store
from data.store.inspector_register import areas
from data.store.matters import Matter, MatterStep, Writing
from data.store.surveys import REHEARSAL, SURVEY, NewSurveys, enter_answers, groups_of, plan_surveys, step_survey

CITY, SECOND, UNIT = "示例督导一", "示例督导二", "示例区县督导"
SHARES, ANSWERED = (0.87, 0.95), (0.75, 0.95)
SMALL = 8
"""The sample of every other unit is so many times smaller."""
STEPS = {"start_survey": 1, "enter_answers": 25, "count_survey": 39, "release_survey": 40}
"""Each step, and how many days after the planning it was taken."""
HANDS = {"enter_answers": UNIT, "count_survey": SECOND}
PLANNED_AGO, TO_COME = datetime.timedelta(days=40), datetime.timedelta(days=30)


def fill_surveys(store: Store, catalogue: Catalogue) -> int:
    """A round of some units and a rehearsal of one; returns how many surveys there are then."""
    plot, day = story()["surveys"], story()["as_of"] - PLANNED_AGO
    units = list(dict.fromkeys(area.district_code for area in areas(store)))
    chosen = [units[int(number) % len(units)] for number in plot["units"]]
    with store.write() as connection:
        audit.hold_head(connection)
        hands = _hands(store, connection, catalogue, day)
        made: list[Matter] = []
        for place, unit in enumerate(dict.fromkeys(chosen)):
            sample = {g: size // (SMALL if place % 2 else 1) for g, size in plot["sample"].items()}
            made += _survey(next(hands), SURVEY, unit, plot["subject"], sample, place)
        made += _survey(
            next(hands), REHEARSAL, units[int(plot["rehearsal"]) % len(units)], plot["rehearsed"], plot["tried"], 2
        )
    return len(made)


def _hands(store: Store, connection: Connection, catalogue: Catalogue, day: datetime.date) -> Iterator[Writing]:
    """Who writes on that day, a minute after the one before."""
    at = datetime.datetime.combine(day, datetime.time(4))
    while True:
        yield Writing(store, connection, catalogue, replace(LOCAL_VIEWER, name=CITY), at)
        at += datetime.timedelta(minutes=1)


def _survey(
    writing: Writing, kind: str, unit: str, subject: str, sample: dict[str, int], step_count: int
) -> Sequence[Matter]:
    """A survey that has come so many steps far."""
    period = str(story()["as_of"].year)
    due_on = writing.today + PLANNED_AGO + TO_COME
    new = NewSurveys(kind, [unit], period, 1, due_on, subject, sample)
    (survey,) = plan_surveys(writing, new, is_demonstration=True)
    for action in list(STEPS)[: step_count % (len(STEPS) + 1)]:
        at = writing.at + datetime.timedelta(days=STEPS[action])
        hand = replace(writing, viewer=replace(writing.viewer, name=HANDS.get(action, CITY)), at=at)
        step = MatterStep(survey.matter_code, survey.version, action)
        if action == "enter_answers":
            survey = enter_answers(hand, survey, step, _answers(writing.catalogue, unit, sample))
        else:
            survey = step_survey(hand, survey, step)
    return [survey]


def _answers(catalogue: Catalogue, unit: str, sample: dict[str, int]) -> dict[str, tuple[int | None, int | None]]:
    """So many answered and were satisfied of each group, drawn for the unit."""
    entered: dict[str, tuple[int | None, int | None]] = {}
    for place, group in enumerate(groups_of(catalogue)):
        drawn = generator(23, int(unit[-4:], 36), place)
        answered = round(sample.get(group.group_code, 0) * drawn.uniform(*ANSWERED))
        entered[group.group_code] = (answered, round(answered * drawn.uniform(*SHARES)))
    return entered
