"""The pinyin of every name that can be searched for, written at publication.

The dictionary needs more memory than anything else of a web process, so no web process loads it.
"""

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

import duckdb
import pandas as pd

from data.text import all_texts
from data.warehouse.snapshots import POINTER

NAMES = """
select distinct school_name as name from stg_school where school_name is not null
union select name from cat_districts
union select indicator_code || ' ' || name from cat_indicators
union select item_code || ' ' || name from cat_items
"""
PAGES = "navigation."


def known_spellings(folder: Path) -> dict[str, tuple[str, str]]:
    """What the publication in force has spelt: the dictionary is loaded for new names only."""
    try:
        path = folder / (folder / POINTER).read_text(encoding="utf-8").strip()
        with duckdb.connect(str(path), read_only=True) as connection:
            rows = connection.execute("select name, pinyin, initials from name_spelling").fetchall()
    except (OSError, UnicodeDecodeError, duckdb.Error):
        return {}  # none yet, damaged, or of an earlier version
    return {str(name): (str(pinyin), str(initials)) for name, pinyin, initials in rows}


def write_spellings(connection: duckdb.DuckDBPyConnection, known: Mapping[str, tuple[str, str]]) -> None:
    """Create `name_spelling`: name, pinyin and initials of schools, units, items and pages."""
    names = {str(name) for (name,) in connection.execute(NAMES).fetchall()}
    names |= {page_name for key, page_name in all_texts().items() if key.startswith(PAGES)}
    rows = [(name, *(known.get(name) or spelling(name))) for name in sorted(names)]
    connection.register("spelt", pd.DataFrame(rows, columns=["name", "pinyin", "initials"]))
    connection.execute("create or replace table name_spelling as select * from spelt order by name")
    connection.unregister("spelt")


def spelling(name: str) -> tuple[str, str]:
    """Pinyin and initials of a name, in small letters."""
    from pypinyin.seg.mmseg import seg

    syllables = [syllable for word in seg.cut(name) for syllable in _syllables(word)]
    return "".join(syllables), "".join(s[:1] for s in syllables)


@lru_cache(maxsize=16_384)  # 300 bytes each
def _syllables(word: str) -> tuple[str, ...]:
    """The pinyin of a word; names share most of their words, and a word is slow to spell."""
    from pypinyin import lazy_pinyin

    return tuple(syllable.lower() for syllable in lazy_pinyin(word))
