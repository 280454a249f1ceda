"""Why a write is refused: what the rules do not permit, and what somebody else changed meanwhile."""

from datetime import date, datetime, timedelta

LONGEST_WORDS = 500
FURTHEST = timedelta(days=3653)
"""A day that somebody sets for something lies within ten years: one that does not was mistyped."""


class RefusedError(Exception):
    """A move that the rules do not permit; `code` names why, `detail` what it is about."""

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(code)
        self.code, self.detail = code, detail


class ChangedMeanwhileError(Exception):
    """Somebody else changed the issue first."""

    def __init__(self, by: str, at: datetime, by_id: str = "") -> None:
        super().__init__(f"{by} {at}")
        self.by, self.at, self.by_id = by, at, by_id


def check_words(*said: str) -> None:
    """Refuse words that are longer than a form takes, or that no store can hold.

    Raises:
        RefusedError: they are.
    """
    for field_text in said:
        if len(field_text) > LONGEST_WORDS:
            raise RefusedError("too_long")
    check_characters(*said)


def check_day(due_on: date, today: date, *, past: str = "due_is_past") -> None:
    """Refuse a day for something to come that is past (as `past`), or too far to be meant.

    Raises:
        RefusedError: it is.
    """
    if due_on < today:
        raise RefusedError(past)
    if due_on - today > FURTHEST:
        raise RefusedError("due_is_far")


def check_characters(*said: str) -> None:
    """Refuse words that no store can hold.

    Raises:
        RefusedError: they are.
    """
    for field_text in said:
        if "\x00" in field_text or any("\ud800" <= c <= "\udfff" for c in field_text):
            raise RefusedError("bad_characters")
