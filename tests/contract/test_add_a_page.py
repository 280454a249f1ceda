"""A page is added by six files, as CONTRIBUTING.md says; here it is done in a copy of the project."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

from data.settings import ROOT, Settings

FOLDERS = ("assets", "callbacks", "data", "layouts", "queries")
PAGE = '''"""报送时间 as a list of panels."""

from data.rows.context import UnitContext
from data.text import text
from layouts.components.elements import paragraph
from layouts.components.heads import headline, page_head, page_title
from layouts.ids import NewsId
from layouts.page import AnyPanel, Panel
from layouts.parts.frame import Filter
from layouts.routes import NEWS


def panels(rows: UnitContext, filters: list[Filter]) -> list[AnyPanel]:
    """Every panel of the page in reading order."""
    head = page_head(route=NEWS, state=rows.state, snapshot=rows.snapshot, filters=filters)
    body = [*headline(text("news.title")), paragraph(text("news.body", count=len(rows.scoped)))]
    return [Panel(NewsId.HEAD, "head", head), Panel(NewsId.BODY, "body", body)]


def document_title(rows: UnitContext) -> str:
    """Browser tab and history entry."""
    return page_title(rows.scope_name, text("navigation.news"))
'''
CALLBACK = '''"""报送时间: show the state of the URL."""

from callbacks.dependencies import Dependencies
from callbacks.rendering.page_context import filters, load_unit_context, read_state
from layouts.page import AnyPanel
from layouts.pages import news
from layouts.routes import NEWS, Address


def show_news(deps: Dependencies, address: Address) -> tuple[str, list[AnyPanel]]:
    """Document title and panels of a state."""
    snapshot = deps.warehouse.current()
    rows = load_unit_context(deps, snapshot, read_state(snapshot, address))
    return news.document_title(rows), news.panels(rows, filters(snapshot, rows, NEWS, ("period",)))
'''
NEW_FILES = {"layouts/pages/news.py": PAGE, "callbacks/pages/news.py": CALLBACK}
EDITS = {
    "layouts/routes.py": ((r"ROUTES = \(\n", 'NEWS = Route("news", "/news")\nROUTES = (\n    NEWS,\n'),),
    "layouts/ids.py": (
        (r"\Z", '\n\nclass NewsId(StrEnum):\n    """报送时间."""\n\n    HEAD = "news-head"\n    BODY = "news-body"\n'),
    ),
    "callbacks/rendering/dispatch.py": (
        (
            r"from callbacks.pages.overview import",
            "from callbacks.pages.news import show_news\nfrom callbacks.pages.overview import",
        ),
        (r"    OVERVIEW,\n", "    NEWS,\n    OVERVIEW,\n"),
        (r"    PLAN\.page: ", "    NEWS.page: show_news,\n    PLAN.page: "),
    ),
    "data/text/zh_CN.toml": (
        (
            r"\[navigation\]\n",
            '[news]\ntitle = "报送时间"\nbody = "{count}个区县"\n\n[navigation]\nnews = "报送时间"\n',
        ),
    ),
}
ASK = """
from pathlib import Path
from app import create_app
from data.settings import Settings
app = create_app(Settings(var_folder=Path({var!r}), login="off", prewarms_pages=False))
answer = app.server.test_client().get("/news?period=2025", base_url="http://127.0.0.1")
print(answer.status_code, answer.get_data(as_text=True))
"""


def test_a_page_is_added_by_six_files(small_settings: Settings, tmp_path: Path) -> None:
    assert len(NEW_FILES | EDITS) <= 6
    for folder in FOLDERS:
        shutil.copytree(ROOT / folder, tmp_path / folder, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy2(ROOT / "app.py", tmp_path)
    for name, content in NEW_FILES.items():
        (tmp_path / name).write_text(content, encoding="utf-8")
    for name, edits in EDITS.items():
        path = tmp_path / name
        for pattern, new in edits:
            changed, times = re.subn(pattern, lambda _, new=new: new, path.read_text(encoding="utf-8"), count=1)
            assert times == 1, (name, pattern)
            path.write_text(changed, encoding="utf-8")
    var = tmp_path / "published"
    shutil.copytree(small_settings.var_folder, var)
    asked = subprocess.run(
        [sys.executable, "-c", ASK.format(var=str(var))], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    page = asked.stdout[asked.stdout.find("200 <!") :]
    assert "报送时间 · " in page, asked.stdout[-500:] + asked.stderr[-2000:]
    assert re.search(r"[1-9]个区县", page)
