"""Every Chinese word on screen, by key; `text(key, name=value)` fills it."""

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

FILE = Path(__file__).parent / "zh_CN.toml"


@cache
def project_texts() -> dict[str, str]:
    """The project's own texts by dotted key."""
    return dict(_flatten("", tomllib.loads(FILE.read_text(encoding="utf-8"))))


class _Shown:
    """What is said now: the project's texts, and the installation's in the place of some."""

    texts: dict[str, str] | None = None


def all_texts() -> dict[str, str]:
    """All texts by dotted key."""
    return _Shown.texts or project_texts()


def use_words(overrides: Mapping[str, str]) -> None:
    """Say these words in the place of the project's from now on."""
    _Shown.texts = project_texts() | dict(overrides) if overrides else None


def _flatten(prefix: str, table: Any) -> list[tuple[str, str]]:
    pairs: list[tuple[str, str]] = []
    for key, value in table.items():
        name = f"{prefix}.{key}" if prefix else key
        pairs += _flatten(name, value) if isinstance(value, dict) else [(name, str(value))]
    return pairs


def text(key: str, **placeholders: object) -> str:
    """The text of a key with its placeholders filled in; KeyError for an unknown key or a missing one."""
    return all_texts()[key].format(**placeholders)
