"""How lines look to Plotly; `assets/` says the same to SVG (`tests/unit/charts/test_looks.py`)."""

from dataclasses import dataclass
from typing import Literal

from layouts.theme import color

Dash = Literal["solid", "dash", "dot"]


@dataclass(frozen=True)
class Look:
    """Colours of a line and of its words, width in pixels, how it is broken."""

    color: str
    words: str
    width: float
    dash: Dash = "solid"


@dataclass(frozen=True)
class CloudLook:
    """Fill of a circle with its opacity, its edge with the width in pixels."""

    color: str
    opacity: float
    edge: str
    width: float


PEER, OTHER = "#8D96A5", "#C9CED6"
LINES = {
    "ok": Look(color("ok"), color("ok-text"), 2.5),
    "fail": Look(color("fail"), color("fail-text"), 2.5),
    "peer": Look(PEER, color("ink-3"), 1.4),
    "other": Look(OTHER, color("ink-3"), 1.0),
    "plan": Look(color("ink-3"), color("ink-3"), 1.4, "dash"),
    "process": Look(color("accent"), color("accent"), 2.6),
    "coming": Look(color("ok"), color("ok"), 1.8, "dot"),
}
CLOUDS = {
    "share-dot": CloudLook(PEER, 0.45, color("ink-3"), 0.8),
    "share-dot first": CloudLook(color("accent"), 0.5, color("accent"), 0.8),
}
LEVELS = {
    "limit-line": Look(color("ink"), color("ink"), 1.8),
    "mean-line": Look(color("ink-3"), color("ink"), 1.4, "dash"),
}
PHASES = ("ph1", "ph2", "ph3")
