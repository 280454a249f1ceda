"""Evidence as people hand it in: whole files of each kind."""

import io
import zipfile

from PIL import Image
from pypdf import PdfWriter
from pypdf.generic import DictionaryObject, NameObject, TextStringObject


def pdf(pages: int = 1, password: str = "", script: str = "", padding: int = 0) -> bytes:
    """Empty pages; with a password, a script that runs when it is opened, or so many bytes of no use."""
    writer, stream = PdfWriter(), io.BytesIO()
    for _ in range(pages):
        writer.add_blank_page(200, 200)
    if script:
        action = {NameObject("/S"): NameObject("/JavaScript"), NameObject("/JS"): TextStringObject(script)}
        writer.root_object[NameObject("/OpenAction")] = DictionaryObject(action)
    if padding:
        writer.add_metadata({"/Keywords": "x" * padding})
    if password:
        writer.encrypt(password)
    writer.write(stream)
    return stream.getvalue()


def picture(kind: str = "PNG", width: int = 8, height: int = 8) -> bytes:
    """A white picture."""
    stream = io.BytesIO()
    Image.new("RGB", (width, height), "white").save(stream, kind)
    return stream.getvalue()


def office(*parts: str) -> bytes:
    """A container with these parts, as of Office."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in ("[Content_Types].xml", *parts):
            archive.writestr(name, "<x/>")
    return stream.getvalue()


PDF, PNG, JPEG = pdf(), picture(), picture("JPEG")
