"""Find a district, school, indicator or page by Chinese, pinyin or initials."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from pypinyin import lazy_pinyin
from pypinyin.seg.mmseg import seg

from queries.reader import Snapshot

KINDS = ("page", "district", "indicator", "item", "school")
MOST = 12


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


@dataclass(frozen=True)
class Indexed:
    """An entry with the ways to spell it."""

    entry: EntryRow
    name: str
    pinyin: str
    initials: str


def entries(snapshot: Snapshot) -> tuple[EntryRow, ...]:
    """Everything in the snapshot that has a name."""
    return snapshot.ask("search/entries", EntryRow)


def index_of(rows: Iterable[EntryRow]) -> list[Indexed]:
    """The entries with pinyin and initials."""
    return [_indexed(row) for row in rows]


def _indexed(row: EntryRow) -> Indexed:
    syllables = [one for word in seg.cut(row.name) for one in _syllables(word)]
    return Indexed(row, row.name.lower(), "".join(syllables), "".join(s[:1] for s in syllables))


@cache
def _syllables(word: str) -> tuple[str, ...]:
    """The pinyin of a word; names share most of their words, and a word is slow to spell."""
    return tuple(syllable.lower() for syllable in lazy_pinyin(word))


@lru_cache(maxsize=16)
def _index(snapshot: Snapshot) -> list[Indexed]:
    return index_of(entries(snapshot))


def find(snapshot: Snapshot, words: str, pages: Sequence[tuple[str, str]]) -> list[EntryRow]:
    """The best matches, pages and districts first; `pages` are path and name."""
    shown = index_of(EntryRow("page", path, name, "", None, "") for path, name in pages)
    return matches([*shown, *_index(snapshot)], words)


def matches(indexed: Sequence[Indexed], words: str) -> list[EntryRow]:
    """Entries in which every word is found, best first."""
    wanted = words.lower().split()
    if not wanted:
        return []
    found: list[tuple[int, int, int, str, EntryRow]] = []
    for one in indexed:
        ranks = [_rank(one, word) for word in wanted]
        if None not in ranks:
            kind = KINDS.index(one.entry.kind)
            worst = max(r for r in ranks if r is not None)
            found.append((worst, kind, len(one.name), one.entry.code, one.entry))
    return [entry for *_, entry in sorted(found, key=lambda f: f[:4])][:MOST]


def _rank(one: Indexed, word: str) -> int | None:
    """0 the name begins so, 1 spelt so from the start, 2 within or in this order."""
    if one.name.startswith(word) or one.entry.code.lower() == word:
        return 0
    if one.initials.startswith(word) or one.pinyin.startswith(word):
        return 1
    if word in one.name or word in one.pinyin or word in one.initials:
        return 2
    letters = iter(one.initials)
    if one.entry.kind == "district" and word.isascii() and all(c in letters for c in word):
        return 2
    return None
