"""The rows the 监测预警 page is drawn from."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from data.catalogue.matter_tables import Transition
from data.catalogue.supervision_tables import WarningRule
from data.rows.context import UnitContext
from data.rows.marks import mark_of
from data.rows.warn import WarningRow
from data.store.audit import AuditRow
from data.store.evidence import EvidenceFile
from data.store.warning_letters import SentLetter
from data.store.warning_state import LIFTED
from layouts.pages.warn.summary import LEVELS

FRESH = "fresh"
"""The choice of what is new since the period before."""


@dataclass(frozen=True)
class WarningDetail:
    """One warning opened: what was done about it and the steps that its state permits."""

    warning: WarningRow
    history: Sequence[AuditRow]
    steps: Sequence[Transition]
    letters: Sequence[SentLetter] = ()
    """The letters that named it, the latest first; empty for whom they are not."""
    files: Sequence[EvidenceFile] = ()
    """What came with its answers."""
    may_add: bool = False
    """Whether who is looking may add a file to the answer."""


@dataclass(frozen=True)
class Ended:
    """A warning that somebody acted on and whose cause is gone."""

    warning_key: str
    words: str
    updated_at: datetime


@dataclass(frozen=True)
class WarnView:
    """Warnings of the filter, the rules in force, and the warnings whose cause is gone."""

    rows: UnitContext
    warnings: Sequence[WarningRow]
    rules: Sequence[WarningRule]
    ended: Sequence[Ended]
    today: date
    detail: WarningDetail | None
    may_remind: bool = False
    """Whether who is looking reminds units."""
    letters: Sequence[SentLetter] = ()
    """The letters of this year to the units of the filter of which who is looking sees the whole."""

    @property
    def waiting(self) -> list[WarningRow]:
        """The warnings shown of which nobody was reminded yet."""
        return [w for w in self.shown if w.state == "new"]

    @property
    def waiting_mark(self) -> str:
        """These, as they are shown."""
        return mark_of((w.warning_key, w.record.version if w.record else 0) for w in self.waiting)

    @cached_property
    def fresh(self) -> list[WarningRow]:
        """The warnings of which every subject came after the period before; none where there is no such period."""
        before = self.rows.day_of_last_period
        return [w for w in self.warnings if w.state != LIFTED and w.came_after(before)]

    @cached_property
    def shown(self) -> list[WarningRow]:
        """The warnings of the chosen level or rule that are not lifted, or of the chosen state."""
        only, standing = self.rows.state.only, [w for w in self.warnings if w.state != LIFTED]
        if only in LEVELS:
            return [w for w in standing if w.level == only]
        if only in {r.warning_code for r in self.rules}:
            return [w for w in standing if w.rule.warning_code == only]
        if only == FRESH:
            return self.fresh
        if only in ("new", "reminded", "received", "answered", "lifted"):
            return [w for w in self.warnings if w.state == only]
        return list(self.warnings)
