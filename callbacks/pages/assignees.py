"""Whom a task can be given to: the accounts in force whose role and units allow it."""

from callbacks.dependencies import Dependencies
from data.access import Permission
from data.catalogue.access_tables import RoleCapability
from data.store.accounts import Account, list_accounts
from data.store.names import account_names
from data.store.refusals import RefusedError


def accounts_that_may(deps: Dependencies, permission: Permission, district: str = "") -> list[Account]:
    """The accounts with a permission today; those that hold the unit where one is named, of every unit otherwise."""
    roles = {r.role_code for r in deps.catalogue.rows(RoleCapability) if r.permission == permission}
    today = deps.today()
    return [
        account
        for account in list_accounts(deps.store)
        if account.role_code in roles
        and account.is_in_force(today)
        and (not account.district_codes or district in account.district_codes)
    ]


def people_to_look(deps: Dependencies, district: str = "", *, but: str = "") -> list[tuple[str, str]]:
    """Account and name of who may look again at issues of a unit, without the one account that may not."""
    names = account_names(deps.store)
    people = [
        (a.account_id, names.shown(a.person, a.account_id))
        for a in accounts_that_may(deps, Permission.LEDGER_SUPERVISE, district)
        if a.account_id != but
    ]
    return sorted(people, key=lambda person: person[1])


def person_to_look(deps: Dependencies, account_id: str, district: str = "") -> tuple[str, str]:
    """Name and account of who was chosen; empty words where nobody was.

    Raises:
        RefusedError: it is nobody who may look again at issues of the unit.
    """
    if not account_id:
        return "", ""
    names = dict(people_to_look(deps, district))
    if account_id not in names:
        raise RefusedError("unknown_looker")
    return names[account_id], account_id
