"""Rows of 我的待办: what one account must do next, and what waits for others."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from functools import cached_property

from data.rows.context import UnitContext
from data.store.inspector_register import InspectorArea

WEEK = timedelta(days=7)
MOST_OF_A_SPAN = 40
"""Tasks that are listed of each span; those that come after them are counted."""
LONG_OPEN = date.max


class TaskKind(StrEnum):
    """What has to be done, as the button says it."""

    RECTIFY = "rectify"
    REVIEW = "review"
    DEADLINE = "deadline"
    VISIT = "visit"
    OPINION = "opinion"
    COMPLAINT = "complaint"
    SURVEY = "survey"
    REHEARSAL = "rehearsal"
    TASK_BOOK = "task_book"
    MEASURE = "measure"
    LIST_BACK = "list_back"
    LOOK_BACK = "look_back"
    ANSWER = "answer"
    LIFT = "lift"
    HAND_IN = "hand_in"
    CORRECT = "correct"
    APPROVE = "approve"
    DECISION = "decision"


class Span(StrEnum):
    """When a task is due, seen from today."""

    OVERDUE = "overdue"
    TODAY = "today"
    WEEK = "week"
    LATER = "later"
    OPEN = "open"
    """No day is set."""


@dataclass(frozen=True)
class Task:
    """One thing to do: about what, in whose unit, who handed it over and when, by when, and where it is done."""

    kind: TaskKind
    district_code: str
    subject: str
    note: str
    given_by: str
    given_on: date | None
    due_on: date | None
    address: str

    def span(self, today: date) -> Span:
        """When it is due."""
        return span_of(self.due_on, today)


def span_of(due_on: date | None, today: date) -> Span:
    """When something is due that is due on this day."""
    if due_on is None:
        return Span.OPEN
    if due_on < today:
        return Span.OVERDUE
    if due_on == today:
        return Span.TODAY
    return Span.WEEK if due_on <= today + WEEK else Span.LATER


@dataclass(frozen=True)
class TasksView:
    """The tasks of who is looking, by day; `waiting` counts by kind what others must do first."""

    rows: UnitContext
    tasks: Sequence[Task]
    waiting: Mapping[TaskKind, int]
    today: date
    area: InspectorArea | None = None
    """The area of the inspector as whom the viewer acts."""
    beyond: Mapping[tuple[TaskKind, date | None], int] = field(default_factory=dict[tuple[TaskKind, date | None], int])
    """Tasks that come after the first ones of their kind and span, which alone are in `tasks`: by kind and day."""

    def in_span(self, span: Span) -> list[Task]:
        """The listed tasks that are due then, the earliest first."""
        return [t for t in self.shown if t.span(self.today) is span]

    @cached_property
    def counts(self) -> Counter[tuple[TaskKind, date | None]]:
        """How many tasks there are of each kind and day."""
        return Counter((t.kind, t.due_on) for t in self.tasks) + Counter(self.beyond)

    def count_in(self, span: Span | None = None, kind: TaskKind | None = None) -> int:
        """How many tasks there are of a span and a kind; None is any."""
        return sum(
            count
            for (known, due_on), count in self.counts.items()
            if kind in (None, known) and span in (None, span_of(due_on, self.today))
        )

    @property
    def chosen_kind(self) -> TaskKind | None:
        """The kind that the state asks for; None for every kind."""
        return next((kind for kind in TaskKind if kind == self.rows.state.only), None)

    @cached_property
    def shown(self) -> list[Task]:
        """Those of the chosen kind, the earliest first."""
        chosen = self.chosen_kind
        asked = [t for t in self.tasks if chosen in (None, t.kind)]
        return sorted(asked, key=lambda t: (t.due_on or LONG_OPEN, t.kind, t.subject))

    @property
    def kinds(self) -> list[tuple[TaskKind, int]]:
        """How many there are of each kind that there is."""
        counts = [(kind, self.count_in(kind=kind)) for kind in TaskKind]
        return [(kind, count) for kind, count in counts if count]
