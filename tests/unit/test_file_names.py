"""Names of files: one printable line that every system takes, with the suffix kept."""

import pytest

from data.file_names import LONGEST_BYTES, safe_file_name


@pytest.mark.parametrize(
    ("given", "wanted"),
    [
        ("任职文件.pdf", "任职文件.pdf"),
        (r"C:\fakepath\照片.JPG", "照片.JPG"),
        ("../../etc/passwd.png", "passwd.png"),
        ("第一\r\nSet-Cookie: x=1.pdf", "第一Set-Cookie  x=1.pdf"),
        ('“引号”"a".pdf', "“引号” a .pdf".replace(" .", ".")),
        ("\u202efdp.exe.pdf", "fdp.exe.pdf"),
        ("无后缀", "无后缀"),
        ("", ""),
    ],
)
def test_what_cannot_stand_in_a_name_is_left_out(given: str, wanted: str) -> None:
    assert safe_file_name(given) == wanted


def test_a_long_name_is_cut_before_its_suffix() -> None:
    name = safe_file_name("证" * 300 + ".pdf")
    assert name.endswith("证.pdf")
    assert LONGEST_BYTES - 3 < len(name.encode()) <= LONGEST_BYTES
