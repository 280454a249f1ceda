"""The city sends letters: about every warning of the list that was looked at, or about one."""

from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import TypeVar

from callbacks.dependencies import Dependencies
from callbacks.files.documents import warned_units
from callbacks.pages.warn import warn_view, warning_rows
from callbacks.rendering.page_context import load_unit_context, own_issues, read_state
from callbacks.writing.form_fields import Done, Request, text_field_of
from data.access import Permission, Viewer
from data.rows.context import UnitContext
from data.rows.warn import WarningRow
from data.store.refusals import RefusedError
from data.store.warning_letters import Letter, NumberTakenError, next_number, number_words
from data.store.warnings import remind_all
from data.text import text
from data.view_state import ViewState
from layouts import formatting
from layouts.documents.letter import warning_letter
from layouts.parts.demonstration import is_invented
from layouts.routes import WARN, address_of

MOST_TRIES = 6
Sent = TypeVar("Sent")


def remind_of_all(deps: Dependencies, request: Request, viewer: Viewer) -> Done:
    """Remind of what was shown as waiting; refused where it is no longer the list that was shown."""
    path, _, query = text_field_of(request, "address").partition("?")
    address = address_of(path, "?" + query)
    if address is None or address.route is not WARN:
        raise RefusedError("none_new")
    snapshot = deps.warehouse.current()
    view = warn_view(deps, snapshot, load_unit_context(deps, snapshot, read_state(snapshot, address)))
    waiting = view.waiting
    if any(not snapshot.scope.may_change(w.district_code) for w in waiting):
        raise RefusedError("matter_of_unit")
    if Permission.WARNINGS_SUPERVISE not in viewer.permissions:
        raise RefusedError("no_permission")
    if not view.may_remind or text_field_of(request, "seen") != view.waiting_mark:
        raise RefusedError("none_new")
    seen = {w.warning_key: w.record.version if w.record else 0 for w in waiting}

    def send(letters: Sequence[Letter]) -> int:
        return len(remind_all(deps.store, deps.catalogue, viewer, seen, deps.now(), letters=letters))

    count, letters = sent_with(deps, view.rows, waiting, send)
    first, last = letters[0].document_number, letters[-1].document_number
    numbers = first if first == last else text("reminding.numbers", first=first, last=last)
    return Done(text("reminding.done", count=formatting.count(count), letters=len(letters), numbers=numbers))


def warning_of_today(deps: Dependencies, warning_key: str) -> tuple[UnitContext, WarningRow]:
    """A warning as the latest data give it.

    Raises:
        RefusedError: they do not.
    """
    snapshot = deps.warehouse.current()
    rows = load_unit_context(deps, snapshot, ViewState())
    known = warning_rows(deps, snapshot, rows)
    warning = next((w for w in known if w.warning_key == warning_key), None)
    if warning is None:
        raise RefusedError("unknown_warning")
    return rows, warning


def sent_with(
    deps: Dependencies, rows: UnitContext, warnings: Sequence[WarningRow], send: Callable[[Sequence[Letter]], Sent]
) -> tuple[Sent, list[Letter]]:
    """What `send` returns, and the letters, one to each unit; written anew where others took their numbers.

    Raises:
        RefusedError: others sent letters each time.
    """
    for _ in range(MOST_TRIES):
        letters = _letters(deps, rows, warnings)
        try:
            return send(letters), letters
        except NumberTakenError:
            continue
    raise RefusedError("letters_crossed")


def _letters(deps: Dependencies, rows: UnitContext, warnings: Sequence[WarningRow]) -> list[Letter]:
    """The letter to each unit under the next numbers."""
    today = deps.today()
    first = next_number(deps.store, today.year)
    rows = own_issues(deps, deps.warehouse.current(), rows)
    mark = is_invented(rows.snapshot, WARN.draws)
    letters: list[Letter] = []
    for number, (unit, its) in enumerate(warned_units(rows, warnings), start=first):
        written = number_words(deps.catalogue, today, number)
        letters.append(
            Letter(
                unit.district_code,
                number,
                written,
                rows.period.period,
                rows.snapshot.snapshot_id,
                f"{written}_{unit.name}{'_' + text('app.demo') if mark else ''}.docx",
                warning_letter(rows, unit, its, today, written),
                mark,
                {w.warning_key: today + timedelta(days=w.rule.days_to_answer) for w in its},
            )
        )
    return letters
