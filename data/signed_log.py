"""Append-only lines in a file, each chained to the one before by a keyed hash.

The key folder knows the last line, so that nobody without the key changes, adds or cuts a line.
"""

import hashlib
import hmac
import json
import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from data.atomic_files import DamagedFileError, fsync_path, replace_synced, secret_key

HASH = "hash"
START = "0" * 64
Line = dict[str, str]


class SignedLog:
    """The lines of `path`, signed with the key at `key_file`; writers hold a lock of their own."""

    def __init__(self, path: Path, key_file: Path) -> None:
        self.path = path
        self._key_file = key_file
        self.head_file = key_file.with_name(f"{path.stem}.head")

    def lines(self) -> list[Line]:
        """What is written, unchecked; a last line that was cut while it was written is left out.

        Raises:
            DamagedFileError: a line cannot be read.
        """
        if not self.path.is_file():
            return []
        whole, _, _ = self.path.read_text(encoding="utf-8", errors="replace").rpartition("\n")
        try:
            return [dict(json.loads(line)) for line in whole.splitlines()]
        except ValueError as error:
            raise DamagedFileError(str(self.path)) from error

    def checked(self) -> list[Line]:
        """The lines, once each was found to be as it was signed, and none of them missing.

        Raises:
            DamagedFileError: a line was changed, added or taken away.
        """
        lines, key, previous = self.lines(), secret_key(self._key_file), START
        for number, line in enumerate(lines, 1):
            if line.get(HASH) != _digest(key, previous, line):
                raise DamagedFileError(f"{self.path} 第{number}行")
            previous = line[HASH]
        if self.is_vouched_for:
            count, _, last = self.head_file.read_text(encoding="ascii").partition(":")
            if int(count) > len(lines) or lines[int(count) - 1][HASH] != last:
                raise DamagedFileError(f"{self.path} 应有{count}行，实有{len(lines)}行")
        return lines

    @property
    def is_vouched_for(self) -> bool:
        """Whether the key folder knows a last line of this file."""
        return self.head_file.is_file()

    def append(self, values: Mapping[str, str]) -> None:
        """Add a line, on disk before this returns.

        Raises:
            DamagedFileError: the lines before are not as they were signed.
        """
        self._write([dict(values)], after=self.checked())

    def sign_anew(self, values: Sequence[Mapping[str, str]]) -> None:
        """Write all lines with the present key; a file that was there before is kept beside."""
        if self.path.is_file():
            self.path.replace(self.path.with_suffix(".before"))
        self.head_file.unlink(missing_ok=True)
        self._write(values, after=[])

    def _write(self, values: Sequence[Mapping[str, str]], after: list[Line]) -> None:
        key = secret_key(self._key_file)
        previous, text = after[-1][HASH] if after else START, ""
        for value in values:
            line = {k: v for k, v in value.items() if k != HASH}
            previous = _digest(key, previous, line)
            text += json.dumps({**line, HASH: previous}, ensure_ascii=False) + "\n"
        if not text:
            return
        self.path.touch(mode=0o600)
        with self.path.open("r+b") as stream:
            stream.truncate(stream.read().rfind(b"\n") + 1)  # of a line cut while it was written
            stream.seek(0, os.SEEK_END)
            stream.write(text.encode())
            stream.flush()
            os.fsync(stream.fileno())
        fsync_path(self.path.parent)
        replace_synced(self.head_file, f"{len(after) + len(values)}:{previous}")


def _digest(key: bytes, previous: str, line: Mapping[str, Any]) -> str:
    plain = {k: v for k, v in line.items() if k != HASH}
    content = previous + json.dumps(plain, ensure_ascii=False, sort_keys=True)
    return hmac.new(key, content.encode(), hashlib.sha256).hexdigest()
