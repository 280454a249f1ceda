"""First paint and interaction latency of `/` in Chromium."""

import json
import statistics
from typing import Any

from playwright.sync_api import Browser, Page

SAMPLES = 20
LOADS = 5
READY = "document.querySelector('h1') && document.querySelectorAll('svg.map .unit').length > 40"
OBSERVER = """
window.__seen = null;
window.__wait = (expression) => {
  const test = new Function('return ' + expression);
  window.__seen = null;
  const look = () => { if (test()) { window.__seen = performance.now(); } else requestAnimationFrame(look); };
  requestAnimationFrame(look);
};
window.__start = null;
for (const kind of ['click', 'change']) {
  window.addEventListener(kind, (event) => { if (window.__start === null) window.__start = event.timeStamp; }, true);
}
"""


def spread(values: list[float]) -> dict[str, float]:
    ordered = sorted(values)
    return {
        "n": len(ordered),
        "median_ms": round(statistics.median(ordered), 1),
        "p95_ms": round(ordered[max(0, int(len(ordered) * 0.95) - 1)], 1),
        "max_ms": round(ordered[-1], 1),
    }


def bench_first_paint(browser: Browser, address: str) -> dict[str, Any]:
    paints: list[float] = []
    live: list[float] = []
    transferred: list[float] = []
    for _ in range(LOADS):
        context = browser.new_context(bypass_csp=True, viewport={"width": 1440, "height": 900})
        page = context.new_page()
        client = context.new_cdp_session(page)
        client.send("Network.enable")
        size = [0.0]
        client.on("Network.loadingFinished", lambda e, s=size: s.__setitem__(0, s[0] + e["encodedDataLength"]))
        page.add_init_script(
            OBSERVER + f"window.__wait({json.dumps(READY)});"
            "new MutationObserver(() => { if (!window.__live && document.body"
            " && document.body.classList.contains('live')) window.__live = performance.now(); })"
            ".observe(document, {subtree: true, attributes: true, childList: true});"
        )
        page.goto(address)
        page.wait_for_selector("body.live #overview-trend .still")
        page.wait_for_timeout(700)
        first = page.evaluate(
            "Math.max(window.__seen, performance.getEntriesByName('first-contentful-paint')[0].startTime)"
        )
        paints.append(first)
        live.append(page.evaluate("window.__live"))
        transferred.append(size[0] / 1024)
        context.close()
    return {
        "first_meaningful_paint": spread(paints),
        "live": spread(live),
        "transferred_kb": round(statistics.median(transferred)),
    }


def timed(page: Page, expression: str, act: Any) -> float:
    page.evaluate("(e) => { window.__start = null; window.__wait(e); }", expression)
    act()
    page.wait_for_function("window.__seen !== null && window.__start !== null")
    return page.evaluate("window.__seen - window.__start")


def bench_interactions(browser: Browser, address: str) -> dict[str, Any]:
    page = browser.new_page(bypass_csp=True, viewport={"width": 1440, "height": 900})
    page.add_init_script(OBSERVER)
    page.goto(address)
    page.wait_for_selector("body.live #overview-trend .still")
    page.wait_for_timeout(500)
    panels = "['map','actions','trend-title','worst','gaps'].every((p) => document.querySelector('#overview-' + p + ' h2').textContent.includes('{}'))"
    trend = "document.querySelector('#overview-trend').textContent.includes('{}')"
    names = page.evaluate(
        "Object.fromEntries([...document.querySelectorAll('a[data-tile]')].map((a) => [a.dataset.district, a.textContent]))"
    )
    codes = list(names)[:SAMPLES]
    district: list[float] = []
    for code in codes:
        expression = panels.format(names[code]) + " && " + trend.format("上限")
        district.append(
            timed(page, expression, lambda c=code: page.click(f"#page-root a[data-tile][data-district='{c}']"))
        )
        page.wait_for_timeout(250)
    page.goto(address)
    page.wait_for_selector("body.live #overview-trend .still")
    page.wait_for_timeout(500)
    indicator: list[float] = []
    labels = page.evaluate(
        "[...document.querySelector('#page-root select[name=indicator]').options].map((o) => o.textContent)"
    )
    for number in range(SAMPLES):
        label = labels[1 + number % 7]
        name = label.split(" ", 1)[1]
        everywhere = (
            f"['map','trend-title','worst','gaps'].every((p) => document.querySelector('#overview-' + p + ' h2').textContent.includes('{name}'))"
            + f" && document.querySelector('#page-root h1').textContent.includes('{name}') && "
            + trend.format("在上限内")
        )
        indicator.append(
            timed(
                page,
                everywhere,
                lambda value=label: page.select_option("#page-root select[name=indicator]", label=value),
            )
        )
        page.wait_for_timeout(250)
    page.goto(address)
    page.wait_for_selector("body.live #overview-trend .still")
    page.wait_for_timeout(500)
    period: list[float] = []
    periods = page.evaluate(
        "[...document.querySelectorAll('#page-root [data-period-dot]')].map((a) => a.getAttribute('aria-label'))"
    )
    for number in range(SAMPLES):
        label = periods[number % (len(periods) - 1)]
        expression = (
            f"document.querySelector('#page-root .dot[aria-current=true]').getAttribute('aria-label') === '{label}'"
            f" && document.querySelector('#overview-source').textContent.includes('{label}')"
        )
        period.append(
            timed(
                page, expression, lambda value=label: page.click(f"#page-root [data-period-dot][aria-label='{value}']")
            )
        )
        page.wait_for_timeout(250)
    page.close()
    return {"district": spread(district), "indicator": spread(indicator), "period": spread(period)}
