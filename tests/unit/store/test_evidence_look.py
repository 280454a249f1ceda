"""Evidence is looked into: by its content, its pages, what it does by itself; and the installation's scanner is asked."""

import zipfile
from io import BytesIO
from pathlib import Path

import pytest

from data.evidence_look import look_at
from data.settings import Settings
from data.store.refusals import RefusedError
from tests.evidence_files import JPEG, PDF, PNG, office, pdf, picture

WORD, BOOK = "word/document.xml", "xl/workbook.xml"
SHEETS = [f"xl/worksheets/sheet{n}.xml" for n in range(1, 8)]


def bomb() -> bytes:
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in ("[Content_Types].xml", WORD):
            archive.writestr(name, b"0" * 50_000_000)
    return stream.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "refusal"),
    [
        ("a.pdf", PDF, ""),
        ("a.PDF", pdf(5), ""),
        ("a.png", PNG, ""),
        ("a.jpeg", JPEG, ""),
        ("a.docx", office(WORD), ""),
        ("a.xlsx", office(BOOK, *SHEETS[:5]), ""),
        ("a.pdf", pdf(6), "evidence_pages"),
        ("a.pdf", b"%PDF-1.7\n%%EOF", "evidence_damaged"),
        ("a.pdf", pdf(password="x"), "evidence_locked"),
        ("a.pdf", pdf(script="app.alert(1)"), "evidence_active"),
        ("a.png", JPEG, "evidence_content"),
        ("a.jpg", PNG, "evidence_content"),
        ("a.png", PNG[:-20], "evidence_damaged"),
        ("a.png", PNG[:30], "evidence_damaged"),
        ("a.docx", office(BOOK), "evidence_content"),
        ("a.xlsx", office(WORD), "evidence_content"),
        ("a.docx", office(WORD, "word/vbaProject.bin"), "evidence_active"),
        ("a.xlsx", office(BOOK, "xl/embeddings/oleObject1.bin"), "evidence_active"),
        ("a.xlsx", office(BOOK, *SHEETS), "evidence_pages"),
        ("a.docx", bomb(), "evidence_pages"),
        ("a.docx", office(WORD)[:-30], "evidence_damaged"),
        ("a.jpg", picture("JPEG", 11_000, 10_000), "evidence_pages"),
    ],
)
def test_what_a_file_is_by_its_content(tmp_path: Path, name: str, content: bytes, refusal: str) -> None:
    told = ""
    try:
        look_at(Settings(var_folder=tmp_path), name, content, 5)
    except RefusedError as error:
        told = error.code
    assert told == refusal


def scanner(folder: Path, script: str) -> str:
    path = folder / "scan"
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)
    return f"{path} --quiet"


@pytest.mark.parametrize(
    ("script", "refusal"),
    [
        ("exit 0", ""),
        ('grep -q blank "$2" && exit 1; test "$1" = --quiet', ""),
        ("exit 1", "evidence_infected"),
        ("exit 2", "evidence_unscanned"),
        ("kill -9 $$", "evidence_unscanned"),
    ],
)
def test_the_scanner_of_the_installation_decides(tmp_path: Path, script: str, refusal: str) -> None:
    settings = Settings(var_folder=tmp_path, evidence_scanner=scanner(tmp_path, script))
    told = ""
    try:
        look_at(settings, "a.pdf", PDF, 5)
    except RefusedError as error:
        told = error.code
    assert told == refusal


def test_a_scanner_that_is_not_there_lets_nothing_in(tmp_path: Path) -> None:
    settings = Settings(var_folder=tmp_path, evidence_scanner="/nowhere/clamdscan")
    with pytest.raises(RefusedError, match="evidence_unscanned"):
        look_at(settings, "a.pdf", PDF, 5)


def test_what_is_refused_is_not_scanned(tmp_path: Path) -> None:
    seen = tmp_path / "seen"
    settings = Settings(var_folder=tmp_path, evidence_scanner=scanner(tmp_path, f"touch {seen}"))
    with pytest.raises(RefusedError, match="evidence_locked"):
        look_at(settings, "a.pdf", pdf(password="x"), 5)
    assert not seen.exists()
