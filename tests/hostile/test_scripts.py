"""Stored scripts (60 payloads in every text that anybody fills) are words on every page, never markup.

The browser ignores our Content-Security-Policy here, so that escaping alone has to hold.
"""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from urllib.parse import quote, unquote

import pytest
from playwright.sync_api import Browser, BrowserContext, Dialog, Page

from callbacks.web.request_guard import CSRF_COOKIE, csrf_token
from data.demo.district_items import ITEMS
from data.settings import Settings
from data.store.engine import open_store
from data.store.sessions import sign_in
from data.view_state import DEFAULTS
from layouts.routes import ROUTES
from tests.depth import IS_FULL, record, times
from tests.hostile.arranged_rows import ODD, PLAIN
from tests.hostile.arrangement import ISSUE, MEETING, PASSWORD, SCHOOL
from tests.hostile.looking import ARGUMENTS, INSPECT, RAN
from tests.hostile.payloads import SCRIPTS
from tests.serving import served

LISTED = [r.path for r in ROUTES if not r.keys]
PROOF = f"why=section.primary.L4.{SCHOOL}"
FAST = [
    "/rounds",
    "/library",
    "/funds",
    f"/ledger?only=all&issue={ISSUE}",
    f"/warn?issue=issue_overdue.{PLAIN}",
    f"/meeting?meeting={MEETING}",
    f"/district/{PLAIN}?why=unit.{PLAIN}",
    f"/school/{SCHOOL}?{PROOF}",
    f"/cv/{PLAIN}/primary/L4",
    f"/?mode=meeting&meeting={MEETING}",
    f"/district/{PLAIN}?why=item.{PLAIN}.V3",
    f"/district/{ODD}",
]
FULL = [
    *FAST,
    *LISTED,
    *[f"{path}?district={unit}" for path in LISTED for unit in (PLAIN, ODD)],
    *[f"{path}?mode=meeting" for path in LISTED],
    *[f"{path}?period=2025" for path in LISTED],
    *[
        f"/{page}/{unit}{rest}"
        for unit in (PLAIN, ODD)
        for page, rest in (("district", ""), ("cv", "/primary/L2"), ("cv", "/junior/L5"), ("district", "?mode=meeting"))
    ],
    *[f"/ledger?only=all&issue=T-{n:03d}" for n in range(1, 62)],
    *[f"/school/S{PLAIN}-{n:03d}?why=section.primary.L4.S{PLAIN}-{n:03d}" for n in range(1, 61)],
    *[f"/district/{unit}?why=item.{unit}.{item}" for unit in (PLAIN, ODD) for item in ITEMS],
    *[f"{page}meeting=20261123-{n}" for n in range(1, 61) for page in ("/meeting?", "/?mode=meeting&")],
    f"/warn?issue=target_missed.{PLAIN}",
    f"/meeting?meeting={MEETING}&view=/district/{PLAIN}",
    "/changes?period=2026",
    "/?map=tiles",
    "/?map=list",
]
OFFICE = [
    ("city", "/data"),
    *[("city", f"/data/{n}") for n in range(1, times(4, 181))],
    *[("city", f"/inspectors?list={name}") for name in ("people", "areas", "offices")],
    *[("city", f"/inspectors/{letter}{PLAIN}-001") for letter in "AIO"],
    ("clerk", "/accounts"),
    ("auditor", "/audit"),
    ("auditor", "/audit?action=%3Cscript%3Ewindow.pwn=1%3C/script%3E"),
]
SEEN = {
    "school_name",
    "school_code",
    "item_note",
    "inspector",
    "issue_code",
    "issue_problem",
    "issue_measure",
    "move_reason",
    "responsible_unit",
    "responsible_person",
    "issue_evidence",
    "fund_purpose",
    "fund_basis",
    "policy_title",
    "policy_number",
    "policy_issuer",
    "policy_summary",
    "warning_reply",
    "evidence_name",
    "meeting_title",
    "slide_title",
    "slide_note",
    "slide_speaker",
    "decision_subject",
    "decision_words",
    "decision_unit",
    "file_name",
    "finding_sheet",
    "finding_column",
    "finding_value",
    "finding_message",
    "finding_suggested_fix",
    "changed_school",
    "changed_column",
    "explanation",
    "correction_reason",
    "decision_note",
    "person",
    "area_name",
    "office_name",
    "inspector_name",
    "training_subject",
}
MARK = re.compile(r"§(\w+)§(\d+)")
Pairs = set[tuple[str, int]]
POINT = """async () => {
  const frame = () => new Promise((go) => requestAnimationFrame(() => requestAnimationFrame(go)));
  const owners = [...document.querySelectorAll("#page-root [data-tip], #page-root [data-figure]")];
  const wanted = owners.filter((o) => /§/.test(o.dataset.tip || "") || o.dataset.figure);
  for (const owner of wanted.slice(0, MOST)) {
    owner.dispatchEvent(new PointerEvent("pointermove", {bubbles: true, clientX: 9, clientY: 9}));
    await frame();
  }
  return [wanted.length, document.getElementById("tip").textContent];
}"""


@pytest.fixture(scope="module")
def address(scripted: Settings) -> Iterator[str]:
    with served(scripted, 1, path="/livez", OVERSIGHT_LOGIN="local", OVERSIGHT_SECURE_COOKIES="false") as found:
        yield found


class Visitor:
    """A signed-in tab that notes what ran, and which payload of which field it has been shown."""

    def __init__(self, context: BrowserContext, address: str) -> None:
        self.page: Page = context.new_page()
        self.page.set_default_timeout(20_000)
        self.address, self.visits, self.tips, self.executed = address, 0, 0, 0
        self.alarms: list[str] = []
        self.faults: list[str] = []
        self.seen: Pairs = set()
        self.page.on("dialog", self._close)
        self.page.on("pageerror", lambda error: self.alarms.append(str(error)))
        self.page.on("request", lambda r: self.note(r.url))

    def _close(self, dialog: Dialog) -> None:
        self.alarms.append(dialog.message)
        dialog.dismiss()

    def note(self, asked: str) -> None:
        if not asked.startswith((self.address, "data:", "blob:")):
            self.alarms.append(asked)

    def look(self, path: str, *, is_office: bool = False) -> None:
        self.page.goto(self.address + path)
        if not is_office:
            self.check(path)  # the first paint
            self.page.wait_for_selector("body.live")
            most = str(times(6, 60))
            self.tips += self.page.evaluate(POINT.replace("MOST", most))[0]
        self.check(path)

    def check(self, path: str) -> None:
        found = self.page.evaluate(INSPECT, ARGUMENTS)
        self.executed += RAN in found or bool(self.alarms)
        self.faults += [f"{path}: {one}" for one in (*found, *self.alarms)]
        self.alarms.clear()
        for field, number in MARK.findall(unquote(self.page.content())):
            self.seen.add((field, (int(number) - 1) % len(SCRIPTS)))
        self.visits += 1


def visitor(browser: Browser, address: str, scripted: Settings, account: str) -> Visitor:
    session = sign_in(open_store(scripted), account, PASSWORD, datetime.now(UTC).replace(tzinfo=None))
    context = browser.new_context(bypass_csp=True, viewport={"width": 1440, "height": 900})
    cookies = {"sid": session, CSRF_COOKIE: csrf_token(session)}
    context.add_cookies([{"name": n, "value": v, "url": address} for n, v in cookies.items()])
    return Visitor(context, address)


def test_the_inspection_sees_what_is_not_escaped(browser: Browser, address: str) -> None:
    """The fault planted: each payload that is markup, written into a page as it is, is found."""
    page = browser.new_context(bypass_csp=True).new_page()
    page.route("**/x*", lambda route: route.abort())
    markup = [p for p in SCRIPTS if p.startswith("<")]
    assert len(markup) > 35
    executed = 0
    for payload in markup[:: times(4, 1)]:
        page.goto(address + "/livez")
        page.set_content(f"<body>{payload}</body>", wait_until="commit")
        found = page.evaluate(INSPECT, [*ARGUMENTS])
        assert found != [], payload
        executed += RAN in found
    assert executed > 0


def test_every_view_of_every_field_shows_scripts_as_words(browser: Browser, address: str, scripted: Settings) -> None:
    city = visitor(browser, address, scripted, "city")
    routes = list(dict.fromkeys(FULL if IS_FULL else FAST))
    for path in routes:
        city.look(path)
    looked = {"city": city}
    for account, path in OFFICE:
        if account not in looked:
            looked[account] = visitor(browser, address, scripted, account)
        looked[account].look(path, is_office=True)
    seen = Pairs().union(*(one.seen for one in looked.values()))
    record(
        "stored_scripts",
        payloads=len(SCRIPTS),
        fields=len({field for field, _ in seen}),
        pairs=len(seen),
        routes=len(routes) + len(OFFICE),
        looks=sum(v.visits for v in looked.values()),
        tooltips=city.tips,
        executed=sum(v.executed for v in looked.values()),
    )
    assert [fault for one in looked.values() for fault in one.faults] == []
    assert city.tips >= 40
    assert SEEN - {field for field, _ in seen} == set()
    if IS_FULL:
        assert {(field, number) for field in SEEN for number in range(len(SCRIPTS))} - seen == set()


def test_scripts_in_an_address_and_in_the_search_are_words(browser: Browser, address: str, scripted: Settings) -> None:
    city = visitor(browser, address, scripted, "city")
    chosen = SCRIPTS if IS_FULL else SCRIPTS[20:40:10]
    pages = [*LISTED, f"/district/{PLAIN}", f"/school/{SCHOOL}", f"/cv/{PLAIN}/primary/L2"]
    for number, payload in enumerate(chosen):
        every = "&".join(f"{key}={quote(payload, safe='')}" for key in DEFAULTS)
        city.look(f"{pages[number % len(pages)]}?{every}")
        in_path = re.sub(r"[/\s]", " ", payload)  # a path with a line break is no page at all
        city.look(f"/school/{quote(in_path, safe='')}")
        city.look(f"/login?next={quote(payload, safe='')}", is_office=True)
    shown = 0
    city.look("/")
    city.page.keyboard.press("/")
    city.page.wait_for_selector("#search-input")
    for payload in SCRIPTS[:: times(6, 1)]:
        words = re.sub(r"[\r\n]", "", payload)[:40]  # a field of one line takes no line breaks
        city.page.fill("#search-input", words)
        shown_words = words.strip().lstrip("' ")  # a name begins with no apostrophe: that of a sheet was taken away
        city.page.wait_for_function(
            "words => document.getElementById('search-results').textContent.includes(words)", arg=shown_words
        )
        city.check(payload)
        shown += 1
    record(
        "scripts_in_addresses",
        payloads=len(chosen),
        parameters=len(DEFAULTS),
        looks=city.visits,
        searched=shown,
        executed=city.executed,
    )
    assert city.faults == []
