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
    LEDGER_OPEN = "ledger.open"
    """Makes what was found an issue."""
    LEDGER_OPEN_MUNICIPAL = "ledger.open_municipal"
    """The same of what supervision finds: the city alone verifies it (`issue_origins.csv`)."""
    LEDGER_MONITOR = "ledger.monitor"
    """Held by publication alone: new values move issues."""
    WARNINGS_ANSWER = "warnings.answer"
    WARNINGS_SUPERVISE = "warnings.supervise"
    VISITS_PLAN = "visits.plan"
    VISITS_RECORD = "visits.record"
    OPINIONS_ISSUE = "opinions.issue"
    OPINIONS_ANSWER = "opinions.answer"
    COMPLAINTS_RECORD = "complaints.record"
    COMPLAINTS_ANSWER = "complaints.answer"
    SURVEYS_RUN = "surveys.run"
    SURVEYS_ENTER = "surveys.enter"
    """Enters what a survey gave; and rehearses one."""
    TASK_BOOKS_MAKE = "task_books.make"
    TASK_BOOKS_RELEASE = "task_books.release"
    TASK_BOOKS_REPORT = "task_books.report"
    """Says what was done of a measure."""
    TASK_BOOKS_CLOSE = "task_books.close"
    LEADS_READ = "leads.read"
    MEETINGS_READ = "meetings.read"
    MEETINGS_EDIT = "meetings.edit"
    RETURNS_SUBMIT = "returns.submit"
    RETURNS_SUBMIT_CITY = "returns.submit_city"
    """Beside schools and items also the tables that are the city's."""
    RETURNS_APPROVE = "returns.approve"
    ACCOUNTS_MANAGE = "accounts.manage"
    AUDIT_READ = "audit.read"
    REGISTERS_EDIT = "registers.edit"
    """Keeps the registers of inspectors, areas and offices."""
    CATALOGUE_PROPOSE = "catalogue.propose"
    CATALOGUE_RELEASE = "catalogue.release"
    """Lets hold what another one proposed."""


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
class Actor:
    """Who acts, as it is recorded: name and role of that day, and the account's number.

    The number is never given again; there is none where a machine acts, or nobody signed in.
    """

    name: str
    account_id: str = ""
    role: str = ""


NOBODY = Actor("")


@dataclass(frozen=True)
class Viewer:
    """Who is looking: the name that is recorded, what they may do, and to whom."""

    name: str
    permissions: frozenset[Permission]
    scope: Scope = EVERYTHING
    account: str = ""
    role: str = ""
    must_change_password: bool = False
    account_id: str = ""
    must_add_factor: bool = False
    department: str = ""
    """Whose measures alone the viewer answers for; empty where it is no department's."""

    @property
    def actor(self) -> Actor:
        """The viewer as an act of theirs is recorded."""
        return Actor(self.name, self.account_id, self.role)

    def is_person(self, name: str | None, account_id: str) -> bool:
        """Whether a recorded act was this viewer's own: by the account, never by the name.

        The name counts only where either has no account: acts without login, and from before accounts had numbers.
        """
        if account_id and self.account_id:
            return account_id == self.account_id
        return bool(name) and plain_name(name or "") == plain_name(self.name)


OF_ACCOUNTS = frozenset(
    {Permission.ACCOUNTS_MANAGE, Permission.AUDIT_READ, Permission.CATALOGUE_PROPOSE, Permission.CATALOGUE_RELEASE}
)
"""What only a person with an account does."""
LOCAL_VIEWER = Viewer("local", frozenset(Permission) - OF_ACCOUNTS - {Permission.LEDGER_MONITOR})
MONITORING = Viewer("监测", frozenset({Permission.LEDGER_MONITOR}))
OPERATOR = Viewer("命令行", frozenset({Permission.ACCOUNTS_MANAGE}))
IMPORTER = Viewer("导入", frozenset())
SYSTEM = Viewer("系统", frozenset())
MACHINE_NAMES = frozenset(
    {LOCAL_VIEWER.name, MONITORING.name, OPERATOR.name, IMPORTER.name, SYSTEM.name, "演示", "demo"}
    | {"監測", "導入", "系統", "system"}
)
"""Whom the record names where nobody acts, in either script; no person is called so."""
UNSEEN = ("Cc", "Cf", "Mn", "Me", "Zs", "Zl", "Zp")
FILLERS = frozenset("\u115f\u1160\u3164\u2800")
"""Letters and signs that look like nothing."""


def plain_name(person: str) -> str:
    """A name as it looks: compatible letters are one, what cannot be seen and capitals do not count."""
    seen = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", person).casefold())
    return "".join(c for c in seen if unicodedata.category(c) not in UNSEEN and c not in FILLERS)


def is_machine_name(person: str) -> bool:
    """Whether a name reads like one of the machine's, however it is spaced or written."""
    return plain_name(person) in MACHINE_NAMES
