"""线索: what the returns show that a supervisor may want to look at; never a verdict."""

from collections.abc import Sequence

from data.rows.leads import CountsRow, DigitRow, NearLineRow, OutlierRow, PupilsRow, RepeatedRow
from queries.reader import Snapshot


def last_digits(snapshot: Snapshot, period: str, fields: Sequence[str], least: int) -> tuple[DigitRow, ...]:
    """Round counts by unit, of the counts that are at least `least`; no field, no row."""
    if not fields:
        return ()
    return snapshot.ask("leads/last_digits", DigitRow, period=period, fields="|".join(fields), digit_least=least)


def near_lines(snapshot: Snapshot, period: str, band: float) -> tuple[NearLineRow, ...]:
    """Values within `band` (a share of the line) of each line."""
    return snapshot.ask("leads/near_lines", NearLineRow, period=period, band=band)


def repeated_values(snapshot: Snapshot, period: str, previous: str) -> tuple[RepeatedRow, ...]:
    """Sections whose pupils changed between two periods."""
    return snapshot.ask("leads/repeated_values", RepeatedRow, period=period, previous=previous)


def count_vectors(snapshot: Snapshot, period: str, previous: str) -> tuple[CountsRow, ...]:
    """The counts of every school."""
    return snapshot.ask("leads/count_vectors", CountsRow, period=period, previous=previous)


def pupils_before(snapshot: Snapshot, period: str, previous: str) -> tuple[PupilsRow, ...]:
    """Every school that both periods know."""
    return snapshot.ask("leads/pupils_before", PupilsRow, period=period, previous=previous)


def largest_shares(snapshot: Snapshot, period: str) -> tuple[OutlierRow, ...]:
    """The section with the largest share of S² of every CV, largest first."""
    return snapshot.ask("leads/outliers", OutlierRow, period=period)
