"""What an account is made from, and what is refused before anything of it is kept."""

import re
import secrets
from dataclasses import dataclass
from datetime import datetime

from data.access import is_machine_name
from data.catalogue.access_tables import Role
from data.catalogue.department_tables import Department
from data.catalogue.loader import Catalogue
from data.catalogue.tables import District
from data.clock import day_of
from data.store.refusals import RefusedError

NAME = re.compile(r"[a-z][a-z0-9._-]{2,39}")
ERASED = "erased-"
"""How the names of accounts begin whose person was let go of."""
LONGEST_PERSON = 40
SCHOOL = re.compile(r"[^\s,<>\"'&]{1,100}")
MOST_SCHOOLS = 200
SUBJECT_OF_PROVIDER = re.compile(r"[\x21-\x7e]{1,255}")


@dataclass(frozen=True)
class NewAccount:
    """What an account is made from."""

    account_name: str
    person: str
    role_code: str
    district_codes: tuple[str, ...] = ()
    school_codes: tuple[str, ...] = ()
    issuer: str | None = None
    subject: str | None = None
    """Who this is at the organisation's provider; None until the first sign-in there."""
    department_code: str = ""
    """The department whose measures it answers for; empty where the role is of none."""


def new_account_id() -> str:
    """A number for an account that no other had or will have."""
    return secrets.token_hex(16)


def is_erased(account_name: str) -> bool:
    """Whether the person of an account was let go of."""
    return account_name.startswith(ERASED)


def check_names(account: NewAccount) -> None:
    """Refuse a name that is none, or that the record uses where nobody acts.

    Raises:
        RefusedError: it is.
    """
    if not NAME.fullmatch(account.account_name):
        raise RefusedError("bad_account_name")
    person = account.person.replace("\u3000", " ")  # 张　三 stands so in many lists
    if not person.strip() or not person.isprintable() or len(person) > LONGEST_PERSON:
        raise RefusedError("bad_account_name")
    if is_machine_name(person) or is_machine_name(account.account_name) or is_erased(account.account_name):
        raise RefusedError("machine_name")
    if account.subject is not None:
        check_subject(account.subject)


def check_subject(subject: str) -> None:
    """Refuse what no provider gives as the number of a person (OpenID Connect Core 2).

    Raises:
        RefusedError: it is.
    """
    if not SUBJECT_OF_PROVIDER.fullmatch(subject):
        raise RefusedError("bad_subject")


def check_scope(catalogue: Catalogue, role: Role, account: NewAccount, at: datetime) -> None:
    """Every unit is one of the day; schools are codes, and as many as the role has.

    Raises:
        RefusedError: something is missing, or is no unit or school.
    """
    needs = {
        "district": bool(account.district_codes),
        "area": bool(account.district_codes and account.school_codes),
        "school": bool(account.district_codes and len(account.school_codes) == 1),
    }
    if not needs.get(role.scope_kind, True):
        raise RefusedError("needs_scope")
    limits = {"district": ("units",), "area": ("units", "schools"), "school": ("units", "schools")}
    given = {"units": account.district_codes, "schools": account.school_codes}
    if any(codes for name, codes in given.items() if name not in limits.get(role.scope_kind, ())):
        raise RefusedError("scope_not_of_role")
    departments = {
        d.department_code for d in catalogue.in_force(Department, day_of(at)) if d.level_code == role.department_level
    }
    if role.department_level and account.department_code not in departments:
        raise RefusedError("needs_department")
    if account.department_code and not role.department_level:
        raise RefusedError("scope_not_of_role")
    units = {d.district_code for d in catalogue.in_force(District, day_of(at))}
    if not units.issuperset(account.district_codes):
        raise RefusedError("unknown_unit")
    schools = account.school_codes
    if len(schools) > MOST_SCHOOLS or not all(SCHOOL.fullmatch(c) and c.isprintable() for c in schools):
        raise RefusedError("bad_school_code")
