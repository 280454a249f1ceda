"""The second factor of a local account: begun, confirmed, proven at each sign-in, given up."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, delete, func, insert, select, update

from data.store.accounts import Account, record_change
from data.store.engine import Store
from data.store.guesses import count_name, forget_name
from data.store.new_accounts import NAME
from data.store.one_time_codes import hash_of_code, new_recovery_codes, new_secret, seal, step_of, unseal
from data.store.refusals import RefusedError
from data.store.schema import recovery_code, second_factor


@dataclass(frozen=True)
class Factor:
    """What is shown of a factor: since when it is asked for (None: not yet), recovery codes that are left."""

    confirmed_at: datetime | None
    recovery_left: int


@dataclass(frozen=True)
class Proof:
    """What a typed code is: a step of time, or the hash of a recovery code; neither where none is due."""

    step: int | None = None
    code_hash: str = ""

    @property
    def reason(self) -> str:
        """How the audit calls it."""
        if self.code_hash:
            return "recovery_code"
        return "second_factor" if self.step is not None else ""


def factor_of(store: Store, account_name: str) -> Factor | None:
    """The factor of an account, begun or in use; None where there is none."""
    with store.read() as connection:
        row = _held(connection, account_name)
        count = select(func.count()).select_from(recovery_code).where(recovery_code.c.account_name == account_name)
        left = int(connection.execute(count).scalar_one())
    return None if row is None else Factor(row.confirmed_at, left)


def is_factor_used(store: Store) -> bool:
    """Whether any account has a factor in use, so that the door asks for a code."""
    used = select(second_factor.c.account_name).where(second_factor.c.confirmed_at.is_not(None)).limit(1)
    with store.read() as connection:
        return connection.execute(used).first() is not None


def begin_factor(store: Store, account: Account) -> str:
    """A new secret (base32) for the holder's application; nothing is asked for before `confirm_factor`.

    Raises:
        RefusedError: there is a factor in use.
    """
    secret = new_secret()
    with store.write() as connection:
        row = _held(connection, account.account_name)
        if row is not None and row.confirmed_at is not None:
            raise RefusedError("has_factor")
        drop_factor(connection, account.account_name)
        values = {"secret": seal(store, account.account_name, secret), "last_step": 0}
        connection.execute(insert(second_factor).values(account_name=account.account_name, **values))
    return secret


def begun_secret(store: Store, account_name: str) -> str | None:
    """The secret that was begun and not yet confirmed; None where there is none."""
    with store.read() as connection:
        row = _held(connection, account_name)
    return None if row is None or row.confirmed_at is not None else unseal(store, account_name, row.secret)


def confirm_factor(store: Store, account: Account, code: str, at: datetime) -> list[str]:
    """Take a begun factor into use by its first code; the recovery codes, which nobody is told again.

    Raises:
        RefusedError: nothing was begun, or the code is wrong.
    """
    secret = begun_secret(store, account.account_name)
    if secret is None:
        raise RefusedError("no_factor")
    step = step_of(secret, code, 0, at)
    if step is None:
        raise RefusedError("bad_code")
    is_of_account = second_factor.c.account_name == account.account_name
    with store.write() as connection:
        taken = update(second_factor).where(is_of_account, second_factor.c.confirmed_at.is_(None))
        if connection.execute(taken.values(confirmed_at=at, last_step=step)).rowcount != 1:
            raise RefusedError("has_factor")
        codes = _new_codes(store, connection, account.account_name)
        record_change(store, connection, account.actor, "add_factor", account.account_name, at, {})
    return codes


def renew_codes(store: Store, account: Account, code: str, at: datetime) -> list[str]:
    """Other recovery codes in place of those that are left.

    Raises:
        TooSoonError: too many wrong codes.
        RefusedError: no factor is in use, or the code is wrong or was used.
    """
    proof = _checked(store, account, code, at)
    with store.write() as connection:
        _used(store, connection, account, proof)
        codes = _new_codes(store, connection, account.account_name)
        record_change(store, connection, account.actor, "renew_codes", account.account_name, at, {})
    return codes


def remove_factor(store: Store, account: Account, code: str, at: datetime) -> None:
    """The holder does without from now on.

    Raises:
        TooSoonError: too many wrong codes.
        RefusedError: no factor is in use, or the code is wrong or was used.
    """
    proof = _checked(store, account, code, at)
    with store.write() as connection:
        _used(store, connection, account, proof)
        drop_factor(connection, account.account_name)
        record_change(store, connection, account.actor, "drop_factor", account.account_name, at, {})


def drop_factor(connection: Connection, account_name: str) -> bool:
    """Forget the factor and its recovery codes; whether there was one."""
    connection.execute(delete(recovery_code).where(recovery_code.c.account_name == account_name))
    gone = delete(second_factor).where(second_factor.c.account_name == account_name)
    return connection.execute(gone).rowcount == 1


def proof_of(store: Store, account_name: str, code: str, at: datetime) -> Proof | None:
    """What a code proves; None where one is due and this is none, or was used before. Nothing is used up."""
    if not NAME.fullmatch(account_name):
        return Proof()
    with store.read() as connection:
        row = _held(connection, account_name)
        if row is None or row.confirmed_at is None:
            return Proof()
        held = select(recovery_code.c.code_hash).where(recovery_code.c.account_name == account_name)
        hashes = set(connection.execute(held).scalars())
    secret = unseal(store, account_name, row.secret)
    step = None if secret is None else step_of(secret, code, row.last_step, at)
    if step is not None:
        return Proof(step)
    code_hash = hash_of_code(store, account_name, code)
    return Proof(code_hash=code_hash) if code_hash in hashes else None


def use_proof(connection: Connection, account_name: str, proof: Proof) -> bool:
    """Use a code up; False where another request was quicker."""
    if proof.code_hash:
        mine = (recovery_code.c.account_name == account_name, recovery_code.c.code_hash == proof.code_hash)
        return connection.execute(delete(recovery_code).where(*mine)).rowcount == 1
    if proof.step is None:
        row = _held(connection, account_name)
        return row is None or row.confirmed_at is None
    newer = (second_factor.c.account_name == account_name, second_factor.c.last_step < proof.step)
    return connection.execute(update(second_factor).where(*newer).values(last_step=proof.step)).rowcount == 1


def _checked(store: Store, account: Account, code: str, at: datetime) -> Proof:
    """The proof of a code that is typed after the sign-in; tries are counted with those of the name."""
    count_name(store, account.account_name, at)
    factor, proof = factor_of(store, account.account_name), proof_of(store, account.account_name, code, at)
    if factor is None or factor.confirmed_at is None:
        raise RefusedError("no_factor")
    if proof is None:
        raise RefusedError("bad_code")
    return proof


def _used(store: Store, connection: Connection, account: Account, proof: Proof) -> None:
    if not use_proof(connection, account.account_name, proof):
        raise RefusedError("bad_code")
    forget_name(store, connection, account.account_name)


def _new_codes(store: Store, connection: Connection, account_name: str) -> list[str]:
    codes = new_recovery_codes()
    connection.execute(delete(recovery_code).where(recovery_code.c.account_name == account_name))
    hashes = [hash_of_code(store, account_name, code) for code in codes]
    connection.execute(insert(recovery_code), [{"account_name": account_name, "code_hash": h} for h in hashes])
    return codes


def _held(connection: Connection, account_name: str) -> Row[Any] | None:
    return connection.execute(select(second_factor).where(second_factor.c.account_name == account_name)).one_or_none()
