"""All words of a file that was taken away, however they are written in it."""

import html
import io
import zipfile


def file_words(content: bytes) -> str:
    if content[:2] != b"PK":
        return content.decode("utf-8", "replace")
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        written = "".join(parts.read(n).decode("utf-8", "replace") for n in parts.namelist() if n.endswith(".xml"))
    return html.unescape(written)
