"""Find a district, school, indicator or page by Chinese, pinyin or initials."""

from collections.abc import Sequence

from data.rows.search import EntryRow, SpellingRow
from queries.reader import Snapshot

KINDS = ("page", "district", "indicator", "item", "school")
MOST = 12


def entries(snapshot: Snapshot) -> tuple[EntryRow, ...]:
    """Everything in the snapshot that has a name."""
    return snapshot.ask("search/entries", EntryRow)


def find(snapshot: Snapshot, words: str, pages: Sequence[tuple[str, str]]) -> list[EntryRow]:
    """The best matches, pages and districts first; `pages` are path and name."""
    asked = "|".join(name for _, name in pages)
    spelt = {r.name: r for r in snapshot.ask("search/spellings", SpellingRow, names=asked)}
    shown = [_page(path, spelt.get(name, SpellingRow(name, "", ""))) for path, name in pages]
    return matches([*shown, *entries(snapshot)], words)


def _page(path: str, spelt: SpellingRow) -> EntryRow:
    return EntryRow("page", path, spelt.name, "", None, "", pinyin=spelt.pinyin, initials=spelt.initials)


def matches(known: Sequence[EntryRow], words: str) -> list[EntryRow]:
    """Entries in which every word is found, best first."""
    wanted = words.lower().split()
    if not wanted:
        return []
    found: list[tuple[int, int, int, str, EntryRow]] = []
    for one in known:
        ranks = [_rank(one, word) for word in wanted]
        if None not in ranks:
            kind = KINDS.index(one.kind)
            worst = max(r for r in ranks if r is not None)
            found.append((worst, kind, len(one.name), one.code, one))
    return [entry for *_, entry in sorted(found, key=lambda f: f[:4])][:MOST]


def _rank(one: EntryRow, word: str) -> int | None:
    """0 the name begins so, 1 spelt so from the start, 2 within or in this order."""
    name = one.name.lower()
    if name.startswith(word) or one.code.lower() == word:
        return 0
    if one.initials.startswith(word) or one.pinyin.startswith(word):
        return 1
    if word in name or word in one.pinyin or word in one.initials:
        return 2
    letters = iter(one.initials)
    if one.kind == "district" and word.isascii() and all(c in letters for c in word):
        return 2
    return None
