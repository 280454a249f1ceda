"""Names on screen: whoever shares a name with another account is told apart by the account's own name."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, TypeVar

from sqlalchemy import select

from data.access import plain_name
from data.store.audit import AuditRow
from data.store.engine import Store
from data.store.new_accounts import is_erased
from data.store.schema import account
from data.text import text

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

Record = TypeVar("Record", bound="DataclassInstance")


@dataclass(frozen=True)
class Names:
    """The account names, by number, of those who share their name with another account."""

    twins: Mapping[str, str] = field(default_factory=dict[str, str])

    erased: Mapping[str, str] = field(default_factory=dict[str, str])
    """What stands for the names that were let go of, by number."""

    def shown(self, name: str, account_id: str) -> str:
        """The name as it was recorded; 张伟（zhangwei2） where another account bears it too; or its number."""
        if account_id in self.erased:
            return self.erased[account_id]
        account_name = self.twins.get(account_id)
        return name if account_name is None else text("accounts.told_apart", name=name, account=account_name)

    def told_apart(self, record: Record, *columns: str) -> Record:
        """A record whose people in these columns are told apart; the numbers stand in `<column>_id`."""
        said = {c: getattr(record, c) and self.shown(getattr(record, c), getattr(record, f"{c}_id")) for c in columns}
        return replace(record, **said)

    def of_history(self, rows: Sequence[AuditRow]) -> list[AuditRow]:
        """Entries whose actors, and the people whom they named, are told apart."""
        return [
            replace(row, actor=self.shown(row.actor, row.account_id), after=self._people_of(row.after)) for row in rows
        ]

    def _people_of(self, values: Mapping[str, Any]) -> dict[str, Any]:
        numbers = {name: str(values.get(f"{name}_id") or "") for name in values}
        return {
            name: self.shown(held, numbers[name]) if held and numbers[name] else held for name, held in values.items()
        }


def account_names(store: Store) -> Names:
    """The names of today's accounts, disabled ones too: their acts stand in histories."""
    asked = select(account.c.account_id, account.c.account_name, account.c.person)
    bearers: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
    erased: dict[str, str] = {}
    with store.read() as connection:
        for account_id, account_name, person in connection.execute(asked):
            if is_erased(account_name):
                erased[account_id] = person
            bearers[plain_name(person)].append((account_id, account_name))
    twins = {number: name for both in bearers.values() if len(both) > 1 for number, name in both}
    return Names(twins, erased)
