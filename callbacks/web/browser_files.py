"""The scripts and the style sheet of a page, served under addresses with their version."""

import flask
from flask import Flask, Response

from layouts.assets import ENTRIES, MODULES, MODULES_FOLDER, STYLES, joined_modules, style_sheet

SCRIPT = "text/javascript"


def add_browser_files(server: Flask) -> None:
    """Serve them; a page of an earlier version gets those of the present one."""

    @server.get(STYLES)
    def show_styles() -> Response:
        return Response(style_sheet(), mimetype="text/css")

    @server.get(f"{MODULES}<version>/<name>")
    def show_module(version: str, name: str) -> Response:  # noqa: ARG001  the browser's, to know what it keeps
        if name in ENTRIES:
            return Response(joined_modules(entry=ENTRIES[name]), mimetype=SCRIPT)
        return flask.send_from_directory(MODULES_FOLDER, name, mimetype=SCRIPT)
