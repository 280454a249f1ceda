"""Passwords: argon2id hashes, and what a password must be."""

import gzip
import re
import secrets
from collections.abc import Collection
from functools import cache
from itertools import groupby
from pathlib import Path

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError

from data.catalogue.access_tables import PasswordWord
from data.catalogue.loader import Catalogue
from data.store.refusals import RefusedError

SHORTEST = 10
KINDS_OF_CHARACTER = (r"[a-z]", r"[A-Z]", r"[0-9]", r"[^a-zA-Z0-9]")
LEAST_KINDS = 3
HASHER = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
NO_ACCOUNT_HASH = HASHER.hash("no account has this password")
LIGHT_HASHER, LIGHT = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1), "$argon2id$v=19$m=8,t=1,p=1$"
"""For first passwords that the machine draws: too many possibilities to try, however cheap a try is."""
DRAWN_FROM = "abcdefghjkmnpqrstuvwxyzABCDEFGHJKMNPQRSTUVWXYZ23456789"
DRAWN_GROUPS, DRAWN_LENGTH = 4, 4
"""Sixteen characters of 54 that are not taken for one another: 92 bits."""

COMMON = Path(__file__).with_name("weak_passwords.txt.gz")
"""The 20,000 letters-only passwords that breaches hold most often, of zxcvbn's list (NOTICE)."""
ROWS = ("abcdefghijklmnopqrstuvwxyz", "01234567890", "qwertyuiop", "asdfghjkl", "zxcvbnm", "1qaz2wsx3edc4rfv")
SHIFTED = "!@#$%^&*()"
SHORTEST_RUN = 3
DIGITS = re.compile(r"(?:19|20)[0-9]{2}(?:[01][0-9](?:[0-3][0-9])?)?|[01][0-9][0-3][0-9]|(?:19|20)?[0-9]{2}(?![0-9])")
"""A year, a day of a year, a day, the last two digits of a year."""
DISGUISES = tuple(str.maketrans("@4031!|$57", f"aaoe{letter}{letter}{letter}sst") for letter in "il")
WORTH_OF_GUESSABLE, LEAST_WORTH = 2, 9
"""What is guessed at once (a word, a year, a row of keys) counts two characters, whatever its length."""


def hash_of(password: str) -> str:
    """What is kept of a password."""
    return HASHER.hash(password)


def draw_password(catalogue: Catalogue, account_name: str) -> str:
    """A first password that nobody chose, in groups that can be read out; one that is refused is drawn anew."""
    while True:
        groups = ("".join(secrets.choice(DRAWN_FROM) for _ in range(DRAWN_LENGTH)) for _ in range(DRAWN_GROUPS))
        password = "-".join(groups)
        try:
            check_password(catalogue, account_name, password)
        except RefusedError:
            continue
        return password


def hash_of_drawn(password: str) -> str:
    """What is kept of a password that was drawn; thousands of them in seconds."""
    return LIGHT_HASHER.hash(password)


def is_right_password(password_hash: str | None, password: str) -> bool:
    """Whether this is the password; None (nobody has the name) takes as long and is never right."""
    kept = password_hash or NO_ACCOUNT_HASH
    if kept.startswith(LIGHT):
        _is_of(HASHER, NO_ACCOUNT_HASH, password)  # takes as long as any other
        return _is_of(LIGHT_HASHER, kept, password)
    return _is_of(HASHER, kept, password) and bool(password_hash)


def _is_of(hasher: PasswordHasher, kept: str, password: str) -> bool:
    try:
        return hasher.verify(kept, password)
    except (VerifyMismatchError, InvalidHashError):
        return False


def check_password(catalogue: Catalogue, account_name: str, password: str) -> None:
    """Refuse a password that is short, of one kind of character, holds the account's name, or is soon guessed.

    Raises:
        RefusedError: `weak_password`, or `guessed_password` where it is put together of common words, names of
            places, years and rows of keys.
    """
    kinds = sum(1 for kind in KINDS_OF_CHARACTER if re.search(kind, password))
    if len(password) < SHORTEST or kinds < LEAST_KINDS or account_name.lower() in password.lower():
        raise RefusedError("weak_password")
    known_words = {w.word for w in catalogue.rows(PasswordWord)} | {*re.findall(r"[a-z]{2,}", account_name)}
    if worth_of(password, known_words) < LEAST_WORTH:
        raise RefusedError("guessed_password")


def worth_of(password: str, known_words: Collection[str]) -> int:
    """How many characters of it have to be guessed: what is guessable counts two, the same again nothing.

    Args:
        password: As it was typed.
        known_words: Words of the office and its places, beside the common passwords.
    """
    plain = password.lower()
    guessable, rest = set[str](), ""
    place = 0
    while place < len(plain):
        length = _guessable_at(plain, place, known_words)
        if length:
            guessable.add(plain[place : place + length])
        else:
            rest += plain[place]
        place += max(1, length)
    letters = [c for c, _ in groupby(c for c in rest if c.isalnum())]
    signs = {c for c in rest if not c.isalnum()}
    return WORTH_OF_GUESSABLE * len(guessable) + len(letters) + len(signs)


def _guessable_at(plain: str, place: int, known_words: Collection[str]) -> int:
    """How long the word, date, run or repetition is that begins here; 0 where none does."""
    read_as = (plain, *(plain.translate(disguise) for disguise in DISGUISES))
    lengths = [
        length
        for length in range(2, min(len(plain) - place, _longest()) + 1)
        if any(_is_word(spelling[place : place + length], known_words) for spelling in read_as)
    ]
    if date := DIGITS.match(plain, place):
        lengths.append(date.end() - place)
    same = next(n for n in range(1, len(plain) - place + 1) if plain[place : place + n + 1] != plain[place] * (n + 1))
    row = max((n for n in range(len(plain) - place + 1) if _is_row(plain[place : place + n])), default=0)
    return max([*lengths, *(n for n in (same, row) if n >= SHORTEST_RUN)], default=0)


def _is_word(said: str, known_words: Collection[str]) -> bool:
    return said in known_words or said in _common()


def _is_row(said: str) -> bool:
    return len(said) >= SHORTEST_RUN and any(said in keys or said[::-1] in keys for keys in (*ROWS, SHIFTED))


@cache
def _common() -> frozenset[str]:
    return frozenset(gzip.decompress(COMMON.read_bytes()).decode("ascii").split())


@cache
def _longest() -> int:
    return max(map(len, _common()))
