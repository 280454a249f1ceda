"""会议纪要 in Word: what was shown with its figures, what was decided, who must act and until when."""

from collections.abc import Sequence
from dataclasses import dataclass

from docx.document import Document as WordDocument

from data.store.meetings import Decision, Meeting
from data.text import text
from layouts import formatting
from layouts.documents.brief import heading_words, number_words
from layouts.documents.word import DENSE_PT, add_heading, add_right, add_table, add_text, new_document, to_bytes
from layouts.meeting.slide import Slide
from layouts.pages.meeting.rows import outcome_words

COLUMNS_CM = (1.2, 3.6, 5.2, 2.6, 2.1)


@dataclass(frozen=True)
class Minutes:
    """A meeting with its slides and decisions; `followed` are those of the meeting before.

    `version` says of which publication the figures are, `is_demonstration` whether any of them is invented.
    """

    meeting: Meeting
    slides: Sequence[Slide]
    decisions: Sequence[Decision]
    followed: Sequence[Decision]
    version: str
    is_demonstration: bool


def word_minutes(minutes: Minutes) -> bytes:
    """The draft; who was there, and who signs, is left to the office."""
    meeting, day = minutes.meeting, formatting.day(minutes.meeting.held_on)
    mark = text("document.demo") if minutes.is_demonstration else text("minutes.header")
    document = new_document(text("minutes.title", name=meeting.title), mark, minutes.version, body_pt=DENSE_PT)
    add_text(document, text("minutes.day", day=day), indent=False)
    for line in ("place", "chair", "present", "absent", "recorder"):
        add_text(document, text(f"minutes.{line}"), indent=False)
    if minutes.followed:
        add_heading(document, text("minutes.followed"))
        add_text(document, text("meetings.last", outcome=outcome_words(minutes.followed)) + text("brief.stop"))
        _decision_table(document, minutes.followed)
    add_heading(document, text("minutes.shown"))
    for number, slide in enumerate(minutes.slides, start=1):
        add_text(document, heading_words(slide, number), with_next=True)
        add_text(document, (slide.in_full or slide.sentence) + slide.note + number_words(slide))
        add_text(document, text("minutes.figures", filters=slide.footer))
        if slide.entry and slide.entry.speaker:
            add_text(document, text("minutes.spoke", name=slide.entry.speaker))
    add_heading(document, text("minutes.decided"))
    if minutes.decisions:
        _decision_table(document, minutes.decisions)
    else:
        add_text(document, text("meetings.no_decisions"))
    for line in ("signature", "sent_to"):
        add_right(document, text(f"minutes.{line}"))
    return to_bytes(document)


def _decision_table(document: WordDocument, decided: Sequence[Decision]) -> None:
    """Each decision with its number, who must act, and until when."""
    heads = [text(f"minutes.column_{name}") for name in ("number", "matter", "resolution", "who", "due")]
    rows = [
        [
            str(number),
            d.subject,
            text("minutes.resolution", words=d.resolution, progress=text(f"meetings.progress_{d.progress}")),
            d.responsible_unit or formatting.NONE,
            formatting.day(d.due_on) if d.due_on else formatting.NONE,
        ]
        for number, d in enumerate(decided, start=1)
    ]
    add_table(document, heads, rows, COLUMNS_CM)
