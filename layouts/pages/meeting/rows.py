"""What the page of meetings is drawn from."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from data.catalogue.meeting_tables import AgendaTemplate
from data.rows.context import FrameContext
from data.rows.meeting import DecisionCourse
from data.rows.plan import SinceMeeting
from data.store.meetings import PROGRESS, Decision, Meeting
from data.text import text
from layouts.meeting.slide import Slide


@dataclass(frozen=True)
class MeetingRecord:
    """A meeting with what it decided and how many views its order has."""

    meeting: Meeting
    decisions: Sequence[Decision]
    item_count: int


@dataclass(frozen=True)
class MeetingView:
    """All meetings, the chosen one with its slides and decisions, and the one whose decisions are followed up.

    That is the chosen one once it is over, else the one held before it. `may_edit` says whether the viewer prepares
    meetings; who does not is offered no form. `courses` are of the decisions followed up, by their number.
    """

    rows: FrameContext
    may_edit: bool
    records: Sequence[MeetingRecord]
    chosen: MeetingRecord | None
    slides: Sequence[Slide]
    followed: MeetingRecord | None
    courses: Mapping[int, DecisionCourse]
    since: SinceMeeting | None
    templates: Sequence[AgendaTemplate]
    unit_names: Sequence[tuple[str, str]]
    """Code and name of each unit that a meeting may be about."""
    today: date

    @property
    def item_count(self) -> int:
        """How many slides the order has; 0 where it is the default order."""
        return len(self.slides)

    @property
    def is_over(self) -> bool:
        """Whether the chosen meeting has taken place."""
        return self.chosen is not None and self.chosen.meeting.held_on < self.today

    @property
    def minutes(self) -> int:
        """How long the order takes."""
        return sum(slide.minutes for slide in self.slides)


def outcome_words(decisions: Sequence[Decision]) -> str:
    """上次议定7项：完成4，推进2，无进展1."""
    counts = {p: sum(1 for d in decisions if d.progress == p) for p in PROGRESS}
    return text("meetings.outcome", count=len(decisions), **counts)
