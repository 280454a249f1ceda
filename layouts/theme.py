"""Colours for Plotly from assets/tokens.json; everything else uses the CSS variables."""

import json
from functools import cache
from pathlib import Path

TOKENS = Path(__file__).parent.parent / "assets" / "tokens.json"
FONT = (
    '"PingFang SC","Microsoft YaHei UI","Microsoft YaHei","HarmonyOS Sans SC",'
    '"Noto Sans CJK SC","Noto Sans SC","Source Han Sans SC","WenQuanYi Micro Hei",sans-serif'
)


@cache
def _tokens() -> dict[str, dict[str, str]]:
    return json.loads(TOKENS.read_text(encoding="utf-8"))


def color(name: str) -> str:
    """A colour token of the light theme, e.g. `ok` or `ink-2`."""
    return _tokens()["light"][name]
