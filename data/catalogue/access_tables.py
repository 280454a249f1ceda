"""Row types of the tables that say which role may do what."""

from dataclasses import dataclass

from data.catalogue.tables import refers_to


@dataclass(frozen=True)
class Role:
    """A role; `scope_kind` says what bounds it: city, district, area, school or none.

    `needs_two_administrators`: such an account gets its password and its identity from two, and one that manages
    accounts is made by two. `department_level`: such an account is of a department of this level; empty where of none.
    """

    role_code: str
    name: str
    scope_kind: str
    display_order: int
    needs_two_administrators: bool
    department_level: str


@dataclass(frozen=True)
class Capability:
    """A thing that accounts may be allowed to do, in words."""

    permission: str
    name: str
    display_order: int


@dataclass(frozen=True)
class RoleCapability:
    """A role may do this."""

    role_code: str = refers_to("roles.role_code")
    permission: str = refers_to("capabilities.permission")


@dataclass(frozen=True)
class PasswordWord:
    """A word that is guessed first here (places, offices, in small letters), and what it means."""

    word: str
    meaning: str
