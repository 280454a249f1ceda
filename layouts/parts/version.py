"""What a publication is called where people read: by when it was made; its number stands in proofs and at the foot."""

from datetime import datetime

from data.text import text
from layouts import formatting


def version_name(snapshot_id: str) -> str:
    """数据版本2026-11-29 17:20; empty where nothing is published."""
    if not snapshot_id:
        return ""
    published = datetime.strptime(snapshot_id[:15], "%Y%m%d-%H%M%S")  # noqa: DTZ007  UTC
    return text("meeting.version", time=formatting.moment(published))
