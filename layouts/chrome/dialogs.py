"""Search and the keys of the page, each a dialog above it."""

from collections.abc import Collection

import dash_bootstrap_components as dbc  # pyright: ignore[reportMissingTypeStubs]  it comes without
from dash.development.base_component import Component

from data.access import Permission
from data.text import text
from layouts.components.elements import link_to, pairs, paragraph
from layouts.ids import ShellId
from layouts.markup import Markup, Node, to_json
from layouts.search.results import SEARCH_LABEL, search_box, search_results

HELP_TITLE = "help-title"


def search_dialog() -> Component:
    """The field and what it finds."""
    return dbc.Modal(
        dbc.ModalBody(
            [
                Markup(to_json(search_box()), id=ShellId.SEARCH_BOX),
                Markup(to_json(search_results((), "")), id=ShellId.SEARCH_RESULTS),
            ]
        ),
        id=ShellId.SEARCH,
        is_open=False,
        fade=False,
        class_name="search-dialog",
        labelledby=SEARCH_LABEL,
    )


def help_dialog(permissions: Collection[str]) -> Component:
    """The keys, and where returns are handed in for who may do so."""
    return dbc.Modal(
        [
            dbc.ModalHeader(dbc.ModalTitle(text("help.title"), id=HELP_TITLE), close_button=False),
            dbc.ModalBody(Markup(to_json(_keys(permissions)), id=ShellId.HELP_KEYS)),
            dbc.ModalFooter(dbc.Button(text("help.close"), id=ShellId.HELP_CLOSE, class_name="button")),
        ],
        id=ShellId.HELP,
        is_open=False,
        fade=False,
        class_name="help-dialog",
        labelledby=HELP_TITLE,
    )


def _keys(permissions: Collection[str]) -> list[Node]:
    rows = [line.partition(":") for line in text("help.keys").split(" · ")]
    keys = pairs([(key, meaning) for key, _, meaning in rows], look="key-list")
    if Permission.RETURNS_SUBMIT not in permissions:
        return [keys]
    return [keys, paragraph(link_to(text("navigation.data"), href="/data", stays=False))]
