"""A survey and a rehearsal of every unit, for the tests of who reads and writes them."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from data.access import LOCAL_VIEWER
from data.clock import day_of, utc_now
from data.store import audit
from data.store.engine import Store
from data.store.matters import MatterStep, Writing, find_in
from data.store.surveys import KINDS, NewSurveys, enter_answers, plan_surveys, step_survey
from tests.people import CATALOGUE

PLANNER, ENTERER, RELEASER = (replace(LOCAL_VIEWER, name=name) for name in ("安排甲", "填报乙", "发布丙"))
DUE = (day_of(utc_now()) + timedelta(days=90)).isoformat()
COUNTS = {"pupils": (90, 81)}


def plan(store: Store, units: Sequence[str], word: str, at: datetime) -> list[str]:
    """One of each kind for each unit, open for answers, called by `word` and the unit."""
    codes: list[str] = []
    for unit in units:
        for kind in KINDS:
            said = f"{word}{unit}"
            new = NewSurveys(kind, [unit], "2026", 1, at.date() + timedelta(days=9), said, {"pupils": 100}, said)
            with store.write() as connection:
                audit.hold_head(connection)
                writing = Writing(store, connection, CATALOGUE, PLANNER, at)
                (survey,) = plan_surveys(writing, new, is_demonstration=True)
                step_survey(writing, survey, MatterStep(survey.matter_code, 1, "start_survey"))
            codes.append(survey.matter_code)
    return codes


def release(store: Store, codes: Sequence[str], at: datetime) -> None:
    """Enter, count and release them; a rehearsal ends when it is counted."""
    for code in codes:
        with store.write() as connection:
            audit.hold_head(connection)
            survey = find_in(connection, code)
            assert survey is not None
            entering = MatterStep(code, survey.version, "enter_answers")
            survey = enter_answers(Writing(store, connection, CATALOGUE, ENTERER, at), survey, entering, COUNTS)
            counting = MatterStep(code, survey.version, "count_survey")
            survey = step_survey(Writing(store, connection, CATALOGUE, PLANNER, at), survey, counting)
            if survey.matter_kind == "survey":
                releasing = MatterStep(code, survey.version, "release_survey")
                step_survey(Writing(store, connection, CATALOGUE, RELEASER, at), survey, releasing)


def survey_paths(unit: str, neighbour: str) -> list[str]:
    """Every page and file of the surveys, asked about the own unit and another's."""
    return [
        *[f"{path}{asked}" for path in ("/surveys", "/surveys/rehearsals") for asked in ("", f"?district={neighbour}")],
        *[f"/surveys/{letters}{code}-2026-0001" for letters in ("DC", "YY") for code in (unit, neighbour)],
        *[f"/surveys/{letters}{neighbour}-2026-0001/report.docx" for letters in ("DC", "YY")],
        f"/surveys/DC{unit}-2026-0001/report.docx",
        f"/surveys/file.xlsx?district={neighbour}",
        "/surveys/file.xlsx?kind=rehearsal",
    ]


def asked(other: str) -> Iterator[tuple[tuple[str, dict[str, str] | None], tuple[str, dict[str, str] | None]]]:
    """Rounds and rehearsals of another unit: each page, file and step; and a rehearsal planned for it."""
    typed = {"version": "2", "reason": "改", "due_on": DUE, "answered.pupils": "9", "satisfied.pupils": "8"}
    for letters in ("DC", "YY"):
        path, nobody = f"/surveys/{letters}{other}-2026-0001", f"/surveys/{letters}599999-2026-0001"
        yield (path, None), (nobody, None)
        yield (f"{path}/report.docx", None), (f"{nobody}/report.docx", None)
        for action in ("set_sample", "enter_answers", "count_survey", "void_survey", "release_survey"):
            fields = {**typed, "action": action, "asked.pupils": "9"}
            yield (path, fields), (nobody, fields)
    new = {"period": "2026", "round": "7", "due_on": DUE, "asked.pupils": "9"}
    for path in ("/surveys", "/surveys/rehearsals"):
        yield (path, {**new, "district": other}), (path, {**new, "district": "599999"})
        yield (f"{path}?district={other}", None), (f"{path}?district=599999", None)
