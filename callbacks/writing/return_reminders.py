"""`/data/remind`: the city reminds units to hand in, once a day each."""

import flask
from flask import Flask
from werkzeug.wrappers import Response

from callbacks.dependencies import Dependencies
from callbacks.rendering.binding import NotAllowedError
from callbacks.web.rate_limits import check_rate_limit
from callbacks.writing.board_standing import standing_of
from callbacks.writing.publishing import office_board
from callbacks.writing.return_board import board_of
from data.access import Permission
from data.settings import Settings
from data.store.refusals import RefusedError
from data.store.return_reminders import remind
from data.text import text

LONGEST_CODE = 12


def add_return_reminders(server: Flask, deps: Dependencies, settings: Settings) -> None:
    """Add the step of the board."""

    @server.post("/data/remind")
    def remind_units() -> Response | tuple[str, int]:
        viewer = deps.current_viewer()
        if Permission.RETURNS_APPROVE not in viewer.permissions:
            raise NotAllowedError((Permission.RETURNS_APPROVE,))
        check_rate_limit("remind", viewer.account or flask.request.remote_addr or "")
        form = flask.request.form
        period = form.get("period", "")[:LONGEST_CODE]
        board = board_of(deps, settings, viewer, period)
        standing = standing_of(deps, settings, viewer, board)
        awaited = {s.district_code for s in standing.stuck if s.has_reader}
        is_asked = standing.is_open and board.period == period
        codes = [code for code in form.getlist("district_code") if code in awaited]
        try:
            if not (codes and is_asked):
                raise RefusedError("not_now")
            remind(deps.store, viewer, board.period, codes, deps.now())
        except RefusedError as error:
            return office_board(deps, settings, viewer, text(f"refused.{error.code}")), 400
        return flask.redirect(f"/data?period={board.period}")
