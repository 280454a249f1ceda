"""The footnote that all sections of a page share."""

from collections.abc import Sequence
from typing import Protocol

from data.rows.common_dimensions import PeriodRow
from data.rows.publication import SnapshotInfo
from data.text import text
from data.view_state import ViewState
from layouts import formatting
from layouts.components.elements import block, disclosure, link_to, paragraph, run, strong
from layouts.markup import Node
from layouts.parts.demonstration import demonstration_words
from layouts.parts.version import version_name


class Footnoted(Protocol):
    """What a footnote is about: a `FrameContext`, or a view that stands alone."""

    @property
    def state(self) -> ViewState:
        """What was asked for."""
        ...

    @property
    def period(self) -> PeriodRow:
        """The period shown."""
        ...

    @property
    def snapshot(self) -> SnapshotInfo:
        """The publication that answers."""
        ...

    @property
    def map_note(self) -> str:
        """Under which boundaries, in words."""
        ...

    @property
    def covers(self) -> str:
        """What a narrow account is shown; empty for who may see every unit."""
        ...


def source_line(rows: Footnoted, kinds: Sequence[str], *more: str, basis: str = "", every_period: bool = False) -> Node:
    """What of the `kinds` drawn is 演示, period, basis, publication; the page's own words.

    `basis` is that of a page which is of one basis alone, whatever was asked for; a page of `every_period` names none.
    """
    if not rows.snapshot.snapshot_id:
        return paragraph(text("source.unpublished"), *more, look="src page-source")
    boundaries = text(f"basis.{basis or rows.state.basis}")
    period = text("source.period", period=formatting.month(rows.period.snapshot_date))
    line = text("source.line", period=text("source.every_period") if every_period else period, basis=boundaries)
    demo = demonstration_words(rows.snapshot, kinds) or None
    covers = strong(rows.covers) if rows.covers else None
    here = rows.state.search_with({"snapshot": rows.snapshot.snapshot_id})
    pin = link_to(text("meeting.pin"), href=here, look="plain-link")
    version = publication_named(rows.snapshot, text("source.behind", note=rows.map_note))
    name = version_name(rows.snapshot.snapshot_id)
    return block(demo, covers, line, *more, " ", pin, " ", version, look="src page-source", data_version=name)


def publication_named(snapshot: SnapshotInfo, *behind: str) -> Node:
    """What the publication is called; its number and that of its rules stand behind the name, with what else does."""
    numbers = text("source.numbers", snapshot=snapshot.snapshot_id, rules=snapshot.rules_version)
    return disclosure(version_name(snapshot.snapshot_id), run(*behind, numbers), look="version")
