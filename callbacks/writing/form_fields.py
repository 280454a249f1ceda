"""What a form sent: fields read strictly, and the person who acts."""

from dataclasses import dataclass, replace
from datetime import date

from callbacks.dependencies import Dependencies
from data.access import LOCAL_VIEWER, Viewer, is_machine_name
from data.store.refusals import RefusedError

Request = dict[str, object]
LONGEST = 500


@dataclass(frozen=True)
class Done:
    """A request that was carried out: what to say, and the address that is opened then."""

    words: str
    opens: str = ""


def text_field_of(request: Request, name: str) -> str:
    """A field as text that every store holds, cut to what a form allows; empty where it is none.

    A browser counts the end of a line once and sends two characters.
    """
    value = request.get(name)
    if not isinstance(value, str):
        return ""
    plain = value.encode(errors="ignore").decode().replace("\x00", "").replace("\r\n", "\n")
    return plain.strip()[:LONGEST]


def date_field_of(request: Request, name: str) -> date | None:
    """A field as a day; None where it is empty.

    Raises:
        RefusedError: not a day.
    """
    field_text = text_field_of(request, name)
    try:
        return date.fromisoformat(field_text) if field_text else None
    except ValueError as error:
        raise RefusedError("bad_day") from error


def int_field_of(request: Request, name: str) -> int:
    """A field as a whole number.

    Raises:
        RefusedError: not a whole number.
    """
    field_text = text_field_of(request, name)
    if not field_text.isdecimal() or len(field_text) > 9:  # noqa: PLR2004
        raise RefusedError("bad_number")
    return int(field_text)


def actor_of(deps: Dependencies, name: str) -> Viewer:
    """Who acts: the viewer; without login, under the name that was given.

    Raises:
        RefusedError: no name was given.
    """
    viewer = deps.current_viewer()
    if viewer != LOCAL_VIEWER:
        return viewer
    if not name:
        raise RefusedError("needs_actor")
    if is_machine_name(name):
        raise RefusedError("machine_name")
    return replace(viewer, name=name[:40])
