"""What a publication is called where people read: by when it was made; its number stands in proofs and at the foot."""

from collections.abc import Iterable
from datetime import datetime

from data.text import text
from layouts import formatting

TO_THE_MINUTE = len("20261129-0920")


def version_name(snapshot_id: str, among: Iterable[str] = ()) -> str:
    """数据版本2026-11-29 17:20; with its seconds where another one of the same minute stands beside it.

    Empty where nothing is published.
    """
    if not snapshot_id:
        return ""
    published = datetime.strptime(snapshot_id[:15], "%Y%m%d-%H%M%S")  # noqa: DTZ007  UTC
    time = formatting.moment(published)
    minute = snapshot_id[:TO_THE_MINUTE]
    is_shared = any(other != snapshot_id and other.startswith(minute) for other in among)
    return text("meeting.version", time=f"{time}:{published:%S}" if is_shared else time)
