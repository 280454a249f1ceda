"""Whether the files of an issue prove enough for a step."""

from sqlalchemy import Connection, func, select

from data.catalogue.matter_tables import Transition
from data.store.schema import evidence_file, look_back

REBOUNDED = "rebounded"


def lacks_evidence(connection: Connection, transition: Transition, issue_code: str) -> bool:
    """Whether a file that counts is still needed: to hand in, and to close what only voided files speak for."""
    held = evidence_file.c
    asked = select(held.voided_at.is_(None) & held.removed_at.is_(None)).where(held.issue_code == issue_code)
    counting = [bool(row[0]) for row in connection.execute(asked)]
    if transition.needs_evidence:
        return not any(counting)
    return transition.to_state == "closed" and bool(counting) and not any(counting)


def is_of_before(connection: Connection, issue_code: str) -> bool:
    """Whether every file that counts is from before the last look-back that found a rebound, or of that look-back."""
    looked, held = look_back.c, evidence_file.c
    rebounds = select(func.max(looked.looked_at)).where(looked.issue_code == issue_code, looked.outcome == REBOUNDED)
    last = connection.execute(rebounds).scalar_one()
    counting = select(func.max(held.added_at)).where(
        held.issue_code == issue_code, held.voided_at.is_(None), held.removed_at.is_(None)
    )
    newest = connection.execute(counting).scalar_one()
    return last is not None and newest is not None and newest <= last
