"""The font of the PDF papers holds every character that the product writes itself."""

from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from callbacks.dependencies import Dependencies
from data.settings import ROOT
from tests.one_fact.surfaces import Asked
from tests.present import present

SCREEN_ONLY = {"̄", "ᵢ", "✓", "✕"}  # formulas of 口径 and marks of the tables
OWN_TEXTS = ("data/text/*.toml", "data/catalogue/*.csv", "data/demo/story.toml")


def test_the_font_holds_every_own_character() -> None:
    font = TTFont(ROOT / "layouts" / "documents" / "fonts" / "NotoSansSC-Regular.otf")
    known = set(present(font.getBestCmap()))
    texts = [p for pattern in OWN_TEXTS for p in Path(ROOT).glob(pattern)]
    assert len(texts) > 20
    used = {c for path in texts for c in path.read_text(encoding="utf-8")} - set("\n\r\t\ufeff") - SCREEN_ONLY
    assert {c for c in used if ord(c) not in known} == set()


@pytest.mark.parametrize("unit", ["", "500103"])
def test_a_table_says_nothing_of_bars(deps: Dependencies, unit: str) -> None:
    """附表　未达标项目：条长为距标准最远处的差距, above a table without a bar."""
    asked = Asked(deps, "2026", "as_was", unit)
    assert "条长" in asked.projector.plain
    for kind in ("docx", "pdf"):
        assert "条长" not in asked.paper(kind), kind
