"""Rows of 经费与激励: what was paid to whom."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal


@dataclass(frozen=True)
class PaymentRow:
    """One payment in 元."""

    paid_on: date
    district_code: str
    district_name: str
    category: str
    amount_yuan: Decimal
    purpose: str
    legal_basis: str
