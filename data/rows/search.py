"""Rows of the search: names, their spellings, and where each leads."""

from dataclasses import dataclass


@dataclass(frozen=True)
class SpellingRow:
    """A name with its pinyin and initials."""

    name: str
    pinyin: str
    initials: str


@dataclass(frozen=True)
class EntryRow:
    """Something with a name; `period` is the last in which a school reported."""

    kind: str
    code: str
    name: str
    place: str
    until: str | None
    period: str
    district_code: str | None = None
    school_code: str | None = None
    pinyin: str = ""
    initials: str = ""
