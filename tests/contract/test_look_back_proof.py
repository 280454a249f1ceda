"""What a look-back found is no proof that it was put right since; its answers agree with what came of it."""

from datetime import date, timedelta

from callbacks.dependencies import Dependencies
from data.store.evidence import add_evidence
from data.store.ledger import Move, move
from tests.contract.test_look_back import AT, DENIED, deps, listed_for
from tests.evidence_files import PDF
from tests.people import CATALOGUE, person, refusal_of

__all__ = ["deps"]


def test_what_proves_the_rebound_does_not_prove_that_it_was_put_right(deps: Dependencies) -> None:
    """The unit handed in on the photograph of the locked room, and on the files of the first time."""
    code = listed_for(deps)[0]
    unit, third = person("district_supervisor1"), person("municipal_supervisor2")
    add_evidence(deps.store, CATALOGUE, third, code, "上锁.pdf", PDF, AT)
    back = Move(code, 2, "find_rebound", "器材又锁上了", answers=DENIED)
    move(deps.store, CATALOGUE, third, back, AT + timedelta(hours=1))
    again = Move(code, 3, "restart", measure="重新开放", due_on=date(2027, 3, 1))
    move(deps.store, CATALOGUE, unit, again, AT + timedelta(hours=2))
    handed_in = Move(code, 4, "submit")
    late = AT + timedelta(hours=3)
    assert refusal_of(lambda: move(deps.store, CATALOGUE, unit, handed_in, late)) == "needs_new_evidence"
    add_evidence(deps.store, CATALOGUE, unit, code, "开放记录.pdf", PDF, late)
    assert move(deps.store, CATALOGUE, unit, handed_in, late).status == "awaiting_review"
