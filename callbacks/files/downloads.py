"""A file for the browser's download: by its own address, or through a callback."""

import base64
from collections.abc import Iterator, Sequence
from io import BytesIO
from pathlib import Path
from urllib.parse import quote

import flask
from werkzeug.wrappers import Response

from data.file_names import safe_file_name
from data.rows.publication import SnapshotInfo
from data.text import text
from layouts.parts.demonstration import is_invented

PDF = "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
PPTX = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ZIP = "application/zip"
ANY = "application/octet-stream"


def download(file_name: str, content: bytes, mime: str) -> dict[str, object]:
    """What `dcc.Download` takes."""
    return {
        "filename": safe_file_name(file_name),
        "base64": True,
        "type": mime,
        "content": base64.b64encode(content).decode("ascii"),
    }


def is_attachment(answer: Response) -> bool:
    """Whether the browser saves an answer as a file."""
    return "attachment" in answer.headers.get("Content-Disposition", "")


def attachment(content: bytes | Path, file_name: str, mime: str) -> Response:
    """An answer that the browser saves under this name, whatever letters it has (RFC 6266).

    Raises:
        NotFound: the file is not there.
    """
    if isinstance(content, Path) and not content.is_file():
        flask.abort(404)
    sent = content if isinstance(content, Path) else BytesIO(content)
    name = safe_file_name(file_name)
    return flask.send_file(sent, mimetype=mime, as_attachment=True, download_name=name)


def streamed(pieces: Iterator[str], file_name: str, mime: str) -> Response:
    """An answer that the browser saves under this name, sent while it is made (RFC 6266, RFC 8187)."""
    answer = flask.Response(pieces, mimetype=mime)
    name = quote(safe_file_name(file_name), safe="")
    answer.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{name}"
    return answer


def demonstration_mark(snapshot: SnapshotInfo, kinds: Sequence[str]) -> str:
    """`_演示数据` for the name of a file where rows of the kinds that it draws are invented."""
    return f"_{text('app.demo')}" if is_invented(snapshot, kinds) else ""
