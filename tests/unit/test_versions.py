"""What a publication is called: to the minute, and to the second beside another one of the same minute."""

from layouts.parts.version import version_name

FIRST, SECOND, LATER = "20261130-065942-aaaaaaaa", "20261130-065958-bbbbbbbb", "20261130-070301-cccccccc"


def test_two_publications_of_one_minute_have_two_names() -> None:
    versions = [FIRST, SECOND, LATER]
    names = [version_name(v, versions) for v in versions]
    assert names == ["数据版本2026-11-30 14:59:42", "数据版本2026-11-30 14:59:58", "数据版本2026-11-30 15:03"]
    assert version_name(FIRST) == "数据版本2026-11-30 14:59"
    assert version_name("") == ""
