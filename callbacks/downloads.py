"""A file for the browser's download."""

import base64
from collections.abc import Sequence

from data.text import text
from layouts.parts.demonstration import is_invented
from queries.reader import SnapshotInfo

PDF = "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
PPTX = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def download(file_name: str, content: bytes, mime: str) -> dict[str, object]:
    """What `dcc.Download` takes."""
    return {"filename": file_name, "content": base64.b64encode(content).decode("ascii"),
            "base64": True, "type": mime}  # fmt: skip


def demonstration_mark(snapshot: SnapshotInfo, kinds: Sequence[str]) -> str:
    """`_演示数据` for the name of a file where rows of the kinds that it draws are invented."""
    return f"_{text('app.demo')}" if is_invented(snapshot, kinds) else ""
