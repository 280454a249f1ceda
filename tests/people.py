"""Two persons of every role, bound to one unit or one school of it where the role is; and what they are refused."""

from collections.abc import Callable

from data.access import Permission, Scope, Viewer
from data.catalogue.access_tables import Role, RoleCapability
from data.catalogue.loader import load_catalogue
from data.store.refusals import ChangedMeanwhileError, RefusedError

CATALOGUE = load_catalogue()
DEPARTMENTS = {"municipal": "city_finance", "district": "education"}
UNIT, SCHOOL = "500242", "S500242-001"


def people() -> list[Viewer]:
    """Two persons of each role, bound to one unit or school where the role is."""
    scopes = {
        "city": Scope(),
        "none": Scope(frozenset(), frozenset()),
        "district": Scope(frozenset({UNIT})),
        "area": Scope(frozenset({UNIT}), frozenset({SCHOOL})),
        "school": Scope(frozenset({UNIT}), frozenset({SCHOOL})),
    }
    held: list[Viewer] = []
    for role in CATALOGUE.rows(Role):
        permissions = frozenset(
            Permission(c.permission) for c in CATALOGUE.rows(RoleCapability) if c.role_code == role.role_code
        )
        for number in (1, 2):
            name = f"{role.role_code}{number}"
            held.append(
                Viewer(
                    name,
                    permissions,
                    scopes[role.scope_kind],
                    name,
                    role.role_code,
                    False,
                    f"{name:x<32}"[:32],
                    department=DEPARTMENTS.get(role.department_level, ""),
                )
            )
    return held


PEOPLE = people()
OF_UNIT = [p for p in PEOPLE if p.scope.districts]


def person(name: str) -> Viewer:
    return next(p for p in PEOPLE if p.name == name)


def refusal_of(work: Callable[[], object]) -> str:
    try:
        work()
    except RefusedError as error:
        return error.code
    except ChangedMeanwhileError:
        return "changed"
    return ""
