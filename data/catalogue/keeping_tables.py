"""Row types of the tables that say what is kept, about whom, why and how long."""

from dataclasses import dataclass

LEAST_AUDIT_DAYS = 180  # 网络安全法 第二十一条：网络日志不少于六个月


@dataclass(frozen=True)
class KeptRecord:
    """A kind of record; `keep_days` from `counted_from` on, or as long as the installation where there are none.

    Raises:
        ValueError: less than a day, or an audit kept for less than the law says.
    """

    record_code: str
    name: str
    about: str
    content: str
    purpose: str
    legal_basis: str
    keep_days: int | None
    counted_from: str
    afterwards: str
    is_personal: bool
    display_order: int

    def __post_init__(self) -> None:
        if self.keep_days is not None and self.keep_days < 1:
            raise ValueError("keep_days is at least 1")
        if self.record_code == "audit" and self.keep_days is not None and self.keep_days < LEAST_AUDIT_DAYS:
            raise ValueError(f"the audit is kept for at least {LEAST_AUDIT_DAYS} days")
