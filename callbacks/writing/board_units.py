"""How far every unit is with its school return for a period, and where those stand that must still hand in."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from callbacks.dependencies import Dependencies
from data import clock
from data.access import Permission
from data.catalogue.access_tables import RoleCapability
from data.importing.previous_return import SCHOOL_RETURN
from data.rows.return_board import Halt, ReturnState, StuckUnit, UnitReturn
from data.store import audit
from data.store.accounts import list_accounts
from data.store.submission import ACCEPTING, APPROVED, BLOCKING, CHECKED, QUERY, RETURNED, SUBMITTED, Submission

MOST_SIGN_INS = 2000
"""Of the newest; who signed in before them has not been here for long."""
PENDING = (SUBMITTED, ACCEPTING)


@dataclass(frozen=True)
class UnitFiles:
    """A unit of the period with the schools in force, if any, and its files with school returns, newest first.

    `reminders` (UTC) are the city's to hand in, oldest first.
    """

    district_code: str
    name: str
    short_name: str
    returned_schools: int | None
    files: Sequence[Submission]
    reminders: Sequence[datetime] = ()

    @property
    def state(self) -> ReturnState:
        """The farthest that stands: what is in force, what waits, what was sent back, what was checked."""
        statuses = [s.status for s in self.files]
        if self.returned_schools is not None:
            return ReturnState.ACCEPTED
        if any(s in PENDING for s in statuses):
            return ReturnState.WAITING
        if RETURNED in statuses:
            return ReturnState.SENT_BACK
        return ReturnState.CHECKED if CHECKED in statuses else ReturnState.NOTHING

    def newest(self, *statuses: str) -> Submission | None:
        """The newest file in one of these states."""
        return next((s for s in self.files if s.status in statuses), None)


@dataclass(frozen=True)
class Reporters:
    """Who can hand in: the accounts of every unit, and when (UTC) each last signed in."""

    accounts: Mapping[str, Sequence[str]]
    signed_in: Mapping[str, datetime]

    def last_seen(self, district_code: str) -> datetime | None:
        """When somebody of the unit last signed in."""
        seen = (self.signed_in.get(name) for name in self.accounts.get(district_code, ()))
        return max((at for at in seen if at is not None), default=None)


def holds_schools(submission: Submission) -> bool:
    """Whether a file holds school returns, or could not be read far enough to tell."""
    kinds = submission.result.get("kinds") or []
    return not kinds or any(k["input_kind"] == SCHOOL_RETURN for k in kinds)


def reporters_of(deps: Dependencies) -> Reporters:
    """The accounts that may hand in, by unit."""
    roles = {c.role_code for c in deps.catalogue.rows(RoleCapability) if c.permission == Permission.RETURNS_SUBMIT}
    accounts: dict[str, list[str]] = {}
    for account in list_accounts(deps.store):
        for code in account.district_codes if account.role_code in roles and account.is_in_force(deps.today()) else ():
            accounts.setdefault(code, []).append(account.account_name)
    signed_in: dict[str, datetime] = {}
    for entry in audit.entries(deps.store, action="login", before=None, most=MOST_SIGN_INS):
        signed_in.setdefault(entry.subject_id, entry.row.at)
    return Reporters(accounts, signed_in)


def unit_returns(units: Iterable[UnitFiles], reporters: Reporters) -> list[UnitReturn]:
    """Every unit with its state and the file it rests on."""
    rows: list[UnitReturn] = []
    for unit in units:
        is_accepted = unit.state is ReturnState.ACCEPTED
        basis = unit.newest(APPROVED) if is_accepted else unit.newest(*PENDING) or unit.newest(CHECKED, RETURNED)
        correction = unit.newest(*PENDING) if is_accepted else None
        rows.append(
            UnitReturn(
                unit.district_code,
                unit.name,
                unit.short_name,
                unit.state,
                basis.submission_id if basis else None,
                correction.submission_id if correction else None,
                bool(reporters.accounts.get(unit.district_code)),
                unit.reminders[-1] if unit.reminders else None,
            )
        )
    return rows


def stuck_units(
    units: Iterable[UnitFiles], reporters: Reporters, opens_on: date, *, has_login: bool
) -> list[StuckUnit]:
    """The units that must still hand in, those that were sent back first."""
    stuck = [_stuck(unit, reporters, opens_on, has_login=has_login) for unit in units if unit.state.is_awaited]
    return sorted(stuck, key=lambda s: list(ReturnState).index(s.state))


def _stuck(unit: UnitFiles, reporters: Reporters, opens_on: date, *, has_login: bool) -> StuckUnit:
    newest, returned = next(iter(unit.files), None), unit.newest(RETURNED)
    seen = reporters.last_seen(unit.district_code)
    touched = [at for at in (seen, newest.updated_at if newest else None) if at is not None]
    return StuckUnit(
        unit.district_code,
        unit.short_name,
        unit.state,
        _halt(unit, newest, _has_come(unit, reporters, opens_on) if has_login else Halt.NOT_UPLOADED),
        newest.submission_id if newest else None,
        len(unit.files),
        count_of(newest, BLOCKING),
        count_of(newest, QUERY),
        returned.note if returned else "",
        returned.decided_by if returned else "",
        max(touched, default=None),
        unit.reminders,
    )


def _halt(unit: UnitFiles, newest: Submission | None, without_file: Halt) -> Halt:
    if newest is None:
        return without_file
    if newest.status == APPROVED:
        return Halt.WITHDRAWN
    if newest.status == RETURNED:
        return Halt.SENT_BACK
    return Halt.CHECKED_AGAIN if unit.newest(RETURNED) else Halt.NOT_SUBMITTED


def _has_come(unit: UnitFiles, reporters: Reporters, opens_on: date) -> Halt:
    """Whether anybody of the unit has an account, and has signed in since the period opened."""
    if not reporters.accounts.get(unit.district_code):
        return Halt.NO_ACCOUNT
    seen = reporters.last_seen(unit.district_code)
    return Halt.NOT_UPLOADED if seen is not None and clock.day_of(seen) >= opens_on else Halt.NEVER_OPENED


def count_of(submission: Submission | None, severity: str) -> int:
    """How many findings of a severity a file has."""
    return sum(1 for f in submission.result["findings"] if f["severity"] == severity) if submission else 0
