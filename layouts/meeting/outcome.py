"""What the meeting before decided, and what became of it."""

from collections.abc import Sequence

from data.store.meetings import PROGRESS, Decision, Meeting
from data.text import text
from layouts import formatting
from layouts.meeting.slide import Bar, Number, Slide
from layouts.pages.meeting.page import outcome_words

TONES = {"open": "overdue", "advancing": "late", "done": "met"}
NUMBER_TONES = {"open": "fail", "advancing": "", "done": "ok"}


def outcome_slide(meeting: Meeting, decisions: Sequence[Decision]) -> Slide:
    """One line per decision, its progress as colour and word."""
    open_count = sum(1 for d in decisions if d.progress == "open")
    return Slide(
        "meeting",
        [("fail" if open_count else "", outcome_words(decisions))],
        text("meetings.before", name=meeting.title) + formatting.day(meeting.held_on),
        chart_title=text("meetings.each"),
        bars=[Bar(d.subject, 1.0, text(f"meetings.progress_{d.progress}"), TONES[d.progress]) for d in decisions],
        numbers=[
            Number(
                str(sum(1 for d in decisions if d.progress == p)),
                text("meeting.pieces"),
                text(f"meetings.progress_{p}"),
                tone=NUMBER_TONES[p],
            )
            for p in reversed(PROGRESS)
        ],
    )
