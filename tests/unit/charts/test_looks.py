"""A line has one colour, width and dash, whoever draws it."""

import json
import re

import pytest

from data.settings import ROOT
from layouts.charts.looks import CLOUDS, LEVELS, LINES, Look
from layouts.theme import color

CSS = "\n".join(p.read_text(encoding="utf-8") for p in sorted((ROOT / "assets").rglob("*.css")))
IS_DASHED = {"dash": True, "dot": True, "solid": False}


def declarations(selector: str) -> dict[str, str]:
    """What all rules of exactly this selector declare."""
    blocks = re.findall(rf"(?:^|[}}\n])\s*{re.escape(selector)}\s*\{{([^}}]*)\}}", CSS)
    pairs = [part.split(":", 1) for block in blocks for part in block.split(";") if ":" in part]
    return {name.strip(): value.strip() for name, value in pairs}


def hue(value: str) -> str:
    token = re.fullmatch(r"var\(--([\w-]+)\)", value)
    return (color(token[1]) if token else value).lower()


@pytest.mark.parametrize("name", LINES)
def test_css_draws_a_line_as_plotly_does(name: str) -> None:
    rule = {**declarations(".line"), **declarations(f".line.{name}")}
    assert as_look(rule, hue(declarations(f".text-{name}").get("fill", color("ink-3")))) == plain(LINES[name])


@pytest.mark.parametrize("name", LEVELS)
def test_css_draws_a_level_as_plotly_does(name: str) -> None:
    assert as_look(declarations(f".{name}"), color("ink")) == plain(LEVELS[name])


@pytest.mark.parametrize("name", CLOUDS)
def test_css_draws_a_circle_as_plotly_does(name: str) -> None:
    rule = declarations(".share-dot") | declarations("." + name.replace(" ", "."))
    look = CLOUDS[name]
    drawn = (hue(rule["fill"]), float(rule["fill-opacity"]), hue(rule["stroke"]), float(rule["stroke-width"]))
    assert drawn == (look.color.lower(), look.opacity, look.edge.lower(), look.width)


def as_look(rule: dict[str, str], words: str) -> str:
    width = float(rule["stroke-width"].removesuffix("px"))
    return json.dumps([hue(rule["stroke"]), words.lower(), width, "stroke-dasharray" in rule])


def plain(look: Look) -> str:
    return json.dumps([look.color.lower(), look.words.lower(), float(look.width), IS_DASHED[look.dash]])
