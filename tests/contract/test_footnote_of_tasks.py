"""The footnote of 我的待办 names what its rows are made of."""

import re

from data.rows.tasks import TaskKind
from data.text import text

SOURCES = {
    "问题台账": {TaskKind.RECTIFY, TaskKind.REVIEW, TaskKind.DEADLINE},
    "回头看": {TaskKind.LIST_BACK, TaskKind.LOOK_BACK},
    "预警": {TaskKind.ANSWER, TaskKind.LIFT},
    "走访": {TaskKind.VISIT},
    "督导意见书": {TaskKind.OPINION},
    "群众热点": {TaskKind.COMPLAINT},
    "满意度调查": {TaskKind.SURVEY, TaskKind.REHEARSAL},
    "任务书": {TaskKind.TASK_BOOK, TaskKind.MEASURE},
    "报送": {TaskKind.HAND_IN, TaskKind.CORRECT, TaskKind.APPROVE},
    "会议议定": {TaskKind.DECISION},
}


def test_the_footnote_of_tasks_names_whatever_they_are_made_of() -> None:
    """`待办按问题台账、预警、报送和会议议定逐项列出` stood below five opinions, three complaints and eight surveys."""
    assert set().union(*SOURCES.values()) == set(TaskKind)
    said = text("tasks.source").removeprefix("待办按").partition("逐项列出")[0]
    assert set(re.split("、|和", said)) == set(SOURCES)
