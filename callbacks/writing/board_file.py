"""`/data/board.xlsx`: the board of returns as a workbook."""

import flask
from flask import Flask
from werkzeug.wrappers import Response

from callbacks.dependencies import Dependencies
from callbacks.files.downloads import XLSX, attachment
from callbacks.files.export import note_export
from callbacks.rendering.binding import NotAllowedError
from callbacks.web.quotas import check_quota
from callbacks.web.rate_limits import check_rate_limit
from callbacks.writing.board_filter import listing_of
from callbacks.writing.board_standing import standing_of
from callbacks.writing.return_board import board_of
from data.settings import Settings
from data.text import text
from layouts.export.files import Caption, to_xlsx
from layouts.export.tables import heading_of, tables_of, texts_of
from layouts.ids import ShellId
from layouts.office.board_words import period_words
from layouts.office.return_board import board_tables
from layouts.page import Panel
from layouts.routes import RETURNS


def add_board_file(server: Flask, deps: Dependencies, settings: Settings) -> None:
    """Add the download of the board; who takes it is recorded."""

    @server.get("/data/board.xlsx")
    def give_board() -> Response:
        viewer = deps.current_viewer()
        if not viewer.permissions & set(RETURNS.needs):
            raise NotAllowedError(RETURNS.needs)
        check_rate_limit("export", viewer.account or flask.request.remote_addr or "")
        check_quota(deps, "exports", viewer)
        board = board_of(deps, settings, viewer, flask.request.args.get("period", ""))
        standing = standing_of(deps, settings, viewer, board)
        listing = listing_of(flask.request.args, board, standing)
        panels = [Panel(ShellId.MESSAGE, "", board_tables(board, standing, listing))]
        period = period_words(board.period)
        marks = [text("app.demo")] if board.has_demonstration else []
        caption = Caption(heading_of(panels), [(text("board.period"), period)], [*marks, *texts_of(panels, "sub")])
        content = to_xlsx(caption, tables_of(panels, text("navigation.data")))
        note_export(deps, "xlsx", f"{RETURNS.path}?period={board.period}")
        name = "_".join([text("board.export_name", period=period), *marks])
        return attachment(content, f"{name}.xlsx", XLSX)
