"""Passwords: argon2id hashes, and what a password must be."""

import re

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError

from data.store.ledger import RefusedError

SHORTEST = 10
KINDS_OF_CHARACTER = (r"[a-z]", r"[A-Z]", r"[0-9]", r"[^a-zA-Z0-9]")
LEAST_KINDS = 3
HASHER = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
NO_ACCOUNT_HASH = HASHER.hash("no account has this password")


def hash_of(password: str) -> str:
    """What is kept of a password."""
    return HASHER.hash(password)


def is_right_password(password_hash: str | None, password: str) -> bool:
    """Whether this is the password; None (nobody has the name) takes as long and is never right."""
    try:
        return HASHER.verify(password_hash or NO_ACCOUNT_HASH, password) and bool(password_hash)
    except (VerifyMismatchError, InvalidHashError):
        return False


def check_password(account_name: str, password: str) -> None:
    """Refuse a password that is short, of one kind of character, or holds the account's name.

    Raises:
        RefusedError: it does.
    """
    kinds = sum(1 for kind in KINDS_OF_CHARACTER if re.search(kind, password))
    if len(password) < SHORTEST or kinds < LEAST_KINDS or account_name.lower() in password.lower():
        raise RefusedError("weak_password")
