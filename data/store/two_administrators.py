"""What two administrators do together: the first one's step is a request, the second one's carries it out."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import Connection, delete, select

from data.access import Viewer
from data.catalogue.access_tables import Role
from data.catalogue.loader import Catalogue
from data.clock import day_of
from data.store import audit
from data.store.engine import Store
from data.store.guesses import INSERTS
from data.store.schema import account_request

SUBJECT, ASKED = "account", "ask_second"
DIGITS = 16


def needs_two(catalogue: Catalogue, actor: Viewer, role_code: str) -> bool:
    """Whether an account of this role is changed by two; who works at the command line holds the machine anyway."""
    roles = {r.role_code for r in catalogue.rows(Role) if r.needs_two_administrators}
    return bool(actor.account_id) and role_code in roles


@dataclass(frozen=True)
class Step:
    """What is to be done to which account; with `details` both administrators ask for exactly the same."""

    account_name: str
    action: str
    details: Mapping[str, object] = field(default_factory=dict[str, object])

    @property
    def key(self) -> str:
        """The action; another person, role, number or day of its details is another step."""
        if not self.details:
            return self.action
        said = json.dumps(self.details, ensure_ascii=False, sort_keys=True, default=str)
        return f"{self.action}:{hashlib.sha256(said.encode()).hexdigest()[:DIGITS]}"


def is_second(
    store: Store, connection: Connection, catalogue: Catalogue, actor: Viewer, step: Step, at: datetime
) -> bool:
    """Whether another administrator asked for this step before; if nobody did, it is asked for now."""
    mine = (account_request.c.account_name == step.account_name, account_request.c.action == step.key)
    asked = connection.execute(select(account_request).where(*mine).with_for_update()).one_or_none()
    connection.execute(delete(account_request).where(*mine))
    stands = timedelta(days=int(catalogue.parameter("account_request_days", day_of(at))))
    if asked is not None and asked.asked_by_id != actor.account_id and at - asked.asked_at <= stands:
        return True
    values = {"asked_by": actor.name, "asked_by_id": actor.account_id, "asked_at": at}
    put = INSERTS[store.engine.dialect.name](account_request)
    put = put.values(account_name=step.account_name, action=step.key, **values).on_conflict_do_nothing()
    connection.execute(put)  # two who ask at once have both asked
    act = audit.AuditEvent(actor.actor, ASKED, SUBJECT, step.account_name, at)
    audit.record(store, connection, act, {}, {"action": step.action, **step.details})
    return False
