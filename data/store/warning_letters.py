"""The letters that remind units of warnings: numbered once, kept as they were sent."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, func, insert, select

from data.catalogue.loader import Catalogue
from data.catalogue.supervision_tables import LetterNumber
from data.store import audit
from data.store.engine import Store
from data.store.matters import Writing
from data.store.schema import warning_letter

SUBJECT = "warning_letter"
WARNING = "warning"


class NumberTakenError(Exception):
    """Somebody else sent a letter under this number meanwhile: it is written anew under the next one."""


@dataclass(frozen=True)
class Letter:
    """A letter to one unit that is to be sent, with its number in it."""

    district_code: str
    number: int
    document_number: str
    period: str
    snapshot_id: str
    file_name: str
    content: bytes
    is_demonstration: bool
    answer_days: Mapping[str, date] = field(default_factory=dict[str, date])
    """The day that it says of each warning, by key."""


@dataclass(frozen=True)
class SentLetter:
    """A letter as it was sent."""

    document_number: str
    year: int
    number: int
    district_code: str
    warning_keys: tuple[str, ...]
    period: str
    snapshot_id: str
    answer_by: date
    file_name: str
    sha256: str
    size_bytes: int
    is_demonstration: bool
    sent_by: str
    sent_by_id: str
    sent_at: datetime


def number_words(catalogue: Catalogue, day: date, number: int) -> str:
    """The number of a letter as the office writes it."""
    forms = [form for form in catalogue.in_force(LetterNumber, day) if form.letter_kind == WARNING]
    return forms[0].form.format(year=day.year, number=number)


def next_number(store: Store, year: int) -> int:
    """The number after the last of a year; one that was given is never given again."""
    with store.read() as connection:
        return _next_in(connection, year)


def _next_in(connection: Connection, year: int) -> int:
    asked = select(func.max(warning_letter.c.number)).where(warning_letter.c.year == year)
    return (connection.execute(asked).scalar_one() or 0) + 1


def keep_letter(writing: Writing, letter: Letter, digest: str, keys: Sequence[str], answer_by: date) -> None:
    """Note a letter as sent, within the transaction of the reminder; its bytes lie under `digest`.

    Raises:
        NumberTakenError: its number is no longer the next one.
    """
    connection, viewer, year = writing.connection, writing.viewer, writing.today.year
    if letter.number != _next_in(connection, year):
        raise NumberTakenError
    values = {
        "document_number": letter.document_number,
        "year": year,
        "number": letter.number,
        "district_code": letter.district_code,
        "warning_keys": json.dumps(list(keys)),
        "period": letter.period,
        "snapshot_id": letter.snapshot_id,
        "answer_by": answer_by,
        "file_name": letter.file_name,
        "sha256": digest,
        "size_bytes": len(letter.content),
        "is_demonstration": letter.is_demonstration,
    }
    sent = {"sent_by": viewer.name, "sent_by_id": viewer.account_id, "sent_at": writing.at}
    connection.execute(insert(warning_letter).values(**values, **sent))
    act = audit.AuditEvent(viewer.actor, "send_letter", SUBJECT, letter.document_number, writing.at)
    audit.record(writing.store, connection, act, {}, values)


def list_letters(store: Store) -> list[SentLetter]:
    """Every letter that was sent, the latest first."""
    held = warning_letter.c
    with store.read() as connection:
        rows = connection.execute(select(warning_letter).order_by(held.year.desc(), held.number.desc())).mappings()
        return [_sent(dict[str, Any](row)) for row in rows]


def _sent(values: dict[str, Any]) -> SentLetter:
    values["warning_keys"] = tuple(json.loads(values["warning_keys"]))
    return SentLetter(**values)
