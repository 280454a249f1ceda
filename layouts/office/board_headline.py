"""The head of the board of returns: the period, the sentence, the deadline, and the next step."""

from data.rows.return_board import ReturnState, Standing
from data.text import text
from layouts import formatting
from layouts.components.elements import block, link_to, paragraph, run
from layouts.components.heads import separated
from layouts.components.sections import heading
from layouts.document import alert_line
from layouts.markup import Node
from layouts.office.board_stuck import remind_all
from layouts.office.board_words import period_words, state_key, when


def city_headline(standing: Standing, token: str, *, waits_for_publication: bool) -> Node:
    """How far all units are, what waits, the deadline, the next file to review, and whom to remind."""
    to_review = standing.to_review
    following = (
        link_to(text("board.next"), href=f"/data/{to_review[0].submission_id}", look="button filled", stays=False)
        if to_review
        else None
    )
    actions = [action for action in (following, remind_all(standing, token)) if action is not None]
    return block(
        heading(*_sentence(standing, waits_for_publication=waits_for_publication), level=1),
        block(*actions, look="board-actions") if actions else None,
        paragraph(_deadline(standing), *_notes(standing), look="sub"),
        look="answer board-answer",
    )


def own_headline(standing: Standing) -> Node:
    """How far the viewer's own units are, and the deadline."""
    units = standing.units
    if len(units) == 1:
        title: list[Node] = [
            text("board.lead.own", name=units[0].name, state=text(f"board.own.{units[0].state.value}"))
        ]
    else:
        title = _sentence(standing, waits_for_publication=False)
    missing = text("board.sub.own_missing") if standing.is_overdue else None
    return block(
        heading(*title, level=1),
        paragraph(_deadline(standing), missing, look="sub"),
        *_reminders(standing),
        look="answer board-answer",
    )


def _reminders(standing: Standing) -> list[Node]:
    """That the city asked for what is not handed in yet."""
    asked = [u for u in standing.units if u.state.is_awaited and u.reminded_at is not None]
    return [
        alert_line(
            text(
                "board.reminded",
                name=unit.name,
                time=when(unit.reminded_at, standing.today),
                period=period_words(standing.period),
            )
        )
        for unit in asked
        if unit.reminded_at is not None
    ]


def _sentence(standing: Standing, *, waits_for_publication: bool) -> list[Node]:
    total = len(standing.units)
    if not standing.is_open:
        known = sum(1 for u in standing.units if u.has_account)
        figures = {"period": period_words(standing.period), "days": standing.opens_in, "total": total, "count": known}
        return [text("board.lead.coming" if standing.has_accounts else "board.lead.coming_alone", **figures)]
    review = run(text("board.lead.to_review", count=len(standing.to_review)), look="c-process")
    reviews = [review] if standing.to_review else []
    if standing.is_whole:
        lead = "whole_waits" if waits_for_publication else "whole"
        return separated([text(f"board.lead.{lead}", total=total), *reviews], "，")
    return separated(
        [
            text("board.lead.accepted", total=total, count=standing.count(ReturnState.ACCEPTED)),
            *(reviews or _part(standing, ReturnState.WAITING)),
            *_part(standing, ReturnState.SENT_BACK),
            *_part(standing, ReturnState.CHECKED),
            *_part(standing, ReturnState.NOTHING),
        ],
        "，",
    )


def _part(standing: Standing, state: ReturnState) -> list[Node]:
    count = standing.count(state)
    return [text(f"board.lead.{state_key(state, standing)}", count=count)] if count else []


def _deadline(standing: Standing) -> str:
    course = standing.course
    if not standing.is_open:
        return text("board.sub.opens", day=formatting.day(course.opens_on), due=formatting.day(course.due_on))
    due = text("board.sub.due", period=period_words(standing.period), day=formatting.day(course.due_on))
    if standing.days_left == 0:
        return due + text("board.sub.today")
    key = "over" if standing.is_past else "left"
    return due + text(f"board.sub.{key}", days=abs(standing.days_left))


def _notes(standing: Standing) -> list[Node]:
    notes: list[Node] = []
    if not standing.is_open:
        return [text("board.sub.accounts")] if standing.has_accounts else []
    if standing.course.lead is not None and not standing.is_past:
        notes.append(text("board.sub.last_year", count=standing.course.same_day_last_year))
    changing = sum(1 for w in standing.to_review if w.changes_verdicts)
    if changing:
        notes.append(text("board.sub.changes", waiting=len(standing.to_review), count=changing))
    own_count = sum(1 for w in standing.waiting if w.is_own)
    if own_count:
        notes.append(text("board.sub.others", count=own_count))
    if standing.is_overdue:
        missing = standing.count(ReturnState.NOTHING) + standing.count(ReturnState.CHECKED)
        notes.append(text("board.sub.missing", count=missing + standing.count(ReturnState.SENT_BACK)))
    return notes
