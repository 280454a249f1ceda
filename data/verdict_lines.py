"""The result of a dry run as lines for people: sections with what must be supplied, CVs."""

from collections.abc import Iterator
from typing import Any

from data import printing

VERDICTS = {True: "达标", False: "未达标", None: "无法判定"}
STAGES = {"primary": "小学", "junior": "初中"}


def verdict_lines(result: dict[str, Any]) -> Iterator[str]:
    """Lines of what `check_return` returns: every section, every CV, every composite."""
    for s in result["sections"]:
        state = VERDICTS[s["complies"]] if s["in_scope"] else f"不纳入（{s['reason']}）"
        owes = "，".join(_owed(s)) if s["in_scope"] else ""
        line = f"{s['school_name']} {STAGES[s['stage']]} {s['pupils']}人：{state} {owes}"
        yield line.rstrip()
    for d in result["districts"]:
        limit = "" if d["limit"] is None else f"（上限{printing.rounded(d['limit'], 2)}）"
        yield (
            f"{d['district_code']} {STAGES[d['stage']]} {d['indicator']} 差异系数"
            f" {printing.cv(d['cv'], d['limit'])}{limit} {VERDICTS[d['complies']]}"
        )
    for c in result["composite"]:
        cv = printing.cv(c["cv"], c["limit"])
        yield f"{c['district_code']} {STAGES[c['stage']]} 综合差异系数 {cv}"


def _owed(section: dict[str, Any]) -> Iterator[str]:
    """What the section's school must supply; a supply that serves two sections is named once."""
    for code, gap in section["gaps"].items():
        amount = printing.gap(gap["amount"], gap["unit"])
        if code in section["received"]:
            received = printing.received(section["received"][code], gap["unit"])
            yield f"{code}全校须补{amount}（{STAGES[section['stage']]}得{received}）"
        else:
            yield f"{code}须补{amount}"
    for code, stage in section["supplied_with"].items():
        yield f"{code}随{STAGES[stage]}同补"
    exempt = section["exempt"]
    if exempt in section["gaps"] or exempt in section["supplied_with"]:
        yield f"{exempt}为余项，补到底线即可"
    elif exempt:
        yield f"{exempt}为余项，可不补"
