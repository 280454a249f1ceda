"""A QR code as a picture of squares, light ground included, so that it is read on any page."""

import segno

from layouts.markup import Node, h

QUIET = 4
"""Empty squares around it, as ISO/IEC 18004 asks."""


def qr_code(content: str, label: str) -> Node:
    """The code of a text; `label` says to readers what it is."""
    rows = [bytes(row) for row in segno.make(content, error="m", micro=False).matrix]
    size = len(rows) + 2 * QUIET
    squares = "".join(
        f"M{x + QUIET} {y + QUIET}h1v1h-1z" for y, row in enumerate(rows) for x, is_dark in enumerate(row) if is_dark
    )
    frame = {"viewBox": f"0 0 {size} {size}", "className": "qr-code", "role": "img", "aria-label": label}
    ground = h("rect", {"width": size, "height": size})
    return h("svg", {**frame, "shapeRendering": "crispEdges"}, ground, h("path", {"d": squares}))
