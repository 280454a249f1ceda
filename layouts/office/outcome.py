"""The verdicts that a return would give, beside those in force."""

from typing import TypeGuard

from data.rows.examination import CvRecord, Nothing, Preview, SchoolChange
from data.store.submission import APPROVED, Submission
from data.text import text
from layouts import formatting
from layouts.components.cells import cv_cell
from layouts.components.data_table import Cell, Column, Kind, cell, column
from layouts.components.elements import disclosure, paragraph
from layouts.components.sections import heading, region
from layouts.markup import Node
from layouts.office.table import COLUMN, long_words, office_table
from layouts.parts.glyph import glyph

MOST_OPEN = 12
"""Longer lists are folded."""
LEVELS = {True: "met", False: "unmet", None: "undecidable"}


def has_preview(preview: "Preview | Nothing | None") -> TypeGuard[Preview]:
    """Whether there is one: a return of schools without blocking findings."""
    return preview is not None and "districts" in preview


def outcome(submission: Submission) -> Node:
    """CVs before and with this return, how many sections fail, and the schools that turn."""
    preview = submission.result.get("preview")
    if not has_preview(preview):
        return paragraph(text("returns.no_preview")) if submission.is_blocked else None
    title = text("returns.preview_taken" if submission.status == APPROVED else "returns.preview")
    sections = text(
        "returns.preview_sections",
        failing=str(preview.get("failing_count", len(preview.get("sections", [])))),
        undecidable=str(preview.get("undecidable_count", 0)),
        total=str(preview["section_count"]),
    )
    return region(
        heading(_lead(submission) or title),
        paragraph(title, look="src"),
        paragraph(sections),
        _cvs(preview),
        _schools(preview),
        look="outcome",
    )


def _lead(submission: Submission) -> str:
    """How the count of items that the unit meets would move."""
    effect = submission.result.get("effect")
    if effect is None or effect["before_met"] is None or effect["after_met"] is None:
        return ""
    names = "、".join(effect["gained"])
    lost = "、".join(effect["lost"])
    is_same = effect["before_met"] == effect["after_met"]
    key = "returns.effect_same" if is_same else "returns.effect"
    sentence = text(key, before=effect["before_met"], after=effect["after_met"], total=effect["item_count"])
    sentence += text("returns.effect_gained", names=names) if names else ""
    return sentence + (text("returns.effect_lost", names=lost) if lost else "")


def _cvs(preview: Preview) -> Node:
    before = {(c["stage"], c["indicator"]): c for c in preview.get("before", [])}
    columns: list[Column[CvRecord]] = [
        column(COLUMN, "stage", lambda d: text(f"stage.{d['stage']}")),
        column(COLUMN, "indicator", lambda d: d["indicator"]),
    ]
    if before:
        period = preview.get("before_period", "")
        columns.append(
            Column(
                name="before_cv",
                head=text("returns.before_cv", period=period),
                cell=lambda d: _judged(before.get((d["stage"], d["indicator"]))),
                kind=Kind.CV,
            )
        )
    now: list[Column[CvRecord]] = [
        column(COLUMN, "cv", lambda d: _judged(d), Kind.CV),
        column(COLUMN, "limit", lambda d: cv_cell(d["limit"], None), Kind.CV),
        column(COLUMN, "verdict", lambda d: _change(before.get((d["stage"], d["indicator"])), d), Kind.VERDICT),
    ]
    columns += now
    return office_table(columns, preview["districts"], name=text("sheet.preview"))


def _judged(cv_record: CvRecord | None) -> Cell | str:
    if cv_record is None:
        return formatting.NONE
    shown = cv_cell(cv_record["cv"], cv_record["limit"])
    return cell(glyph(LEVELS[cv_record["complies"]]), " ", *shown.shown, value=shown.value)


def _change(before: CvRecord | None, now: CvRecord) -> Cell | str:
    state = text(f"returns.complies.{str(now['complies']).lower()}")
    if before is None:
        return state
    kind = "stays" if before["complies"] == now["complies"] else "turns"
    look = "turns" if kind == "turns" else ""
    return cell(text(f"returns.{kind}", state=state), look=look)


def _schools(preview: Preview) -> Node:
    schools = preview.get("schools", [])
    if not schools:
        return paragraph(text("returns.no_school_turns"), look="src") if preview.get("before") else None
    columns: list[Column[SchoolChange]] = [
        column(COLUMN, "school", lambda s: long_words(s["school_name"])),
        column(COLUMN, "stage", lambda s: text(f"stage.{s['stage']}")),
        column(COLUMN, "before", lambda s: _met(s["before_complies"], s["before_met"], s["indicator_count"])),
        column(COLUMN, "after", lambda s: _met(s["after_complies"], s["after_met"], s["indicator_count"])),
    ]
    title = text("returns.schools_turn", count=len(schools))
    table = office_table(
        columns, schools, name=text("returns.column.school"), key=lambda s: s["school_code"] + s["stage"]
    )
    return disclosure(title, table, is_open=len(schools) <= MOST_OPEN)


def _met(complies: bool | None, met: int, total: int) -> Cell:
    return cell(glyph(LEVELS[complies]), f" {met}/{total}", value=(met, total))
