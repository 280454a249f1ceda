"""A file for the browser's download."""

import base64

from callbacks.dependencies import Dependencies
from data.text import text

PDF = "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
PPTX = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def download(file_name: str, content: bytes, mime: str) -> dict[str, object]:
    """What `dcc.Download` takes."""
    return {"filename": file_name, "content": base64.b64encode(content).decode("ascii"),
            "base64": True, "type": mime}  # fmt: skip


def demonstration_mark(deps: Dependencies) -> str:
    """`_演示数据` for a file's name where the snapshot holds invented data."""
    has_demonstration = deps.warehouse.current().info.has_demonstration
    return f"_{text('app.demo')}" if has_demonstration else ""
