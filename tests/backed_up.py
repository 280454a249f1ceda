"""A look into a backup: which files it holds, and the object that holds one."""

import json
from pathlib import Path
from typing import Any, cast

import pyrage

from data.atomic_files import read_signed
from data.backup_manifest import MANIFEST, OBJECTS


def files_of(backup: Path) -> dict[str, Any]:
    """Name → hash and object, of a backup that is not encrypted."""
    listing = backup / OBJECTS / read_signed(backup / MANIFEST)["listing"]
    return json.loads(listing.read_text(encoding="utf-8"))["files"]


def object_of(backup: Path, name: str) -> Path:
    """Where the content of a file lies."""
    return backup / OBJECTS / files_of(backup)[name][1]


def key_pair() -> tuple[str, str]:
    """The secret and the public key of somebody."""
    identity = cast(Any, pyrage).x25519.Identity.generate()
    return str(identity), str(identity.to_public())
