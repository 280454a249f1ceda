"""The view state is the URL: one frozen record, one parser, one formatter.

Unknown keys are ignored; a bad value falls back to the default and is reported in `problems`.
"""

import re
from collections.abc import Callable, Collection
from dataclasses import dataclass, field, fields, replace
from urllib.parse import parse_qsl, urlencode

from data.local_address import local_address

VERDICT = "verdict"
STAGES = ("both", "primary", "junior")
AS_WAS = "as_was"
"""The boundaries of the day: warnings, leads, issues and returns belong to the units of theirs."""
BASES = (AS_WAS, "current")
MAP_VIEWS = ("geographic", "tiles", "list")
AUTOMATIC = "auto"  # geographic on a screen, tiles on a phone
GROUPINGS = ("verdict", "group", "none")
RANKS = ("shown", "hidden")
PROJECTOR, PRESENTER = "meeting", "presenter"
LIVE = "1"
"""The figures of now in a meeting that is held with those of its day."""
KEY = re.compile(r"[A-Za-z0-9_.-]{1,80}")  # schools, proofs and orders are looked up, not listed
WORDS = re.compile(r"[^\x00-\x1f]{1,120}")  # a title that somebody gave; shown as text
ISSUE_CODE = re.compile(r"[^\s<>\"'&]{1,40}")  # given by offices, often with Chinese characters


@dataclass(frozen=True)
class Choices:
    """What may be chosen in the snapshot at hand; the last period is the default."""

    periods: tuple[str, ...]
    indicators: Collection[str]
    districts: Collection[str]
    groups: Collection[str]
    levels: Collection[str]


@dataclass(frozen=True)
class ViewState:
    """What a page shows. Empty `period` means the latest; empty `district` the whole city."""

    period: str = ""
    stage: str = "both"
    indicator: str = VERDICT
    district: str = ""
    group: str = ""
    basis: str = "as_was"
    map: str = AUTOMATIC
    level: str = ""
    grouping: str = "none"
    rank: str = "shown"
    school: str = ""
    measure: str = ""
    sort: str = ""
    only: str = ""
    origin: str = ""
    round: str = ""
    issue: str = ""
    about: str = ""
    why: str = ""
    mode: str = ""
    slide: str = ""
    snapshot: str = ""
    since: str = ""
    until: str = ""
    meeting: str = ""
    live: str = ""
    view: str = ""
    subject: str = ""
    problems: tuple[str, ...] = field(default=(), compare=False)

    def with_changes(self, **changes: str) -> "ViewState":
        """A copy with other values; choosing a district drops the group and the other way round."""
        return replace(self, problems=(), **_consistent(changes))

    @property
    def whole(self) -> "ViewState":
        """The same of both stages, every item and every issue, for what speaks of units as they are judged."""
        return replace(self, stage=STAGES[0], indicator=VERDICT, school="", origin="", round="")

    @property
    def is_plain(self) -> bool:
        """Whether it names period, place and boundaries alone: units as they are judged, in the stated order."""
        return all(getattr(self, name) == DEFAULTS[name] for name in NARROWING)

    def to_search(self) -> str:
        """`?key=value…` with defaults left out; empty string for the default view."""
        return self.search_with({})

    def search_with(self, changes: dict[str, str]) -> str:
        """The query string of `with_changes(**changes)`; pages ask for hundreds of them."""
        values = {**vars(self), **_consistent(changes)}
        pairs = [(k, values[k]) for k, default in DEFAULTS.items() if values[k] != default]
        if not pairs:
            return ""
        if all(PLAIN.fullmatch(value) for _, value in pairs):
            return "?" + "&".join(f"{k}={v}" for k, v in pairs)
        return "?" + urlencode(pairs)


FREE = (
    "school",
    "measure",
    "sort",
    "only",
    "origin",
    "round",
    "issue",
    "about",
    "why",
    "slide",
    "snapshot",
    "since",
    "until",
    "meeting",
    "view",
    "subject",
)
CHECKS: dict[str, Callable[[str], object]] = {
    "issue": ISSUE_CODE.fullmatch,
    "view": local_address,
    "subject": WORDS.fullmatch,
}
NARROWING = ("stage", "indicator", "level", "grouping", "rank", "school", "measure", "sort", "only", "origin", "round")
DEFAULTS = {f.name: f.default for f in fields(ViewState) if f.name != "problems"}
PLAIN = re.compile(r"[A-Za-z0-9_-]*")


def _consistent(changes: dict[str, str]) -> dict[str, str]:
    """A district and a group are never both chosen."""
    if changes.get("district"):
        return {"group": "", **changes}
    if changes.get("group"):
        return {"district": "", **changes}
    return changes


def parse(search: str, choices: Choices, path_values: dict[str, str] | None = None) -> ViewState:
    """Read a query string and the values of the path; total for any text."""
    allowed: dict[str, Collection[str]] = {
        "period": choices.periods,
        "stage": STAGES,
        "indicator": (VERDICT, *choices.indicators),
        "district": choices.districts,
        "group": choices.groups,
        "basis": BASES,
        "map": MAP_VIEWS,
        "level": choices.levels,
        "grouping": GROUPINGS,
        "rank": RANKS,
        "mode": (PROJECTOR, PRESENTER),
        "live": (LIVE,),
    }
    values: dict[str, str] = {}
    problems: list[str] = []
    pairs = parse_qsl(search.removeprefix("?"), max_num_fields=None)[:50]
    for key, value in (*pairs, *(path_values or {}).items()):
        if (key not in allowed and key not in FREE) or not value:
            continue
        check = CHECKS.get(key, KEY.fullmatch)
        if check(value) if key in FREE else value in allowed[key]:
            values[key] = value
        else:
            problems.append(key)
    if values.get("district") and values.get("group"):
        del values["group"]
    if values.get("period") == choices.periods[-1]:
        del values["period"]
    return ViewState(**values, problems=tuple(problems))
