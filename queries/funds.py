"""经费与激励: what was paid to whom."""

from data.rows.funds import PaymentRow
from queries.reader import Snapshot


def payments(snapshot: Snapshot, period: str) -> tuple[PaymentRow, ...]:
    """Payments up to the period."""
    return snapshot.ask("funds/payments", PaymentRow, period=period)
