"""What of the board is listed: the unit, the state and the table that the address names."""

from collections.abc import Mapping
from dataclasses import replace

from data.rows.return_board import BoardFilter, ReturnState, Standing
from layouts.office.return_board import Board, Listing


def listing_of(said: Mapping[str, str], board: Board, standing: Standing) -> Listing:
    """The board with the rows of what is listed only; causes and the course stay those of all units."""
    listed = filter_of(said, board, standing)
    if not listed.is_set:
        return Listing(listed, board, standing)
    codes = {
        u.district_code
        for u in standing.units
        if listed.district_code in ("", u.district_code) and listed.state in ("", u.state)
    }
    is_of_all = not (listed.district_code or listed.state)
    submissions = [
        s
        for s in board.submissions
        if (is_of_all or s.district_code in codes)
        and (not listed.input_kind or any(k["input_kind"] == listed.input_kind for k in s.result.get("kinds") or []))
    ]
    numbers = {s.submission_id for s in submissions}
    return Listing(
        listed,
        replace(board, submissions=submissions, units=[u for u in board.units if u.district_code in codes]),
        replace(
            standing,
            waiting=[w for w in standing.waiting if w.submission_id in numbers],
            stuck=[s for s in standing.stuck if s.district_code in codes],
        ),
    )


def filter_of(said: Mapping[str, str], board: Board, standing: Standing) -> BoardFilter:
    """What the address names of what the board has; anything else is as if it were not said."""
    code, state, kind = (said.get(name, "") for name in ("district_code", "state", "input_kind"))
    return BoardFilter(
        code if any(u.district_code == code for u in standing.units) else "",
        state if state in list(ReturnState) else "",
        kind if any(kind == known for known, _ in board.tables) else "",
    )
