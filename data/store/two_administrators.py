"""What two administrators do together: the first one's step is a request, the second one's carries it out."""

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


def needs_two(catalogue: Catalogue, actor: Viewer, role_code: str) -> bool:
    """Whether an account of this role is changed by two; who works at the command line holds the machine anyway."""
    roles = {r.role_code for r in catalogue.rows(Role) if r.needs_two_administrators}
    return bool(actor.account_id) and role_code in roles


def is_second(
    store: Store,
    connection: Connection,
    catalogue: Catalogue,
    actor: Viewer,
    account_name: str,
    action: str,
    at: datetime,
) -> bool:
    """Whether another administrator asked for this step before; if nobody did, it is asked for now."""
    mine = (account_request.c.account_name == account_name, account_request.c.action == action)
    asked = connection.execute(select(account_request).where(*mine).with_for_update()).one_or_none()
    connection.execute(delete(account_request).where(*mine))
    stands = timedelta(days=int(catalogue.parameter("account_request_days", day_of(at))))
    if asked is not None and asked.asked_by_id != actor.account_id and at - asked.asked_at <= stands:
        return True
    values = {"asked_by": actor.name, "asked_by_id": actor.account_id, "asked_at": at}
    put = INSERTS[store.engine.dialect.name](account_request)
    put = put.values(account_name=account_name, action=action, **values).on_conflict_do_nothing()
    connection.execute(put)  # two who ask at once have both asked
    act = audit.AuditEvent(actor.actor, ASKED, SUBJECT, account_name, at)
    audit.record(store, connection, act, {}, {"action": action})
    return False
