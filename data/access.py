"""Who may do what: permissions of the local viewer (accounts and roles come with the login)."""

from dataclasses import dataclass
from enum import StrEnum


class Permission(StrEnum):
    """A thing that a viewer may be allowed to do."""

    READ_FIGURES = "figures.read"


@dataclass(frozen=True)
class Viewer:
    """Who is looking."""

    name: str
    permissions: frozenset[Permission]


LOCAL_VIEWER = Viewer("local", frozenset(Permission))
