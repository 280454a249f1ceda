"""What a change of an account means: what its holder may do and see, and what nobody can do any more."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from data.catalogue.access_tables import Capability, Role, RoleCapability
from data.catalogue.loader import Catalogue
from data.store.accounts import Account

KINDS = ("city", "unit", "schools", "school")


@dataclass(frozen=True)
class Place:
    """What is seen: `city` all of it, `unit` its own figures, `schools` all schools of it, `school` that one."""

    kind: str
    code: str = ""


@dataclass(frozen=True)
class Effect:
    """What one account gains and loses, and what no account is left to do somewhere; words of the capabilities."""

    may: Sequence[str]
    may_no_more: Sequence[str]
    sees: Sequence[Place]
    sees_no_more: Sequence[Place]
    nobody_left: Sequence[tuple[Place, Sequence[str]]]


def effect_of(
    catalogue: Catalogue,
    before: Account,
    after: Account,
    others_in_force: Iterable[Account],
    *,
    was_in_force: bool,
    is_in_force: bool,
) -> Effect:
    """What changes when an account becomes another.

    Args:
        catalogue: Roles and what they may do.
        before: The account as it is.
        after: The account as it would be.
        others_in_force: Who else may sign in today.
        was_in_force: Whether its holder may sign in today as it is.
        is_in_force: Whether its holder may sign in after the change, today.
    """
    held, kept = permissions_of(catalogue, before), permissions_of(catalogue, after)
    seen, still = places_of(catalogue, before), places_of(catalogue, after)
    others = list(others_in_force)
    doing = _doings(catalogue, [before, *others] if was_in_force else others)
    doing -= _doings(catalogue, [after, *others] if is_in_force else others)
    places = in_order({place for place, _ in doing})
    return Effect(
        _in_words(catalogue, kept - held),
        _in_words(catalogue, held - kept),
        _without(still, seen),
        _without(seen, still),
        [(place, _in_words(catalogue, {p for at, p in doing if at == place})) for place in places],
    )


def permissions_of(catalogue: Catalogue, account: Account) -> set[str]:
    """What the role of an account may do."""
    return {c.permission for c in catalogue.rows(RoleCapability) if c.role_code == account.role_code}


def in_order(places: Iterable[Place]) -> list[Place]:
    """The city, units, all schools of units, single schools; by code."""
    return sorted(places, key=lambda place: (KINDS.index(place.kind), place.code))


def places_of(catalogue: Catalogue, account: Account) -> set[Place]:
    """What an account sees, by its role's kind of scope."""
    units = {Place("unit", code) for code in account.district_codes}
    schools = {Place("school", code) for code in account.school_codes}
    match _kind(catalogue, account):
        case "city":
            return {Place("city")}
        case "none":
            return set()
        case "district":
            return units | {Place("schools", code) for code in account.district_codes}
        case _:
            return units | schools


def _without(places: set[Place], others: set[Place]) -> list[Place]:
    """The places that the others do not hold; a unit stands for its schools, and all schools for one."""
    if Place("city") in others:
        return []
    left = places - others
    whole = {p.code for p in others if p.kind == "schools"}
    is_inside = {p.code for p in places if p.kind == "unit"} <= whole
    return in_order(
        p
        for p in left
        if not (p.kind == "schools" and Place("unit", p.code) in left) and not (p.kind == "school" and is_inside)
    )


def _doings(catalogue: Catalogue, accounts: Iterable[Account]) -> set[tuple[Place, str]]:
    """Where somebody does what: a city's role for the city, a unit's for its unit, a school's for its school."""
    doings = set[tuple[Place, str]]()
    for account in accounts:
        match _kind(catalogue, account):
            case "city" | "none":
                places = {Place("city")}
            case "district":
                places = {Place("unit", code) for code in account.district_codes}
            case _:
                places = {Place("school", code) for code in account.school_codes}
        doings |= {(place, permission) for place in places for permission in permissions_of(catalogue, account)}
    return doings


def _kind(catalogue: Catalogue, account: Account) -> str:
    return next(r.scope_kind for r in catalogue.rows(Role) if r.role_code == account.role_code)


def _in_words(catalogue: Catalogue, permissions: set[str]) -> list[str]:
    rows = sorted(catalogue.rows(Capability), key=lambda c: c.display_order)
    return [c.name for c in rows if c.permission in permissions]
