"""Dialogs and menus as the server writes them; what they do is tried in a browser (`tests/shipped/test_chrome.py`)."""

import json

import pytest

from callbacks.rendering.app_layout import app_layout
from data.access import Permission
from data.text import text
from layouts.chrome.dialogs import help_dialog, search_dialog
from layouts.components.drawer import sheet
from layouts.markup import to_html
from layouts.parts.frame import menu


def written(component: object) -> str:
    return json.dumps(component, default=lambda c: c.to_plotly_json(), ensure_ascii=False)


@pytest.mark.parametrize(("permissions", "offers"), [({Permission.RETURNS_SUBMIT}, True), (set(), False)])
def test_the_list_of_keys_leads_to_returns_who_hands_them_in(permissions: set[str], offers: bool) -> None:
    words = written(help_dialog(permissions))
    assert (text("navigation.data") in words) is offers
    assert "g o" in words
    assert "规划进度" in words


def test_a_dialog_is_named_by_its_title() -> None:
    for dialog in (search_dialog(), help_dialog(set())):
        words = written(dialog)
        name = json.loads(words)["props"]["labelledby"]
        assert words.count(name) > 1, "as the name, and where the words stand"
        assert json.loads(words)["props"]["is_open"] is False


def test_nothing_of_the_library_stands_in_the_layout_before_it_is_here() -> None:
    layout = json.loads(written(app_layout(set())))
    late = [c for c in layout["props"]["children"] if c["type"] == "OnDemand"]
    assert [c["namespace"] for c in late[0]["props"]["content"]] == ["dash_bootstrap_components"] * 2
    del late[0]["props"]["content"]
    assert "dash_bootstrap_components" not in json.dumps(layout)


def test_a_menu_is_a_list_that_opens_without_scripts_and_a_drawer_a_named_box() -> None:
    assert to_html([menu("导出", [])]) == (
        '<details class="menu" data-part="menu"><summary>导出</summary><div class="dropdown-menu"></div></details>'
    )
    assert to_html([sheet("x", label="依据")]).startswith('<div class="sheet" role="region" aria-label="依据"')
