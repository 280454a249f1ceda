"""Who may do what: permissions of the local viewer (accounts and roles come with the login)."""

from dataclasses import dataclass
from enum import StrEnum


class Permission(StrEnum):
    """A thing that a viewer may be allowed to do."""

    READ_FIGURES = "figures.read"
    LEDGER_RECTIFY = "ledger.rectify"
    LEDGER_REVIEW = "ledger.review"
    LEDGER_SUPERVISE = "ledger.supervise"
    LEDGER_MONITOR = "ledger.monitor"
    """Held by publication alone: new values move issues."""
    WARNINGS_ANSWER = "warnings.answer"
    MEETINGS_EDIT = "meetings.edit"


@dataclass(frozen=True)
class Viewer:
    """Who is looking."""

    name: str
    permissions: frozenset[Permission]


LOCAL_VIEWER = Viewer("local", frozenset(Permission) - {Permission.LEDGER_MONITOR})
MONITORING = Viewer("监测", frozenset({Permission.LEDGER_MONITOR}))
