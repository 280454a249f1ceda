"""Where it sticks: the units that must still hand in."""

from data import clock
from data.rows.return_board import Halt, ReturnState, Standing, StuckUnit
from data.text import text
from layouts import formatting
from layouts.components.data_table import Cell, Column, Kind, cell, column
from layouts.components.elements import link_to, paragraph, run
from layouts.components.forms import hidden_field, post_form, submit_button
from layouts.markup import Node
from layouts.office.board_words import day_words, state_key, when
from layouts.office.table import long_words, office_table
from layouts.parts.frame import section
from layouts.parts.process_sign import process_sign

REMIND = "remind-units"
MOST_DAYS = 3


def remind_all(standing: Standing, token: str) -> Node:
    """One button for all that were not reminded today."""
    due = [s.district_code for s in standing.stuck if _can_be_reminded(s, standing)]
    if not due or not standing.is_open:
        return None
    fields = [hidden_field("district_code", code) for code in due]
    label = text("board.remind.all", count=len(due))
    return post_form(
        "/data/remind",
        token,
        hidden_field("period", standing.period),
        *fields,
        submit_button(label, look="button"),
        look="remind-all",
    )


def stuck_list(standing: Standing, token: str) -> Node:
    """Every such unit with what stands in its way, when it was asked, and the way to its file."""

    def state(row: StuckUnit) -> Cell:
        label = text(f"board.group.{state_key(row.state, standing)}")
        return cell(run(process_sign(row.state.value), label, look=f"status q-{row.state.value}"))

    def act(row: StuckUnit) -> Cell:
        return cell(_result(row), _remind(row, standing))

    def touched(row: StuckUnit) -> str:
        return formatting.NONE if row.touched_at is None else when(row.touched_at, standing.today)

    columns: list[Column[StuckUnit]] = [
        column("board_column.", "unit", lambda s: s.name, Kind.NAME),
        column("board_column.", "state", state),
        column("board_column.", "halt", lambda s: text(f"board.halt.{s.halt.value}", checks=s.checks)),
        column("board_column.", "reason", lambda s: long_words(_reason(s))),
        column("board_column.", "reminders", lambda s: _reminders(s, standing)),
        column("board_column.", "touched", touched),
        Column(name="act", head="", file_head=text("board_column.act"), kind=Kind.PICTURE, look="board-act", cell=act),
    ]
    table = office_table(columns, standing.stuck, name=text("board.stuck.title"), key=lambda s: s.name)
    note = text(f"board.stuck.{'after' if standing.is_past else 'before'}_due")
    form = post_form("/data/remind", token, hidden_field("period", standing.period), id=REMIND)
    return section(_title(standing), table, form, paragraph(note, text("board.remind.note"), look="board-note"))


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


def _reminders(row: StuckUnit, standing: Standing) -> str:
    """The days on which the city asked, the last ones."""
    days = list(dict.fromkeys(day_words(at, standing.today) for at in row.reminders))
    return "、".join(days[-MOST_DAYS:]) or formatting.NONE


def _can_be_reminded(row: StuckUnit, standing: Standing) -> bool:
    return row.has_reader and not any(clock.day_of(at) == standing.today for at in row.reminders)


def _remind(row: StuckUnit, standing: Standing) -> Node:
    if not _can_be_reminded(row, standing):
        return None
    key = "again" if row.reminders else "one"
    return submit_button(
        text(f"board.remind.{key}"),
        look="button",
        name="district_code",
        value=row.district_code,
        form=REMIND,
        aria_label=text("board.remind.label", name=row.name),
    )


def _result(row: StuckUnit) -> Node:
    if row.submission_id is None:
        return None
    return link_to(
        text("board.stuck.result"),
        href=f"/data/{row.submission_id}",
        look="button",
        stays=False,
        aria_label=text("board.stuck.result_label", name=row.name),
    )
