"""Which addresses lead to a page of this site: a browser's reading of each, by the WHATWG URL rules."""

from urllib.parse import urlencode

import pytest

from data.local_address import LONGEST, local_address, pasted_address
from data.view_state import Choices, parse

OWN = [
    "/",
    "/league",
    "/league?stage=primary",
    "/cv/500103/primary/L2",
    "/school/S500242-001?period=2024",
    "/ledger?issue=%E6%B8%9D2026-1",
    "/ledger?issue=渝2026-1",
    "/meeting?view=%2Fleague%3Fstage%3Dprimary",
    "/search?q=a%5Cb%09c",
    "/league#top",
    "/a?next=//evil.example",
    "/" + "a" * (LONGEST - 1),
]
FOREIGN = [
    "",
    "league",
    "evil.example",
    "https://evil.example/",
    "HTTPS://evil.example",
    "http:/evil.example",
    "http:evil.example",
    "javascript:alert(1)",
    "data:text/html,x",
    "//evil.example",
    "///evil.example",
    "////evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "\\/evil.example",
    "/\\/evil.example",
    "/\t/evil.example",
    "\t//evil.example",
    "/\t\t/evil.example",
    "/\n/evil.example",
    "/\r/evil.example",
    "/\r\n/evil.example",
    "/league\r\nSet-Cookie: a=b",
    "/league\nx",
    "/league\n",
    "\n/league",
    "/league\x00",
    "/\x00/x",
    "/\x0b/evil.example",
    "/\x0c/evil.example",
    "/\x1f/evil.example",
    "/\x7f/evil.example",
    "/\x85/evil.example",
    "/\u2028/evil.example",
    "/\u200b/evil.example",
    "/\u202e/evil.example",
    "/\ufeff/evil.example",
    "/\ud800",
    " /league",
    "/ /evil.example",
    "/\u3000/evil.example",
    "/\xa0/evil.example",
    "/%2fevil.example",
    "/%2F%2Fevil.example",
    "/%252fevil.example",
    "/%25252fevil.example",
    "/%5cevil.example",
    "/%5c%5cevil.example",
    "/%09/evil.example",
    "/%0a/evil.example",
    "/%0d%0aSet-Cookie:a=b",
    "/%00",
    "/league%0d%0a",
    "/%c0%af/evil.example",
    "/%E2%80%A8/x",
    "/%2525252525252fevil.example",
    "/.//evil.example",
    "/..//evil.example",
    "/x/..//evil.example",
    "/%2e%2e//evil.example",
    "/%2e/evil.example",
    "/..",
    "/\uff0fevil.example",
    "/\u2215evil.example",
    "/\u2044evil.example",
    "/\uff3cevil.example",
    "\uff0f\uff0fevil.example",
    "/%EF%BC%8Fevil.example",
    "//\uff45vil.example",
    "https://localhost@evil.example/",
    "//localhost@evil.example",
    "/<script>",
    '/"onload=x',
    "/'x",
    "/`x",
    "/" + "a" * LONGEST,
    "/league?" + "x" * 1_000_000,
]


@pytest.mark.parametrize("address", OWN, ids=lambda a: a[:40])
def test_our_own_addresses_are_kept_as_they_are(address: str) -> None:
    assert local_address(address) == address


@pytest.mark.parametrize("address", FOREIGN, ids=lambda a: ascii(a[:40]))
def test_nothing_that_could_lead_elsewhere_is_ours(address: str) -> None:
    assert local_address(address) is None


@pytest.mark.parametrize(
    ("pasted", "kept"),
    [
        ("/league", "/league"),
        ("https://oversight.example/league?stage=primary#top", "/league?stage=primary"),
        ("https://oversight.example", "/"),
        ("http://a@b.example:81/plan", "/plan"),
        ("https://oversight.example//evil.example", None),
        ("https://oversight.example/\t/evil.example", None),
        ("https://oversight.example/%2fevil.example", None),
        ("https:///evil.example", None),
        ("https://[::1", None),
        ("ftp://oversight.example/league", None),
        ("javascript://oversight.example/%0aalert(1)", None),
        ("/\n/evil.example", None),
        ("league", None),
    ],
)
def test_a_pasted_address_is_cut_to_its_page(pasted: str, kept: str | None) -> None:
    assert pasted_address(pasted) == kept


def test_the_view_that_a_link_carries_is_held_to_the_same() -> None:
    choices = Choices(("2026",), (), (), (), ())
    for address in FOREIGN[1:-2]:
        if "\ud800" not in address:
            state = parse("?" + urlencode({"view": address}), choices)
            assert (state.view, state.problems) == ("", ("view",)), ascii(address)
    assert parse("?" + urlencode({"view": OWN[2]}), choices).view == OWN[2]


def test_a_subject_is_any_title_that_somebody_gave() -> None:
    choices = Choices(("2026",), (), (), (), ())
    for title in ("测试会<b>x</b>", "一项&二项", "“甲”"):
        state = parse("?" + urlencode({"subject": title}), choices)
        assert (state.subject, state.problems) == (title, ())
