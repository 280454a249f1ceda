"""What the organisation's provider says that an account is: its role, units and schools, taken over at the sign-in."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, cast

from sqlalchemy import Connection

from data.access import Actor
from data.catalogue.access_tables import Role
from data.catalogue.loader import Catalogue
from data.catalogue.tables import District
from data.clock import day_of
from data.store import audit
from data.store.accounts import SUBJECT, Account, change_columns, end_sessions
from data.store.engine import Store
from data.store.new_accounts import NewAccount, check_scope
from data.store.refusals import RefusedError

OF_CLAIMS = "oidc_claims"


@dataclass(frozen=True)
class Claims:
    """What is said of somebody; None is not asked of the provider and stays as it is."""

    roles: Sequence[str] | None = None
    units: Sequence[str] | None = None
    schools: Sequence[str] | None = None

    @property
    def is_asked(self) -> bool:
        """Whether anything is taken over from the provider."""
        return any(said is not None for said in (self.roles, self.units, self.schools))


def words_of_claim(claims: Mapping[str, object], name: str) -> list[str] | None:
    """The values of a claim, one or a list; a path `realm_access.roles` leads into objects. None where not asked."""
    if not name:
        return None
    claim = claims.get(name)
    if claim is None:
        *folders, last = name.split(".")
        inside: Mapping[str, object] | None = claims
        for folder in folders:
            below = inside.get(folder) if inside is not None else None
            inside = cast("Mapping[str, object]", below) if isinstance(below, Mapping) else None
        claim = inside.get(last) if inside is not None else None
    values = cast("Sequence[object]", claim) if isinstance(claim, list | tuple) else [claim]
    return [value for value in values if isinstance(value, str) and value]


def with_claims(
    store: Store, connection: Connection, catalogue: Catalogue, account: Account, claims: Claims, at: datetime
) -> Account:
    """The account as its provider has it, changed and recorded where it was not; its other sessions end then.

    An account whose role two administrators change keeps it, whatever the provider says.

    Raises:
        RefusedError: `bad_claims`: no role of ours, one that is never given this way, or no unit or school that the
            role needs.
    """
    roles = {r.role_code: r for r in catalogue.rows(Role)}
    if not claims.is_asked or roles[account.role_code].needs_two_administrators:
        return account
    role = roles.get(_first(claims.roles, account.role_code))
    if role is None or role.needs_two_administrators:
        raise RefusedError("bad_claims")
    takes_units, takes_schools = (
        role.scope_kind in ("district", "area", "school"),
        role.scope_kind in ("area", "school"),
    )
    units = account.district_codes if claims.units is None else _unit_codes(catalogue, claims.units, at)
    schools = account.school_codes if claims.schools is None else tuple(dict.fromkeys(claims.schools))
    told = replace(
        account,
        role_code=role.role_code,
        district_codes=units if takes_units else (),
        school_codes=schools if takes_schools else (),
        department_code=account.department_code if role.department_level else "",
    )
    claimed_account = NewAccount(
        told.account_name,
        told.person,
        told.role_code,
        told.district_codes,
        told.school_codes,
        department_code=told.department_code,
    )
    try:
        check_scope(catalogue, role, claimed_account, at)
    except RefusedError as error:
        raise RefusedError("bad_claims") from error
    if told == account:
        return account
    before, after = _kept(account), _kept(told)
    change_columns(connection, account.account_name, **after)
    end_sessions(connection, [account.account_name], at)
    act = audit.AuditEvent(
        Actor(account.person, account.account_id, account.role_code),
        "change",
        SUBJECT,
        account.account_name,
        at,
        OF_CLAIMS,
    )
    audit.record(store, connection, act, before, after)
    return replace(told, version=account.version + 1)


def _first(roles: Sequence[str] | None, otherwise: str) -> str:
    if roles is None:
        return otherwise
    return roles[0] if roles else ""


def _unit_codes(catalogue: Catalogue, said: Sequence[str], at: datetime) -> tuple[str, ...]:
    """Codes of units named by code or name; what names none stays, and is refused as a unit."""
    names = {
        name: unit.district_code
        for unit in catalogue.in_force(District, day_of(at))
        for name in (unit.short_name, unit.name, unit.district_code)
    }
    return tuple(dict.fromkeys(names.get(name, name) for name in said))


def _kept(account: Account) -> dict[str, Any]:
    return {
        "role_code": account.role_code,
        "district_codes": ",".join(account.district_codes),
        "school_codes": ",".join(account.school_codes),
        "department_code": account.department_code,
    }
