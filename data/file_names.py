"""Names of files as people give them, made safe to keep, to send and to save on any system."""

import unicodedata

LONGEST_BYTES = 200  # a system's limit is 255; browsers add ` (1)` to what is there already
FORBIDDEN = frozenset('<>:"/\\|?*')


def safe_file_name(given_name: str) -> str:
    """The last part of a path as one printable name of at most 200 bytes, with its suffix.

    Control, direction and other unseen characters are left out; what no system takes in a name
    becomes a space, in the names of files that we make as in those that come in.
    """
    last = unicodedata.normalize("NFC", given_name).replace("\\", "/").rpartition("/")[2]
    seen = "".join(" " if c in FORBIDDEN else c for c in last if c.isprintable())
    stem, dot, suffix = seen.strip(" .").rpartition(".")
    if not dot:
        return _cut(suffix, LONGEST_BYTES).strip(" .")
    suffix = _cut(suffix, LONGEST_BYTES // 4)
    return _cut(stem, LONGEST_BYTES - len(f".{suffix}".encode())).strip() + f".{suffix}"


def _cut(name: str, longest: int) -> str:
    return name.encode()[:longest].decode(errors="ignore")
