"""To which values the filters are changed, the same for every app."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb

SAMPLES = 20


@dataclass(frozen=True)
class Choices:
    """Names of units with their short names, labels of indicators, periods: all in order."""

    districts: Sequence[tuple[str, str]]
    indicators: Sequence[str]
    periods: Sequence[str]

    def there_and_back(self, values: Sequence[str]) -> list[str]:
        """`SAMPLES` neighbours of neighbours, from the first value on."""
        way = [*values[1:], *reversed(values[:-1])]
        return (way * SAMPLES)[:SAMPLES]


def choices(folder: Path) -> Choices:
    """The values that `prepare` wrote."""
    with duckdb.connect(str(folder / "peers.duckdb"), read_only=True) as connection:
        units = connection.execute("select distinct district, short_name from observation order by 1 desc").fetchall()
        names, periods = (
            [
                row[0]
                for row in connection.execute(
                    f"select {column} from observation where stage = 'primary' group by 1 order by min({order})"
                ).fetchall()
            ]
            for column, order in (("indicator", "indicator"), ("period", "snapshot_date"))
        )
    return Choices(units[:SAMPLES], names, periods)
