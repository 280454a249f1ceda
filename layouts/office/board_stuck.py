"""Where it sticks: the units that must still hand in."""

from data.rows.return_board import Halt, ReturnState, Standing, StuckUnit
from data.text import text
from layouts import formatting
from layouts.components.data_table import Cell, Column, Kind, cell, column
from layouts.components.elements import link_to, paragraph, run
from layouts.markup import Node
from layouts.office.board_words import state_key, when
from layouts.office.table import long_words, office_table
from layouts.parts.frame import section
from layouts.parts.process_sign import process_sign


def stuck_list(standing: Standing) -> Node:
    """Every such unit with what stands in its way, and the way to its file."""

    def state(row: StuckUnit) -> Cell:
        words = text(f"board.group.{state_key(row.state, standing)}")
        return cell(run(process_sign(row.state.value), words, look=f"status q-{row.state.value}"))

    def touched(row: StuckUnit) -> str:
        return formatting.NONE if row.touched_at is None else when(row.touched_at, standing.today)

    columns: list[Column[StuckUnit]] = [
        column("board_column.", "unit", lambda s: s.name, Kind.NAME),
        column("board_column.", "state", state),
        column("board_column.", "halt", lambda s: text(f"board.halt.{s.halt.value}", checks=s.checks)),
        column("board_column.", "reason", lambda s: long_words(_reason(s))),
        column("board_column.", "touched", touched),
        Column(name="act", head="", file_head=text("board_column.act"), kind=Kind.PICTURE, look="board-act", cell=_act),
    ]
    table = office_table(columns, standing.stuck, name=text("board.stuck.title"), key=lambda s: s.name)
    note = text(f"board.stuck.{'after' if standing.is_past else 'before'}_due")
    return section(_title(standing), table, paragraph(note, look="board-note"))


def _title(standing: Standing) -> str:
    states = [ReturnState.NOTHING, ReturnState.CHECKED, ReturnState.SENT_BACK]
    parts = [
        text("board.stuck.part", state=text(f"board.group.{state_key(s, standing)}"), count=count)
        for s in states
        if (count := sum(1 for row in standing.stuck if row.state is s))
    ]
    return f"{'、'.join(parts)}：{text('board.stuck.title')}"


def _reason(row: StuckUnit) -> str:
    if row.halt is Halt.SENT_BACK:
        return text("board.stuck.reason_note", by=row.noted_by, note=row.note)
    if row.submission_id is None or row.halt is Halt.WITHDRAWN:
        return formatting.NONE
    if not (row.errors or row.queries):
        return text("board.stuck.reason_clean")
    return text("board.stuck.reason_findings", errors=row.errors, queries=row.queries)


def _act(row: StuckUnit) -> Cell:
    if row.submission_id is None:
        return cell(None)
    result = link_to(
        text("board.stuck.result"),
        href=f"/data/{row.submission_id}",
        look="button",
        stays=False,
        aria_label=text("board.stuck.result_label", name=row.name),
    )
    return cell(result)
