"""The signs of a process, on a 12 × 12 box: how far something is; never how good it is."""

from layouts.markup import Node, h

SIGNS = {
    "accepted": ("sign-done", "M0 0h12v12H0z", "sign-tick", "M3 6.2l2.1 2.1L9 4.2"),
    "waiting": ("sign-clock", "M.7.7h10.6v10.6H.7z", "sign-hands", "M6 3v3.4l2.4 1.4"),
    "sent_back": ("", "", "sign-back", "M11 2v5H2.5m3.2-3.4L2.3 7l3.4 3.4"),
    "checked": ("sign-empty", "M.7.7h10.6v10.6H.7z", "sign-hands", "M3 6.2l2.1 2.1L9 4.2"),
    "nothing": ("sign-empty", "M.7.7h10.6v10.6H.7z", "sign-hatch", "M1 7l6-6M1 11L11 1M5 11l6-6"),
}
"""Of each state the classes and paths of ground and mark."""


def process_sign(state: str) -> Node:
    """The sign of a state beside its word, which names it: hidden from readers."""
    ground_look, ground, mark_look, mark = SIGNS[state]
    return h(
        "svg",
        {"className": "glyph", "width": 12, "height": 12, "viewBox": "0 0 12 12", "aria-hidden": "true"},
        h("path", {"d": ground, "className": ground_look}) if ground else None,
        h("path", {"d": mark, "className": f"sign-mark {mark_look}"}),
    )
