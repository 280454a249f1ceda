"""演示: which of what a page draws is invented; the mark follows the rows of each kind."""

from collections.abc import Sequence
from dataclasses import replace

from data.rows.publication import SnapshotInfo
from data.text import text
from layouts.components.elements import paragraph, run
from layouts.markup import Node

UNIT_KINDS = ("school_return", "district_item", "plan")
SLIDE_KINDS = (*UNIT_KINDS, "visit", "issue")
ISSUE = "issue"


def invented(snapshot: SnapshotInfo, kinds: Sequence[str]) -> list[str]:
    """Those of `kinds` that have invented rows, in this order."""
    return [k for k in kinds if k in snapshot.demonstration_kinds]


def is_invented(snapshot: SnapshotInfo, kinds: Sequence[str]) -> bool:
    """Whether any of `kinds` has invented rows."""
    return bool(invented(snapshot, kinds))


def demonstration_words(snapshot: SnapshotInfo, kinds: Sequence[str]) -> str:
    """演示数据：学校报表、推进计划，非真实情况。 Empty where nothing is invented."""
    kinds_invented = invented(snapshot, kinds)
    names = "、".join(text(f"demonstration.{k}") for k in kinds_invented)
    return text("source.demo", kinds=names) if kinds_invented else ""


def with_issues(snapshot: SnapshotInfo, *, is_demonstration: bool) -> SnapshotInfo:
    """The publication's record, where the issues drawn are the store's and say whether any is invented."""
    others = snapshot.demonstration_kinds - {ISSUE}
    return replace(snapshot, demonstration_kinds=others | {ISSUE} if is_demonstration else others)


def invented_line(*, is_demonstration: bool) -> Node:
    """The mark of invented data below a title; nothing where none is."""
    return paragraph(run(text("app.demo"), look="demo")) if is_demonstration else None
