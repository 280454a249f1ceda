"""What a look-back found: the questions that are answered, and the record that stays whatever becomes of the issue."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime

from sqlalchemy import Connection, insert, select

from data.catalogue.loader import Catalogue
from data.catalogue.supervision_tables import LookBackCheck
from data.store.engine import Store
from data.store.schema import look_back, look_back_answer
from data.text import text

CONFIRM, FIND_REBOUND = "confirm", "find_rebound"
LOOKED = (CONFIRM, FIND_REBOUND)
"""The steps that end a look-back, each with its answers."""
YES, NO, NOT_APPLICABLE = "yes", "no", "none"
ANSWERS = (YES, NO, NOT_APPLICABLE)


@dataclass(frozen=True)
class LookBack:
    """One look at an issue: of which closing, when it was listed and due, who looked and what came of it."""

    look_back_id: int
    issue_code: str
    reason: str
    closed_on: date | None
    listed_on: date | None
    due_on: date | None
    outcome: str
    words: str
    looked_by: str
    looked_by_id: str
    looked_at: datetime


@dataclass(frozen=True)
class Answer:
    """What was answered to a question as it was asked on that day."""

    look_back_id: int
    position: int
    check_code: str
    question: str
    answer: str


def checks_of(catalogue: Catalogue) -> list[LookBackCheck]:
    """What a look-back looks at, in order."""
    return sorted(catalogue.rows(LookBackCheck), key=lambda check: check.display_order)


def lacking_answers(catalogue: Catalogue, action: str, answers: Mapping[str, str]) -> str:
    """Why a look-back cannot end like this; empty where it can, and of every other step.

    Every question is answered; nothing is called stable that a question says is not, or of which none says that it is,
    and nothing rebounded that none says so of. Where no question decides, the finding in words does.
    """
    if action not in LOOKED:
        return ""
    checks = checks_of(catalogue)
    if any(answers.get(check.check_code) not in ANSWERS for check in checks):
        return "needs_checks"
    said = {answers[check.check_code] for check in checks if check.holds_if_stable}
    if not said:
        return ""
    if action == FIND_REBOUND:
        return "" if NO in said else "nothing_denied"
    if NO in said:
        return "check_denied"
    return "" if YES in said else "nothing_checked"


def answers_in_words(catalogue: Catalogue, answers: Mapping[str, str]) -> str:
    """The answers in one phrase, as the history of the issue keeps them."""
    given = [c for c in checks_of(catalogue) if c.check_code in answers]
    return "；".join(
        text("look_back.answered", question=c.question, answer=text(f"look_back.answer_{answers[c.check_code]}"))
        for c in given
    )


def keep_look_back(
    connection: Connection, catalogue: Catalogue | None, record: LookBack, answers: Mapping[str, str]
) -> None:
    """Keep what came of a look-back within the transaction of its step; the number of `record` is given here."""
    values = {name: value for name, value in asdict(record).items() if name != "look_back_id"}
    number = connection.execute(insert(look_back).values(**values)).inserted_primary_key
    if number is None or catalogue is None:
        return
    rows = [
        asdict(Answer(number[0], position, check.check_code, check.question, answers[check.check_code]))
        for position, check in enumerate(checks_of(catalogue))
        if check.check_code in answers
    ]
    if rows:
        connection.execute(insert(look_back_answer), rows)


def list_look_backs(store: Store) -> list[LookBack]:
    """Every look-back that came to its end, the oldest first."""
    with store.read() as connection:
        rows = connection.execute(select(look_back).order_by(look_back.c.look_back_id)).mappings()
        return [LookBack(**row) for row in rows]


def look_backs_of(store: Store, issue_code: str) -> list[tuple[LookBack, list[Answer]]]:
    """Those of one issue, the oldest first, with what was answered."""
    held, given = look_back.c, look_back_answer.c
    asked = select(look_back).where(held.issue_code == issue_code).order_by(held.look_back_id)
    answered = (
        select(look_back_answer)
        .join(look_back, held.look_back_id == given.look_back_id)
        .where(held.issue_code == issue_code)
        .order_by(given.look_back_id, given.position)
    )
    with store.read() as connection:
        records = [LookBack(**row) for row in connection.execute(asked).mappings()]
        answers = [Answer(**row) for row in connection.execute(answered).mappings()]
    return [(r, [a for a in answers if a.look_back_id == r.look_back_id]) for r in records]
