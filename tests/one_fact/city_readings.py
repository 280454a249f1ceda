"""What the city's facts are read from: headings, legends, lists."""

import re
from collections import Counter

from data.text import text
from tests.one_fact.surfaces import Asked, found


def published_progress(a: Asked) -> dict[str, str]:
    """How many units have each progress, by its word."""
    counts = Counter(u.progress for u in a.rows.scoped)
    return {text(f"level.{level}"): str(n) for level, n in counts.items()}


def strip_counts(a: Asked) -> dict[str, str]:
    return {
        word.strip(): n
        for word, n in re.findall(r'class="strip-head[^"]*"><svg.*?</svg>([^<]+)<b> (\d+)</b>', a.page("/").html)
    }


def legend_counts(a: Asked) -> dict[str, str]:
    part = found(r'<ul class="legend"(.*?)</ul>', a.page("/").html) or ""
    return {word.strip(): n for word, n in re.findall(r"</svg>([^<]+)<b> (\d+)</b>", part) if n != "0"}


def phase_counts(a: Asked) -> dict[str, str]:
    """The counts beside the board, over all phases."""
    sums: dict[str, int] = {}
    for part in a.page("/plan").html.split('class="plan-counts"')[1:]:
        for word, n in re.findall(r"</svg>([^<]+)<b>(\d+)</b>", part.split("</p>")[0]):
            sums[word] = sums.get(word, 0) + int(n)
    unplanned = sum(u.target_year is None for u in a.rows.scoped)
    return {} if unplanned else {w: str(n) for w, n in sums.items()}


def verdicts_in_league(a: Asked) -> dict[str, str]:
    found_ = re.search(r"(\d+)个区县全部达标，(\d+)个临近，(\d+)个差距较大", a.page("/league").heading)
    return dict(zip(("达标", "临近", "未达标"), found_.groups(), strict=True)) if found_ else {}


def of_parents(a: Asked) -> dict[str, str]:
    """The columns of the page of parents, summed; none that is 0."""
    sums: dict[str, int] = {}
    for table in a.parents.tables:
        for row in table.rows[table.head_rows :]:
            for name, cell in zip(table.rows[0], row, strict=True):
                if cell.replace(",", "").isdigit():
                    sums[name] = sums.get(name, 0) + int(cell.replace(",", ""))
    return {name: str(n) for name, n in sums.items() if n}


def verdicts_by_group(a: Asked) -> dict[str, str]:
    """The picture of the four groups, summed; it shows all of them whatever is chosen."""
    if a.group:
        return {}
    sums: dict[str, int] = {}
    for words in re.findall(
        r'aria-label="[^"：]+：((?:达标|临近|未达标|一票否决|无法判定)\d[^"]*)"', a.page("/league").html
    ):
        for word, n in re.findall(r"(\D+?)(\d+)，?", words):
            sums[word] = sums.get(word, 0) + int(n)
    return {w: str(n) for w, n in sums.items() if w in ("达标", "临近", "未达标")}


def grouped_league(a: Asked) -> dict[str, str]:
    """The headings of the league where it is grouped by verdict."""
    return dict(re.findall(r"(达标|临近|未达标)\| ?(\d+)个\|", a.page("/league", "&grouping=verdict").words))


def within(a: Asked) -> set[str]:
    """Units whose CVs of L2 are all within their limits."""
    own: dict[str, list[bool]] = {}
    for c in a.rows.cvs:
        if c.indicator_code == "L2" and c.district_code in a.rows.scoped_codes:
            own.setdefault(c.district_code, []).append(c.is_within_limit is True)
    return {code for code, all_of in own.items() if all(all_of)}
