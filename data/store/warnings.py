"""监测预警: what was done about a warning of a rule on a unit, as `transitions.csv` permits."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, insert, select, update

from data.access import Viewer
from data.catalogue.loader import Catalogue, is_in_force
from data.catalogue.matter_tables import Transition
from data.catalogue.supervision_tables import WarningRule
from data.catalogue.tables import District
from data.store import audit
from data.store.engine import Store
from data.store.kept_content import keep_content
from data.store.matters import Writing
from data.store.refusals import ChangedMeanwhileError, RefusedError, check_words
from data.store.schema import warning_state
from data.store.steps import permitted_step, wrong_side
from data.store.warning_letters import Letter, keep_letter
from data.store.warning_state import ANSWERED, LIFTED, NEW, RECEIVED, WarningState, all_silent_times, answer_day

SUBJECT = "warning"
REMIND, ANSWER, SEND_BACK = "remind", "answer", "send_back"


@dataclass(frozen=True)
class WarningStep:
    """What somebody wants done to a warning as they saw it."""

    warning_key: str
    version: int
    action: str
    reason: str = ""


def list_states(store: Store) -> dict[str, WarningState]:
    """All touched warnings by key."""
    with store.read() as connection:
        rows = connection.execute(select(warning_state)).mappings()
        return {r["warning_key"]: WarningState(**r) for r in rows}


def find_state(store: Store, warning_key: str) -> WarningState | None:
    """Where one warning stands; None where nobody has touched it."""
    with store.read() as connection:
        return state_in(connection, warning_key)


def state_in(connection: Connection, warning_key: str) -> WarningState | None:
    """The same as this transaction sees it."""
    asked = select(warning_state).where(warning_state.c.warning_key == warning_key)
    row = connection.execute(asked).mappings().one_or_none()
    return WarningState(**row) if row else None


def unit_of(warning_key: str) -> str:
    """The unit that a warning is about."""
    return warning_key.partition(".")[2]


def step(
    store: Store,
    catalogue: Catalogue,
    viewer: Viewer,
    requested: WarningStep,
    at: datetime,
    *,
    shown_state: str,
    letter: Letter | None = None,
) -> WarningState:
    """Take a step; `shown_state` is the state that the page showed (a lifted one may be new again).

    A reminder is sent with its `letter`; without one it was made by word of mouth.

    Raises:
        RefusedError: no such warning or step, no permission, or a reason is missing.
        ChangedMeanwhileError: somebody else was first.
        NumberTakenError: another letter was sent under its number.
    """
    digests = _kept(store, [letter] if letter else [])
    with store.write() as connection:
        audit.hold_head(connection)
        writing = Writing(store, connection, catalogue, viewer, at)
        after = _taken(writing, requested, shown_state, letter)
        _send(writing, [letter] if letter else [], digests, [after])
        return after


def remind_all(
    store: Store,
    catalogue: Catalogue,
    viewer: Viewer,
    seen: Mapping[str, int],
    at: datetime,
    *,
    letters: Iterable[Letter] = (),
) -> list[WarningState]:
    """Remind of warnings that were shown as new, all or none; `seen` is the version of each key.

    Of `letters` each unit has one, about all of its warnings among these.

    Raises:
        RefusedError: none is given, or the step is not this viewer's to take.
        ChangedMeanwhileError: somebody else was first with one of them.
        NumberTakenError: another letter was sent under one of their numbers.
    """
    if not seen:
        raise RefusedError("none_new")
    by_unit = {letter.district_code: letter for letter in letters}
    digests = _kept(store, by_unit.values())
    with store.write() as connection:
        audit.hold_head(connection)
        writing = Writing(store, connection, catalogue, viewer, at)
        reminded = [
            _taken(writing, WarningStep(key, version, REMIND), NEW, by_unit.get(unit_of(key)))
            for key, version in sorted(seen.items())
        ]
        _send(writing, by_unit.values(), digests, reminded)
        return reminded


def _kept(store: Store, letters: Iterable[Letter]) -> dict[str, str]:
    """Where the bytes of letters lie, by number: on disk before any row is."""
    return {letter.document_number: keep_content(store.evidence_folder, letter.content) for letter in letters}


def _send(
    writing: Writing, letters: Iterable[Letter], digests: Mapping[str, str], reminded: Sequence[WarningState]
) -> None:
    """Note each letter with the warnings that it names; it is answered by the first of their days."""
    for letter in sorted(letters, key=lambda letter: letter.number):
        named = [s for s in reminded if s.document_number == letter.document_number]
        answer_by = min(s.answer_by or writing.today for s in named)
        keys = [s.warning_key for s in named]
        keep_letter(writing, letter, digests[letter.document_number], keys, answer_by)


def _taken(writing: Writing, requested: WarningStep, shown_state: str, letter: Letter | None) -> WarningState:
    """One step within a transaction."""
    connection, viewer, at = writing.connection, writing.viewer, writing.at
    rule = rule_of(writing.catalogue, requested.warning_key, writing.today)
    check_words(requested.reason)
    before = state_in(connection, requested.warning_key)
    if (before.version if before else 0) != requested.version:
        known = before or WarningState("", NEW, None, 0, "", at)
        raise ChangedMeanwhileError(known.updated_by, known.updated_at, known.updated_by_id)
    if not _can_show(before, shown_state):
        raise RefusedError("no_transition")
    reason, key = requested.reason.strip(), requested.warning_key
    transition = permitted_step(writing.catalogue, SUBJECT, shown_state, requested.action, viewer, reason)
    if refusal := wrong_side(transition, viewer, is_of_party=is_of_unit(viewer, key)):
        raise RefusedError(refusal)
    stood = replace(before, state=shown_state) if before else WarningState(key, NEW, None, 0, "", at)
    values = {
        "state": transition.to_state,
        "note": reason,
        **writing.touched(requested.version),
        **_changed(writing, rule, stood, transition, letter),
    }
    after = replace(stood, **values)
    if before is None:
        connection.execute(insert(warning_state).values(**asdict(after)))
    else:
        connection.execute(update(warning_state).where(warning_state.c.warning_key == key).values(**asdict(after)))
    act = audit.AuditEvent(viewer.actor, requested.action, SUBJECT, key, at, reason)
    audit.record(writing.store, connection, act, asdict(before) if before else {}, asdict(after))
    return after


def _changed(
    writing: Writing, rule: WarningRule, stood: WarningState, transition: Transition, letter: Letter | None
) -> dict[str, Any]:
    """What a step changes beside the state: the day of the answer, the letter, the receipt, how often it was silent.

    Raises:
        RefusedError: a second letter before the day of the first has passed.
    """
    today, viewer = writing.today, writing.viewer
    answer_by = today + timedelta(days=rule.days_to_answer)
    if transition.action == REMIND:
        first = answer_day(rule, stood.state, stood)
        if first is not None and first >= today:
            raise RefusedError("answer_awaited")
        return {
            "answer_by": letter.answer_days.get(stood.warning_key, answer_by) if letter else answer_by,
            "silent_times": all_silent_times(rule, stood.state, stood, today),
            "document_number": letter.document_number if letter else "",
            "received_by": "",
            "received_by_id": "",
            "received_at": None,
        }
    if transition.action == SEND_BACK:
        return {"answer_by": answer_by, "silent_times": 0}
    if transition.to_state in (RECEIVED, ANSWERED):
        kept: dict[str, Any] = {"answer_by": answer_day(rule, stood.state, stood)}
        receipt = {"received_by": viewer.name, "received_by_id": viewer.account_id, "received_at": writing.at}
        return kept | receipt if stood.received_at is None else kept
    return {}


def is_of_unit(viewer: Viewer, warning_key: str) -> bool:
    """Whether the viewer is of the unit that a warning is about, as a whole."""
    scope = viewer.scope
    return scope.districts is not None and scope.schools is None and unit_of(warning_key) in scope.districts


def rule_of(catalogue: Catalogue, key: str, day: date) -> WarningRule:
    """The rule by which a warning of this key is given on a day; the last one where none is in force.

    Raises:
        RefusedError: no rule gives it, or there is no such unit.
    """
    code, _, unit = key.partition(".")
    rules = [r for r in catalogue.rows(WarningRule) if r.warning_code == code]
    if not rules or unit not in {d.district_code for d in catalogue.rows(District)}:
        raise RefusedError("unknown_warning")
    return next((rule for rule in rules if is_in_force(rule, day)), rules[-1])


def _can_show(before: WarningState | None, shown: str) -> bool:
    """Whether a page can have shown this state: the stored one; a lifted warning that came again is shown as new."""
    kept = before.state if before else NEW
    return shown == kept or (kept, shown) == (LIFTED, NEW)
