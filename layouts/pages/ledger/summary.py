"""How far the ledger is: states as one bar, what became of closed issues, who is late."""

from collections import Counter

from data.text import text
from layouts import formatting
from layouts.markup import Node, h
from layouts.pages.ledger.rows import LedgerView
from layouts.parts.frame import section
from layouts.parts.glyph import glyph
from layouts.routes import LEDGER, link

BAR = (
    ("rebounded", "veto"),
    ("untouched", "fail"),
    ("under_way", "near"),
    ("awaiting_review", "review"),
    ("closed", "ok"),
)
WIDTH, LABEL_ROOM, BAR_WIDTH = 500, 56, 220
MOST_UNITS = 6
NARROW = 26


def progress(view: LedgerView) -> Node:
    """Title with the share closed, the bar of states, what came after closing, and the origins."""
    tabs = view.by_tab
    closed = len(tabs["closed"])
    if not view.issues:
        return section(text("ledger.progress_none"))
    share = formatting.share(closed / len(view.issues))
    title = text("ledger.progress_title", share=share)
    if tabs["paper"]:
        title += text("ledger.progress_paper", count=len(tabs["paper"]))
    return section(title, _bar(view), h("div", {"className": "halves"}, _after_closing(view), _origins(view)))


def _bar(view: LedgerView) -> Node:
    counts = Counter("closed" if r.is_closed else r.issue.status for r in view.issues)
    parts: list[Node] = []
    labels: list[Node] = []
    x = 0.0
    for status, tone in BAR:
        if not counts[status]:
            continue
        width = WIDTH * counts[status] / len(view.issues)
        parts.append(
            h(
                "g",
                {"key": status},
                h(
                    "rect",
                    {
                        "x": round(x, 1),
                        "y": 18,
                        "width": round(max(1, width - 2), 1),
                        "height": 32,
                        "className": f"bar-{tone}",
                    },
                ),
                h(
                    "text",
                    {"x": round(x + 6, 1), "y": 40, "className": f"bar-text on-{tone}"},
                    formatting.count(counts[status]),
                )
                if width >= NARROW
                else None,
            )
        )
        if width >= NARROW:
            labels.append(
                h(
                    "text",
                    {"x": round(x, 1), "y": 12, "className": "foot", "key": f"n{status}"},
                    view.status_names[status],
                )
            )
        x += width
    words = "，".join(f"{view.status_names[s]}{counts[s]}" for s, _ in BAR if counts[s])
    return h(
        "svg",
        {"className": "state-bar", "viewBox": f"0 0 {WIDTH} 52", "role": "img", "aria-label": words},
        *labels,
        *parts,
    )


def _after_closing(view: LedgerView) -> Node:
    closed = view.by_tab["closed"]
    met = sum(1 for r in closed if r.is_met)
    waiting = sum(1 for r in closed if r.issue.status == "look_back")
    lines = (
        ("met", text("ledger.after_met"), met, text("ledger.after_met_note"), "closed"),
        ("on_plan", text("ledger.after_look_back"), waiting, text("ledger.after_look_back_note"), "closed"),
        (
            "undecidable",
            text("ledger.after_unknown"),
            sum(1 for r in closed if r.is_met is None),
            text("ledger.after_unknown_note"),
            "closed",
        ),
        ("unmet", text("ledger.after_paper"), len(view.by_tab["paper"]), text("ledger.after_paper_note"), "paper"),
        (
            "unmet",
            text("ledger.after_rebounded"),
            len(view.by_tab["rebounded"]),
            text("ledger.after_rebounded_note"),
            "rebounded",
        ),
    )
    return h(
        "table",
        {"className": "mini after"},
        h("caption", {}, text("ledger.after_title")),
        h(
            "tbody",
            {},
            *[
                h(
                    "tr",
                    {"key": name},
                    h(
                        "th",
                        {"scope": "row"},
                        glyph(level),
                        " ",
                        h("a", {"href": link(LEDGER, view.rows.state, only=tab), "data-nav": "1"}, name),
                    ),
                    h(
                        "td",
                        {"className": "num b" + (" t-unmet" if level == "unmet" and n else "")},
                        formatting.count(n),
                    ),
                    h("td", {"className": "mut"}, note),
                )
                for level, name, n, note, tab in lines
            ],
        ),
    )


def _origins(view: LedgerView) -> Node:
    counts = Counter(r.issue.origin for r in view.by_tab["open"])
    most = max(counts.values(), default=1)
    return h(
        "table",
        {"className": "mini origins"},
        h("caption", {}, text("ledger.origins_title")),
        h(
            "tbody",
            {},
            *[
                h(
                    "tr",
                    {"key": name},
                    h("th", {"scope": "row"}, name),
                    h(
                        "td",
                        {},
                        h(
                            "svg",
                            {"width": 84, "height": 12, "aria-hidden": "true"},
                            h("rect", {"width": round(80 * n / most, 1), "height": 11, "className": "bar-plain"}),
                        ),
                    ),
                    h("td", {"className": "num b"}, formatting.count(n)),
                )
                for name, n in counts.most_common()
            ],
        ),
    )


def overdue_by_unit(view: LedgerView) -> Node:
    """Bars by unit, the ages apart; the title names the units with most."""
    late = view.by_tab["overdue"]
    if not late:
        return section(text("ledger.late_none"))
    by_unit: dict[str, list[int]] = {}
    for row in late:
        ages = by_unit.setdefault(row.district_code, [0, 0, 0])
        ages[view.age(row)] += 1
    order = sorted(by_unit, key=lambda c: (-sum(by_unit[c]), c))
    names = [view.unit_names.get(c, c) for c in order]
    shown = [(view.unit_names.get(c, c), by_unit[c], c) for c in order[:MOST_UNITS]]
    rest = order[MOST_UNITS:]
    if rest:
        total = [sum(by_unit[c][n] for c in rest) for n in range(3)]
        shown.append((text("ledger.late_rest", count=len(rest)), total, ""))
    most = max(sum(by_unit[c]) for c in order)
    totals = [sum(by_unit[c][n] for c in order) for n in range(3)]
    short, long = view.ages
    key = (
        text("ledger.age_short", days=short, count=totals[0]),
        text("ledger.age_middle", first=short + 1, last=long, count=totals[1]),
        text("ledger.age_long", days=long, count=totals[2]),
    )
    return section(
        text("ledger.late_title", names="、".join(names[:3])),
        h(
            "p",
            {"className": "age-key"},
            *[h("span", {"key": str(n)}, h("i", {"className": f"age-{n}"}), words) for n, words in enumerate(key)],
        ),
        h(
            "table",
            {"className": "mini late"},
            h("tbody", {}, *[_late_row(view, name, ages, code, most) for name, ages, code in shown]),
        ),
    )


def _late_row(view: LedgerView, name: str, ages: list[int], code: str, most: int) -> Node:
    x, parts = 0.0, list[Node]()
    for number, count in enumerate(ages):
        width = BAR_WIDTH * count / most
        if count and code:
            parts.append(
                h(
                    "rect",
                    {
                        "x": round(x, 1),
                        "width": round(max(1, width - 1), 1),
                        "height": 18,
                        "className": f"age-{number}",
                        "key": str(number),
                    },
                )
            )
        x += width
    href = link(LEDGER, view.rows.state, district=code, only="overdue")
    words: Node = h("a", {"href": href, "data-nav": "1"}, name) if code else name
    return h(
        "tr",
        {"key": name},
        h("th", {"scope": "row"}, words),
        h("td", {}, h("svg", {"width": BAR_WIDTH, "height": 18, "aria-hidden": "true"}, *parts)),
        h("td", {"className": "num b"}, text("ledger.pieces", count=sum(ages))),
    )
