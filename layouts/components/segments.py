"""A row of choices of which one holds, each with its count."""

from collections.abc import Sequence
from dataclasses import dataclass

from layouts import formatting
from layouts.components.elements import block, link_to
from layouts.markup import Node


@dataclass(frozen=True, kw_only=True)
class Segment:
    """One choice: its words, how many rows it has, the address it leads to."""

    label: str
    href: str
    is_chosen: bool
    count: int | None = None
    look: str = ""


def segments(choices: Sequence[Segment], *, label: str, look: str = "segments") -> Node:
    """The choices side by side under one name for readers."""
    links = [
        link_to(
            choice.label,
            None if choice.count is None else formatting.count(choice.count),
            href=choice.href,
            key=str(number),
            look=choice.look,
            aria_current="true" if choice.is_chosen else None,
        )
        for number, choice in enumerate(choices)
    ]
    return block(*links, look=look, role="group", aria_label=label)
