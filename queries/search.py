"""Find a district, school, indicator or page by Chinese, pinyin or initials."""

from collections.abc import Sequence

from data.rows.search import EntryRow, SpellingRow
from queries.reader import Snapshot

KINDS = ("page", "district", "indicator", "item", "school")
MOST = 12


def entries(snapshot: Snapshot) -> tuple[EntryRow, ...]:
    """Everything in the snapshot that has a name."""
    return snapshot.ask("search/entries", EntryRow)


def find(snapshot: Snapshot, query: str, pages: Sequence[tuple[str, str]]) -> list[EntryRow]:
    """The best matches, pages and districts first; `pages` are path and name."""
    asked = "|".join(name for _, name in pages)
    spelt = {r.name: r for r in snapshot.ask("search/spellings", SpellingRow, names=asked)}
    shown = [_page(path, spelt.get(name, SpellingRow(name, "", ""))) for path, name in pages]
    return matches([*shown, *entries(snapshot)], query)


def _page(path: str, spelt: SpellingRow) -> EntryRow:
    return EntryRow("page", path, spelt.name, "", None, "", pinyin=spelt.pinyin, initials=spelt.initials)


def matches(known: Sequence[EntryRow], query: str) -> list[EntryRow]:
    """Entries in which every word is found, best first."""
    terms = query.lower().split()
    if not terms:
        return []
    ranked: list[tuple[int, int, int, str, EntryRow]] = []
    for entry in known:
        ranks = [_rank(entry, term) for term in terms]
        if None not in ranks:
            kind = KINDS.index(entry.kind)
            worst = max(r for r in ranks if r is not None)
            ranked.append((worst, kind, len(entry.name), entry.code, entry))
    return [entry for *_, entry in sorted(ranked, key=lambda place: place[:4])][:MOST]


def _rank(entry: EntryRow, word: str) -> int | None:
    """0 the name begins so, 1 spelt so from the start, 2 within or in this order."""
    name = entry.name.lower()
    if name.startswith(word) or entry.code.lower() == word:
        return 0
    if entry.initials.startswith(word) or entry.pinyin.startswith(word):
        return 1
    if word in name or word in entry.pinyin or word in entry.initials:
        return 2
    letters = iter(entry.initials)
    if entry.kind == "district" and word.isascii() and all(c in letters for c in word):
        return 2
    return None
