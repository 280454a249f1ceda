"""The surveys of the demonstration: a round in every state, a rehearsal apart from it, nobody below the standard."""

from collections import Counter
from decimal import Decimal

from data.demo.surveys import fill_surveys
from data.rows.surveys import Side
from data.store import audit
from data.store.engine import Store
from data.store.matters import list_matters
from data.store.register_intake import take_register
from data.store.surveys import REHEARSAL, SURVEY, counts_of, is_complete
from queries.surveys import result_of
from tests.people import CATALOGUE
from tests.registers import registers_of
from tests.stores import NOW, SUPERVISOR

UNITS = [f"5001{number:02}" for number in range(1, 34)]


def test_a_round_stands_in_every_state_and_none_is_below_the_standard(store: Store) -> None:
    take_register(store, SUPERVISOR, registers_of(UNITS, "演示"), NOW)
    assert fill_surveys(store, CATALOGUE) == 11
    rounds, rehearsals = list_matters(store, SURVEY), list_matters(store, REHEARSAL)
    assert Counter(s.state for s in rounds) == {"planned": 2, "answering": 4, "counted": 2, "released": 2}
    assert [(s.state, s.round) for s in rehearsals] == [("answering", 1)]
    assert all(s.is_demonstration and s.subject.startswith("演示") for s in (*rounds, *rehearsals))
    counts = counts_of(store, CATALOGUE, [s.matter_code for s in rounds])
    entered = [s.matter_code for s in rounds if is_complete(counts[s.matter_code])]
    assert len(entered) == 6
    sides = {result_of(counts[code], {}, Decimal("0.85"), Decimal("0.95")).pooled.side for code in entered}
    assert sides == {Side.ABOVE, Side.ACROSS}
    assert audit.check_chain(store).first_broken is None
