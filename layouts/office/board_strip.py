"""All units by their state, each leading to the file that its state rests on."""

from collections.abc import Sequence

from data.rows.return_board import ReturnState, Standing, UnitReturn
from data.text import text
from layouts.components.elements import block, bullet_list, link_to, list_item, run, small, strong
from layouts.markup import Node
from layouts.office.board_words import state_key
from layouts.parts.process_sign import process_sign

LONG_NAME = 3
"""Characters; a longer name is set smaller."""


def unit_strip(standing: Standing) -> Node:
    """The groups in the order of their states; before the period opens by who can hand in."""
    return block(
        *(_groups(standing) if standing.is_open or not standing.has_accounts else _account_groups(standing)),
        look="strip board-strip",
    )


def _groups(standing: Standing) -> list[Node]:
    groups: list[Node] = []
    for state in ReturnState:
        members = [u for u in standing.units if u.state is state]
        if members:
            key = state_key(state, standing)
            corrections = sum(1 for u in members if u.correction_id is not None)
            note = text("board.group.corrections", count=corrections) if corrections else ""
            tiles = [_tile(u, state.value, text(f"board.group.{key}")) for u in members]
            groups.append(_group(state.value, text(f"board.group.{key}"), note, tiles))
    return groups


def _account_groups(standing: Standing) -> list[Node]:
    groups: list[Node] = []
    for key, look, has_account in (("has_account", "accepted", True), ("no_account", "nothing", False)):
        members = [u for u in standing.units if u.has_account is has_account]
        if members:
            word = text(f"board.group.{key}")
            groups.append(_group(look, word, "", [_tile(u, look, word) for u in members]))
    return groups


def _group(look: str, word: str, note: str, tiles: Sequence[Node]) -> Node:
    head = block(process_sign(look), word, strong(f" {len(tiles)}"), small(note) if note else None, look="strip-head")
    return block(head, bullet_list(tiles, look="strip-tiles"), look="strip-group", key=look)


def _tile(unit: UnitReturn, look: str, word: str) -> Node:
    """A unit; where a correction waits it leads there and says so."""
    name = run(unit.short_name, data_long="1" if len(unit.short_name) > LONG_NAME else None)
    number = unit.submission_id if unit.correction_id is None else unit.correction_id
    marked = " has-correction" if unit.correction_id is not None else ""
    looks = f"strip-tile r-{look}{marked}"
    if number is None:
        return list_item(run(name, look=looks), key=unit.district_code)
    key = "label" if unit.correction_id is None else "correction"
    tile = link_to(
        name,
        href=f"/data/{number}",
        look=looks,
        stays=False,
        aria_label=text(f"board.tile.{key}", name=unit.name, state=word),
    )
    return list_item(tile, key=unit.district_code)
