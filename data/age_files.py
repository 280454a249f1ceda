"""Files that only the holder of a key can read: age (X25519) by its public key, through `pyrage`."""

from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

import pyrage  # pyright: ignore[reportMissingTypeStubs]  it has no types

from data.atomic_files import DamagedFileError


class Key(Protocol):
    """A recipient or an identity, made from its text."""

    def from_str(self, key_text: str, /) -> object:
        """The key that this text writes."""
        ...

    def generate(self) -> "Secret":
        """A new secret key."""
        ...


class Secret(Protocol):
    """A secret key; as text it is what `age-keygen` writes."""

    def to_public(self) -> object:
        """The public key that goes with it."""
        ...


class Curve(Protocol):
    """The kind of key that age makes by itself."""

    Recipient: Key
    Identity: Key


class Age(Protocol):
    """What is used of pyrage."""

    x25519: Curve
    RecipientError: type[Exception]
    IdentityError: type[Exception]
    DecryptError: type[Exception]

    def encrypt_file(self, source: str, target: str, recipients: Sequence[object], /) -> None:
        """Write the source for the recipients."""
        ...

    def decrypt_file(self, source: str, target: str, identities: Sequence[object], /) -> None:
        """Write what the source held."""
        ...


_age: Age = pyrage  # pyright: ignore[reportAssignmentType]
_recipients, _identities = _age.x25519.Recipient, _age.x25519.Identity


def check_recipient(public_key: str) -> str:
    """The public key, once it was found to be one.

    Raises:
        ValueError: it is no `age1…`.
    """
    try:
        _recipients.from_str(public_key)
    except _age.RecipientError as error:
        raise ValueError(f"{public_key!r} is no public key of age (age1…)") from error
    return public_key


def seal_file(source: Path, target: Path, recipient: str) -> None:
    """Write a file for the holder of the recipient's key alone."""
    _age.encrypt_file(str(source), str(target), [_recipients.from_str(recipient)])


def unseal_file(source: Path, target: Path, identity: str) -> None:
    """Write what a sealed file holds.

    Raises:
        DamagedFileError: it is for somebody else, or was changed.
    """
    try:
        _age.decrypt_file(str(source), str(target), [_identities.from_str(identity)])
    except (_age.DecryptError, OSError) as error:
        raise DamagedFileError(str(source)) from error


def new_identity() -> tuple[str, str]:
    """A new secret key and its public key."""
    secret = _identities.generate()
    return str(secret), str(secret.to_public())


def read_identity(path: Path) -> str:
    """The secret key in a file as `age-keygen` writes it.

    Raises:
        ValueError: there is none.
    """
    lines = path.read_text(encoding="ascii", errors="replace").splitlines()
    for line in map(str.strip, lines):
        if line and not line.startswith("#"):
            try:
                _identities.from_str(line)
            except _age.IdentityError as error:
                raise ValueError(f"{path} holds no secret key of age") from error
            return line
    raise ValueError(f"{path} holds no secret key of age")
