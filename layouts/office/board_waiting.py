"""What waits for review, in the order of what it changes."""

from data.rows.return_board import Standing, WaitingReturn
from data.text import text
from layouts import formatting
from layouts.components.cells import count_cell
from layouts.components.data_table import Cell, Column, Kind, cell, column
from layouts.components.elements import link_to, paragraph, run, small
from layouts.markup import Node
from layouts.office.board_words import when
from layouts.office.table import office_table
from layouts.parts.frame import section
from layouts.parts.glyph import glyph

MOST_NAMED = 2
"""Items that a cell names; the others are counted."""


def waiting_list(standing: Standing) -> Node:
    """Every waiting file with what it would change, and the way to review it."""
    waiting = standing.waiting
    columns: list[Column[WaitingReturn]] = [
        column("board_column.", "unit", _unit, Kind.NAME),
        column("board_column.", "sender", lambda w: f"{w.submitted_by} · {when(w.submitted_at, standing.today)}"),
        column("board_column.", "schools", lambda w: count_cell(w.schools), Kind.COUNT),
        column("board_column.", "school_change", _school_change, Kind.COUNT),
        column("board_column.", "cells", lambda w: count_cell(w.changed_cells), Kind.COUNT),
        column("board_column.", "met", _met),
        column("board_column.", "verdicts", _verdicts, Kind.VERDICT),
        column("board_column.", "look", _doubts),
        Column(name="act", head="", file_head=text("board_column.act"), kind=Kind.PICTURE, look="board-act", cell=_act),
    ]
    table = office_table(columns, waiting, name=text("board.group.waiting"), key=lambda w: str(w.submission_id))
    order = run(text("board.waiting.order"), look="d")
    return section(_title(standing), table, paragraph(text("board.waiting.foot"), look="src"), lead=order)


def _title(standing: Standing) -> str:
    reviewed = standing.to_review or standing.waiting
    key = "title" if standing.to_review else "title_others"
    changing = sum(1 for w in reviewed if w.changes_verdicts)
    fewer = sum(1 for w in reviewed if w.has_fewer_schools)
    parts = [
        text(f"board.waiting.{name}", count=count)
        for name, count in (("changing", changing), ("fewer", fewer))
        if count
    ]
    title = text(f"board.waiting.{key}", count=len(reviewed))
    return f"{title}：{'，'.join(parts)}" if parts else title


def _unit(row: WaitingReturn) -> Cell:
    mark = small(text("board.waiting.correction"), look="tag") if row.is_correction else None
    return cell(row.name, mark)


def _school_change(row: WaitingReturn) -> Cell:
    change = row.school_change
    if change is None:
        return cell(formatting.NONE)
    printed = formatting.count(abs(change))
    return cell(formatting.MINUS + printed if row.has_fewer_schools else printed, value=change)


def _met(row: WaitingReturn) -> str:
    if row.effect is None:
        return formatting.NONE
    before, after = (
        formatting.NONE if count is None else str(count)
        for count in (row.effect["before_met"], row.effect["after_met"])
    )
    return text("board.waiting.met", before=before, after=after)


def _verdicts(row: WaitingReturn) -> Cell:
    """What turns, each with its sign and words."""
    effect = row.effect
    if effect is None:
        return cell(formatting.NONE, tip=text("board.waiting.unknown"))
    if not row.changes_verdicts:
        return cell(run(text("board.waiting.unchanged"), look="mut"))
    turned = (("lost", effect["lost"]), ("undecidable", effect["undecidable"]), ("gained", effect["gained"]))
    levels = {"lost": "unmet", "undecidable": "undecidable", "gained": "met"}
    return cell(
        *[
            run(
                glyph(levels[kind]),
                text(f"board.waiting.{kind}", items=_named(items)),
                look=f"turned t-{levels[kind]}",
                key=kind,
            )
            for kind, items in turned
            if items
        ]
    )


def _named(items: list[str]) -> str:
    named = "、".join(items[:MOST_NAMED])
    return named + (text("board.waiting.and_more", count=len(items)) if len(items) > MOST_NAMED else "")


def _doubts(row: WaitingReturn) -> str:
    if not row.doubts:
        return text("board.waiting.no_doubts")
    key = "doubts" if row.doubts == row.explained else "some_doubts"
    return text(f"board.waiting.{key}", count=row.doubts, explained=row.explained)


def _act(row: WaitingReturn) -> Cell:
    if row.is_own or row.is_being_accepted:
        label = text("board.waiting.own" if row.is_own else "board.waiting.accepting")
        return cell(link_to(label, href=f"/data/{row.submission_id}", stays=False))
    review = link_to(
        text("board.waiting.review"),
        href=f"/data/{row.submission_id}",
        look="button strong" if row.changes_verdicts else "button",
        stays=False,
        aria_label=text("board.waiting.review_label", name=row.name),
    )
    return cell(review)
