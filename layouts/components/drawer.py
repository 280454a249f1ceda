"""The panel that opens beside a page for one of its figures or rows."""

from collections.abc import Sequence

from data.text import text
from layouts.components.elements import block, link_to, paragraph
from layouts.components.forms import history_list
from layouts.components.sections import heading, region
from layouts.markup import Node


def sheet(*children: Node, label: str) -> Node:
    """What a drawer holds, called `label`: a box, and an `Offcanvas` once it is here (`assets/modules/drawer.js`)."""
    return block(*children, look="sheet", role="region", aria_label=label, data_part="drawer")


def drawer(mark: Node, title: Sequence[Node], *children: Node, label: str, close: str) -> Node:
    """`mark` stands beside the way out, `label` is what readers call the drawer."""
    out = link_to(text("proof.close"), href=close, look="plain", data_close="1")
    head = block(mark, out, look="proof-head")
    return sheet(region(head, heading(*title), *children, look="proof issue"), label=label)


def history_and_actions(
    entries: Sequence[tuple[str, str]], forms: Sequence[Node], *, none: str, asks_actor: bool
) -> list[Node]:
    """What was done so far, or `none`; then what may be done now."""
    return [
        heading(text("ledger.history"), level=3),
        history_list(entries) if entries else paragraph(none, look="d"),
        heading(text("ledger.actions"), level=3),
        paragraph(text("form.no_login"), look="src") if asks_actor else None,
        *forms,
    ]
