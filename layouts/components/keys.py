"""Keys of a large table: what its cells look like, and which of them are shown."""

from layouts.components.elements import block, link_to, run
from layouts.markup import Node


def key_bar(*keys: Node, label: str = "") -> Node:
    """The keys in one line; with a `label` they are one group for readers."""
    group = {"role": "group", "aria_label": label} if label else {}
    return block(*keys, look="keys", **group)


def swatch(look: str, mark: str) -> Node:
    """A cell in small."""
    return run(mark, look=f"key-swatch {look}")


def key(*content: Node, name: str) -> Node:
    """What one look of a cell means."""
    return run(*content, look="key", key=name)


def key_choice(*content: Node, href: str, is_chosen: bool, name: str, look: str = "key") -> Node:
    """A key that chooses cells or their order; again, it lets go."""
    return link_to(*content, href=href, look=look, key=name, aria_current="true" if is_chosen else None)


def key_note(note: str, *, starts_choices: bool = False) -> Node:
    """Words among the keys."""
    return run(note, look="mut keys-sort" if starts_choices else "mut")
