"""`/privacy`: what is kept about whom, for everybody who signs in; `/privacy/mine`: one's own as a file."""

import json

import flask
from flask import Flask
from werkzeug.wrappers import Response

from callbacks.dependencies import Dependencies
from callbacks.files.downloads import attachment
from callbacks.web.account_bar import office_strip
from callbacks.web.rate_limits import check_rate_limit
from data.catalogue.keeping_tables import KeptRecord
from data.settings import Settings
from data.store.personal import data_of
from data.store.refusals import RefusedError
from data.text import text
from layouts.office.privacy import privacy_page

JSON = "application/json"


def add_privacy(server: Flask, deps: Dependencies, settings: Settings) -> None:
    """Add both addresses."""

    @server.get("/privacy")
    def show_privacy() -> str:
        deps.current_viewer()
        records = sorted(deps.catalogue.rows(KeptRecord), key=lambda r: r.display_order)
        return privacy_page(records, office_strip(deps, settings))

    @server.get("/privacy/mine")
    def give_own() -> Response:
        viewer = deps.current_viewer()
        check_rate_limit("export", viewer.account)
        try:
            kept = data_of(deps.store, viewer.account)
        except RefusedError:
            flask.abort(404)
        content = json.dumps(kept, ensure_ascii=False, indent=1, default=str).encode()
        return attachment(content, text("privacy.file") + ".json", JSON)
