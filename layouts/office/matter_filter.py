"""The filter above a list of matters: the unit, and the states with how many there are in each."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from data.catalogue.matter_tables import MatterState
from data.text import text
from layouts.components.forms import choice_field, hidden_field, query_form, submit_button
from layouts.components.segments import Segment, segments
from layouts.markup import Node


@dataclass(frozen=True)
class MatterFilter:
    """Where the list stands, what is chosen, and what may be: `counts` are those of each state."""

    path: str
    state: str
    district_code: str
    units: Sequence[tuple[str, str]]
    states: Sequence[MatterState]
    counts: Mapping[str, int]

    def address(self, path: str, **changes: str) -> str:
        """A path with what is chosen, or with another choice."""
        asked = {"district": self.district_code, "state": self.state, **changes}
        query = urlencode({name: value for name, value in asked.items() if value})
        return f"{path}?{query}" if query else path


def unit_filter(chosen: MatterFilter) -> Node:
    """The choice of a unit; none where there is but one."""
    if len(chosen.units) == 1:
        return None
    units = [("", text("visit.all_units")), *chosen.units]
    return query_form(
        chosen.path,
        choice_field("district", text("filter.district"), units, chosen=chosen.district_code),
        hidden_field("state", chosen.state) if chosen.state else None,
        submit_button(text("audit.show"), look="button"),
        look="in-row",
    )


def state_bar(chosen: MatterFilter) -> Node:
    """Every state with its count, and all of them."""
    choices = [("", text("visit.all_states"), sum(chosen.counts.values()))]
    choices += [(s.state_code, s.name, chosen.counts.get(s.state_code, 0)) for s in chosen.states]
    return segments(
        [
            Segment(
                label=name,
                href=chosen.address(chosen.path, state=code),
                is_chosen=code == chosen.state,
                look="on" if code == chosen.state else "",
                count=count,
            )
            for code, name, count in choices
        ],
        label=text("visit.column.state"),
    )
