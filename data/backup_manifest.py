"""What a backup says of itself: objects named by their content, and the list of what they are.

`manifest.json` is sealed, and signed with the audit key; objects lie in `objects/`, each with the hash of its bytes.
The list of names is an object too, so that an encrypted backup tells nothing but how many objects there are. Names are
data: they are checked before anything is done with them.
"""

import hashlib
import hmac
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

from data.atomic_files import DamagedFileError, read_signed, seal_of, secret_key, sha256_of, sign_record
from data.store.engine import STORE_FILE

MANIFEST, OBJECTS = "manifest.json", "objects"
FORMAT = 2
KEPT_FOLDERS = ("batches", "snapshots", "evidence", "submissions", "catalogue")
CATALOGUE_IN_USE = "catalogue_in_use"
"""The project's own catalogue on that day: beside the rest, never put in the place of a newer one."""
SIGNATURE = "signature"
OBJECT = re.compile(r"[0-9a-f]{64}")
LONGEST_NAME = 1000


class ForeignBackupError(DamagedFileError):
    """The backup is not signed with the audit key that is here."""


class SealedBackupError(DamagedFileError):
    """The backup is encrypted, and no secret key was given."""


@dataclass(frozen=True)
class KeptFile:
    """A file of a backup: its place below the runtime folder, its hash, and the object that holds it."""

    name: str
    sha256: str
    source: Path


@dataclass(frozen=True)
class Manifest:
    """A backup whose objects are whole; `listing` tells what they are, once it was read."""

    made_at: str
    is_encrypted: bool
    objects: Mapping[str, str]
    listing: str
    older_files: Mapping[str, str]
    """Names and hashes of a backup in the form of earlier versions, where the files lay under their names."""


def object_name(key: bytes, sha256: str, recipient: str) -> str:
    """Where the content of this hash is kept; nobody without the key can guess content by it."""
    return hmac.new(key, f"object {recipient} {sha256}".encode(), hashlib.sha256).hexdigest()


def signed_manifest(key: bytes, record: Mapping[str, Any]) -> str:
    """The manifest as text, sealed and signed."""
    return sign_record({**record, SIGNATURE: _signature(key, record)})


def read_manifest(source: Path, key_file: Path, *, accepts_unsigned: bool) -> Manifest:
    """The manifest, with every object compared with its hash.

    Raises:
        DamagedFileError: it, or an object, is not as it was written.
        ForeignBackupError: it was not signed with the key in `key_file`.
    """
    record = read_signed(source / MANIFEST)
    if not accepts_unsigned:
        signature = record.get(SIGNATURE, "")
        plain = {k: v for k, v in record.items() if k != SIGNATURE}
        if not key_file.is_file() or not _is_same(signature, _signature(secret_key(key_file), plain)):
            raise ForeignBackupError(str(source / MANIFEST))
    try:
        older: dict[str, str] = {} if "format" in record else dict(record["files"])
        objects: dict[str, str] = dict(record["objects"]) if "format" in record else {}
        manifest = Manifest(
            str(record["made_at"]), bool(record.get("recipient")), objects, record.get("listing", ""), older
        )
        is_known = record.get("format", FORMAT) == FORMAT
        has_listing = not objects or manifest.listing in objects
        if not is_known or not has_listing or not all(OBJECT.fullmatch(n) for n in objects):
            raise DamagedFileError(str(source / MANIFEST))
    except (KeyError, TypeError, ValueError) as error:
        raise DamagedFileError(str(source / MANIFEST)) from error
    for name, sha256 in objects.items():
        check_whole(source / OBJECTS / name, sha256, source)
    return manifest


def read_listing(path: Path, source: Path, manifest: Manifest) -> tuple[list[KeptFile], dict[str, Any]]:
    """The files that the list at `path` names, and what else it says.

    Raises:
        DamagedFileError: a name leads elsewhere, or the list is none.
    """
    try:
        record: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        listed = {str(name): (str(entry[0]), str(entry[1])) for name, entry in record["files"].items()}
    except (ValueError, KeyError, TypeError, AttributeError, IndexError) as error:
        raise DamagedFileError(str(path)) from error
    files: list[KeptFile] = []
    for name, (sha256, held_by) in listed.items():
        if held_by not in manifest.objects:
            raise DamagedFileError(name)
        files.append(KeptFile(checked_name(name), sha256, source / OBJECTS / held_by))
    return files, record


def older_listing(source: Path, manifest: Manifest) -> list[KeptFile]:
    """The files of a backup as earlier versions wrote it.

    Raises:
        DamagedFileError: a name leads elsewhere, or a file is not as it was written.
    """
    files = [KeptFile(checked_name(n), str(sha), source / checked_name(n)) for n, sha in manifest.older_files.items()]
    for file in files:
        check_whole(file.source, file.sha256, source)
    return files


def checked_name(name: str) -> str:
    """A name in a manifest that stays below the folders that a backup holds.

    Raises:
        DamagedFileError: it leads elsewhere.
    """
    path = PurePosixPath(name)
    is_plain = str(path) == name and name.isprintable() and len(name) <= LONGEST_NAME and "\\" not in name
    is_below = len(path.parts) > 1 and path.parts[0] in (*KEPT_FOLDERS, CATALOGUE_IN_USE)
    if not is_plain or ".." in path.parts or not (is_below or name == STORE_FILE):
        raise DamagedFileError(f"{name[:LONGEST_NAME]!r}")
    return name


def check_whole(path: Path, sha256: str, source: Path) -> None:
    """Compare a file of the backup with its hash; what a link leads out of the backup is none of it.

    Raises:
        DamagedFileError: missing, changed or elsewhere.
    """
    is_inside = path.resolve().is_relative_to(source.resolve()) and not path.is_symlink()
    if not is_inside or not path.is_file() or sha256_of(path) != sha256:
        raise DamagedFileError(str(path))


def _signature(key: bytes, record: Mapping[str, Any]) -> str:
    return hmac.new(key, f"backup {seal_of(record)}".encode(), hashlib.sha256).hexdigest()


def _is_same(signature: object, expected: str) -> bool:
    return isinstance(signature, str) and hmac.compare_digest(signature.encode(), expected.encode())
