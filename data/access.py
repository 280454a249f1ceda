"""Who may do what to which units: permissions, scope, and the viewer who carries both."""

import unicodedata
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
    WARNINGS_SUPERVISE = "warnings.supervise"
    LEADS_READ = "leads.read"
    MEETINGS_READ = "meetings.read"
    MEETINGS_EDIT = "meetings.edit"
    RETURNS_SUBMIT = "returns.submit"
    RETURNS_SUBMIT_CITY = "returns.submit_city"
    """Beside schools and items also the tables that are the city's."""
    RETURNS_APPROVE = "returns.approve"
    ACCOUNTS_MANAGE = "accounts.manage"
    AUDIT_READ = "audit.read"


@dataclass(frozen=True)
class Scope:
    """The units and schools whose rows a viewer may see; None is every one of them."""

    districts: frozenset[str] | None = None
    schools: frozenset[str] | None = None

    def allows(self, district_code: str | None, school_code: str | None = None) -> bool:
        """Whether a row of this unit, and school where it has one, may be seen."""
        if self.districts is not None and district_code not in self.districts:
            return False
        return self.schools is None or not school_code or school_code in self.schools

    def may_change(self, district_code: str, school_code: str | None = None) -> bool:
        """Whether it holds all that a matter is about: a school's account reads its unit's only."""
        is_unit_matter = self.schools is not None and not school_code
        return self.allows(district_code, school_code) and not is_unit_matter


EVERYTHING = Scope()
NOTHING = Scope(frozenset(), frozenset())


@dataclass(frozen=True)
class Viewer:
    """Who is looking: the name that is recorded, what they may do, and to whom."""

    name: str
    permissions: frozenset[Permission]
    scope: Scope = EVERYTHING
    account: str = ""
    role: str = ""
    must_change_password: bool = False


LOCAL_VIEWER = Viewer(
    "local", frozenset(Permission) - {Permission.LEDGER_MONITOR, Permission.ACCOUNTS_MANAGE, Permission.AUDIT_READ}
)
MONITORING = Viewer("监测", frozenset({Permission.LEDGER_MONITOR}))
OPERATOR = Viewer("命令行", frozenset({Permission.ACCOUNTS_MANAGE}))
IMPORTER = Viewer("导入", frozenset())
MACHINE_NAMES = frozenset({LOCAL_VIEWER.name, MONITORING.name, OPERATOR.name, IMPORTER.name, "系统", "演示", "demo"})
"""Whom the record names where nobody acts; no person is called so."""


def is_machine_name(person: str) -> bool:
    """Whether a name reads like one of the machine's, however it is spaced or written."""
    plain = "".join(unicodedata.normalize("NFKC", person).split()).casefold()
    return plain in MACHINE_NAMES
