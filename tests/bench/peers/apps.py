"""How each app is started, what of it must be on screen, and how a hand changes its filters."""

import itertools
import os
import subprocess
from collections.abc import Callable, Generator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Page

from data.settings import ROOT, Settings
from tests.bench.peers.choices import SAMPLES, Choices
from tests.serving import free_port, wait_for

Act = Callable[[Page], None]
PEERS = "var/peers/venv/bin/"
GUNICORN = (
    "gunicorn",
    "--bind",
    "127.0.0.1:{port}",
    "--workers",
    "2",
    "--threads",
    "4",
    "--log-level",
    "warning",
    "--no-control-socket",
)
TITLED = "[...document.querySelectorAll('.gtitle')].some((e) => e.textContent.includes('%s') && e.textContent.includes('%s'))"
PLOTS = "document.querySelectorAll('.choroplethlayer path').length >= 37 && " + TITLED % ("趋势", "")
CAPTION = "document.querySelector('#caption') && document.querySelector('#caption').textContent.includes('%s')"
FIRST_ROW = "document.querySelector('.ag-row') && document.querySelector('.ag-row').textContent.includes('%s')"


@dataclass(frozen=True)
class Change:
    """One change of a filter: `before` is not timed, `act` is; then `seen` holds in every panel."""

    before: Act
    act: Act
    seen: str


@dataclass(frozen=True)
class App:
    """An app: its command, what is there when it is ready, and the changes of each filter."""

    name: str
    command: Sequence[str]
    ready: str
    changes: Callable[[Choices], dict[str, list[Change]]]
    is_replayed: bool = True
    """Whether its answers are callbacks that can be asked again by a load generator."""

    @contextmanager
    def served(self, folder: Path, settings: Settings) -> Generator[tuple[str, int]]:
        """Address and root process of the app on a free loopback port."""
        port = free_port()
        own = {
            "PEERS_FOLDER": str(folder),
            "OVERSIGHT_LOGIN": "off",
            "MALLOC_ARENA_MAX": "2",
            "OVERSIGHT_VAR_FOLDER": str(settings.var_folder),
        }
        command = [word.format(port=port) for word in self.command]
        with (folder / f"{self.name}.log").open("w") as log:
            process = subprocess.Popen(command, cwd=ROOT, env={**os.environ, **own}, stdout=log, stderr=log)
            try:
                wait_for(f"http://127.0.0.1:{port}/")
                yield f"http://127.0.0.1:{port}/", process.pid
            finally:
                process.terminate()
                process.wait(timeout=20)


def nothing(page: Page) -> None:
    """No preparation."""


def focus(selector: str) -> Act:
    return lambda page: page.focus(selector)


def press(key: str) -> Act:
    return lambda page: page.keyboard.press(key)


def click(selector: str) -> Act:
    return lambda page: page.locator(selector).first.click()


def there_and_back(choices: Choices, values: Sequence[str], forth: str, back: str) -> list[tuple[str, str]]:
    """The key to press and the value that it leads to, starting at the first value."""
    way = choices.there_and_back(values)
    places = [0, *[values.index(value) for value in way]]
    return [(forth if b > a else back, values[b]) for a, b in itertools.pairwise(places)]


def ours(choices: Choices) -> dict[str, list[Change]]:
    """A tile of the map, the slot of the indicator by its keyboard, a dot of the timeline."""
    panel = "document.querySelector('#overview-%s h2').textContent.includes('%s')"
    trend = "document.querySelector('#overview-trend').textContent.includes('%s')"

    def headed(panels: Sequence[str], word: str) -> str:
        return " && ".join(panel % (name, word) for name in panels)

    def month(period: str) -> str:
        year, _, number = period.partition("-")
        return f"{year}年{int(number or 9)}月"

    dot = "#page-root [data-period-dot][aria-label='%s']"
    shown = (
        "document.querySelector('#page-root .dot[aria-current=true]').getAttribute('aria-label') === '%s'"
        " && document.querySelector('#overview-source').textContent.includes('%s')"
    )
    slot = "#page-root select[name=indicator]"
    names = list(choices.indicators)
    way = [*names, *reversed(names[:-1]), *names[1:], names[-2]][:SAMPLES]  # the slot opens above the first
    keys = [
        "ArrowDown",
        *["ArrowDown" if names.index(b) > names.index(a) else "ArrowUp" for a, b in itertools.pairwise(way)],
    ]
    return {
        "district": [
            Change(
                nothing,
                click(f"#page-root a[data-tile]:has-text('{short}')"),
                headed(("map", "actions", "trend-title", "worst", "gaps"), short) + " && " + trend % "上限",
            )
            for _, short in choices.districts
        ],
        "indicator": [
            Change(
                focus(slot),
                press(key),
                headed(("map", "trend-title", "worst", "gaps"), label.split(" ", 1)[1]) + " && " + trend % "在上限内",
            )
            for key, label in zip(keys, way, strict=True)
        ],
        "period": [
            Change(nothing, click(dot % month(period)), shown % (month(period), month(period)))
            for period in choices.there_and_back(list(reversed(choices.periods)))
        ],
    }


def dash_peer(row_of_table: str) -> Callable[[Choices], dict[str, list[Change]]]:
    """Drop-downs with their search box and a slider, as Dash 4 draws them."""

    def opened(identity: str, words: str) -> Act:
        def act(page: Page) -> None:
            page.click(f"#{identity}")
            page.wait_for_selector(".dash-dropdown-search")
            page.fill(".dash-dropdown-search", words)
            page.wait_for_selector(f".dash-dropdown-option:has-text('{words}')")

        return act

    def changes(choices: Choices) -> dict[str, list[Change]]:
        option = ".dash-dropdown-option:has-text('%s')"
        return {
            "district": [
                Change(opened("district", name), click(option % name), TITLED % ("趋势", name))
                for name, _ in choices.districts
            ],
            "indicator": [
                Change(
                    opened("indicator", name),
                    click(option % name),
                    " && ".join((TITLED % ("地图", name), TITLED % ("趋势", name), row_of_table % name)),
                )
                for name in choices.there_and_back(choices.indicators)
            ],
            "period": slider(choices, row_of_table),
        }

    return changes


def slider(choices: Choices, row_of_table: str) -> list[Change]:
    handle = "[role=slider], [data-testid=stSlider] input[type=range]"
    steps = there_and_back(choices, choices.periods, "ArrowRight", "ArrowLeft")
    return [
        Change(focus(handle), press(key), TITLED % ("地图", f"[{value}]") + " && " + row_of_table % value)
        for key, value in steps
    ]


def streamlit(choices: Choices) -> dict[str, list[Change]]:
    """Select boxes with typed words and a slider."""

    def typed(label: str, words: str) -> Act:
        def act(page: Page) -> None:
            page.click(f"input[aria-label^='{label}']")
            page.keyboard.press("Control+a")
            page.keyboard.type(words)
            page.wait_for_timeout(350)

        return act

    named = [
        (name, " && ".join((TITLED % ("地图", name), TITLED % ("趋势", name), CAPTION % name)))
        for name in choices.there_and_back(choices.indicators)
    ]
    return {
        "district": [
            Change(typed("区县", name), press("Enter"), TITLED % ("趋势", name)) for name, _ in choices.districts
        ],
        "indicator": [Change(typed("指标", name), press("Enter"), seen) for name, seen in named],
        "period": slider(choices, CAPTION),
    }


OURS = App(
    "ours",
    (f"{ROOT}/.venv/bin/{GUNICORN[0]}", "app:server", *GUNICORN[1:]),
    "document.querySelector('h1') && document.querySelectorAll('svg.map .unit').length >= 37"
    " && document.querySelector('#overview-trend .still, .page-static .still')"
    " && document.querySelectorAll('[data-tile]').length >= 37",
    ours,
)
PLAIN_DASH = App(
    "plain_dash",
    (PEERS + GUNICORN[0], "tests.bench.peers.plain_dash:server", *GUNICORN[1:]),
    PLOTS + " && document.querySelectorAll('#table tr').length >= 37",
    dash_peer(CAPTION),
)
VIZRO = App(
    "vizro",
    (PEERS + GUNICORN[0], "tests.bench.peers.vizro_app:server", *GUNICORN[1:]),
    PLOTS + " && document.querySelectorAll('.ag-row').length > 5",
    dash_peer(FIRST_ROW),
)
STREAMLIT = App(
    "streamlit",
    (
        PEERS + "streamlit",
        "run",
        "tests/bench/peers/streamlit_app.py",
        "--server.port",
        "{port}",
        "--server.address",
        "127.0.0.1",
        "--server.headless",
        "true",
        "--browser.gatherUsageStats",
        "false",
    ),
    PLOTS + " && document.querySelector('[data-testid=stDataFrame] canvas')",
    streamlit,
    is_replayed=False,
)
APPS = (OURS, PLAIN_DASH, VIZRO, STREAMLIT)
assert SAMPLES >= 20
