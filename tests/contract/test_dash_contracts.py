"""What we know of Dash's inside stands in one file on each side, and is what the installed release does."""

import json
import re
from pathlib import Path

import dash
import pytest

from app import create_app
from callbacks.rendering.dash_contracts import DASH_VERSION, ENTRY, RENDERER, index_parts
from callbacks.rendering.index_document import ServerRenderedDash
from data.settings import ROOT, Settings
from tests.visitors import body

ADAPTER = ROOT / "assets" / "modules" / "dash-adapter.js"
BUNDLE = Path(dash.__file__).parent / "dash-renderer" / "build" / "dash_renderer.min.js"
PRIVATE = r"sideUpdate|changedPropIds|_dash-update|dash_clientside|DashRenderer|\.\.page-root|window\.fetch ="
PAGE = "..page-root.children...shown-page.data.."


@pytest.fixture(scope="module")
def app(demo_settings: Settings) -> ServerRenderedDash:
    return create_app(demo_settings)


def test_both_halves_name_the_release_that_is_installed() -> None:
    """Another release: read its renderer's `callbacks` and `clientsideFunctions` again, then name it here."""
    assert f'DASH_VERSION = "{DASH_VERSION}"' in ADAPTER.read_text("utf-8")
    assert dash.__version__ == DASH_VERSION
    assert f"dash=={DASH_VERSION}" in (ROOT / "constraints.txt").read_text("utf-8")


def test_only_the_adapters_know_of_them() -> None:
    modules = [p for p in (ROOT / "assets").rglob("*.js") if p.parent.name != "vendor" and p != ADAPTER]
    assert [p.name for p in modules if re.search(PRIVATE, p.read_text("utf-8"))] == []
    files = [p for p in (ROOT / "callbacks").glob("*.py") if p.name != "dash_contracts.py"]
    marks = rf"{RENDERER}|react-entry-point|<script\["
    assert [p.name for p in files if re.search(marks, p.read_text("utf-8"))] == []


def test_the_renderer_still_uses_the_names_that_the_adapter_uses() -> None:
    renderer = BUNDLE.read_text("utf-8")
    for name in (
        "_dash-update-component",
        "sideUpdate",
        "changedPropIds",
        "dash_clientside",
        "DashRenderer",
        "set_props",
    ):
        assert name in renderer, name


def test_a_callback_has_the_form_that_the_adapter_writes(app: ServerRenderedDash) -> None:
    shapes = app.server.config["CALLBACK_SHAPES"]
    assert shapes[PAGE] == (("url.pathname", "url.search"), ("shown-page.data",))
    assert '"..page-root.children."' in ADAPTER.read_text("utf-8")
    assert [o for o in shapes if o.startswith("..said-answer.data.")] != []


def test_an_answer_has_the_form_that_the_adapter_reads(app: ServerRenderedDash) -> None:
    client = app.server.test_client()
    shapes = app.server.config["CALLBACK_SHAPES"]

    def ask(shown: object) -> dict:
        answer = client.post("/_dash-update-component", json=body(shapes, PAGE, ["/matrix", "?stage=junior", shown]))
        return json.loads(answer.data)

    updated = ask({"page": "matrix", "title": "", "snapshot": ""})
    assert list(updated["sideUpdate"]) == ["panel-updates"]
    assert "matrix-table" in updated["sideUpdate"]["panel-updates"]["trees"]
    assert list(updated["response"]) == ["shown-page"]
    turned = ask({"page": "league", "title": "", "snapshot": ""})
    assert "sideUpdate" not in turned
    assert sorted(turned["response"]) == ["page-root", "shown-page"]


def test_the_index_has_what_dash_looks_for(app: ServerRenderedDash) -> None:
    page = app.server.test_client().get("/").get_data(as_text=True)
    assert ENTRY in page
    assert f'id="{RENDERER}"' in page
    assert 'id="_dash-config"' in page
    assert page.count('type="text/deferred"') > 5


def test_scripts_are_read_from_the_parts_in_their_order() -> None:
    scripts = '<script src="/a.js"></script>\n<script defer src="/b.js?m=1"></script>\n<script>inline()</script>'
    parts = index_parts({"css": "<link>", "config": "{}", "scripts": scripts, "metas": ""})
    assert parts.scripts == ["/a.js", "/b.js?m=1"]
