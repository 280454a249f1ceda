"""All words of a file that was taken away, however they are written in it; of an archive of letters those of each."""

import html
import io
import zipfile


def file_words(content: bytes) -> str:
    if content[:2] != b"PK":
        return content.decode("utf-8", "replace")
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        names = parts.namelist()
        written = "".join(parts.read(n).decode("utf-8", "replace") for n in names if n.endswith(".xml"))
        letters = "".join(n + file_words(parts.read(n)) for n in names if n.endswith(".docx"))
    return html.unescape(written) + letters
