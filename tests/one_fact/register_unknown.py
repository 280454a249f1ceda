"""What is not known: sections whose values are missing, CVs that are undefined, alike wherever a sum leaves them out."""

import re

from data.rows.overview import UnitCvRow
from queries import district
from tests.one_fact.fact import Fact, whole
from tests.one_fact.surfaces import Asked, Page, found

LACKING = r"([^。；|]+?)有小学部或初中部缺数据，缺的未计入"
OF_UNIT = r"(\d+)所（部）缺数据，未计入"
STAGE = "&stage=junior"


def lacking_units(a: Asked) -> str | None:
    """The units with a section that lacks a value, as they are named: four, and how many in all."""
    codes = a.rows.unknown_sections()
    names = [u.short_name for u in a.rows.scoped if u.district_code in codes]
    return "、".join(names[:4]) + (f"等{len(names)}个" if len(names) > 4 else "") if names else None


def sections_without_a_value(a: Asked) -> str | None:
    """How many sections of the unit's returns lack a value of L1 to L7."""
    cells = district.sections(a.deps.warehouse.current(), a.period, a.basis, a.unit)
    count = len({(c.school_code, c.stage) for c in cells if c.is_in_scope and c.section_value is None})
    return str(count) if count else None


def defined(a: Asked) -> list[UnitCvRow]:
    """The unit's CVs of the stage that can be computed."""
    return [c for c in a.rows.cvs if (c.district_code, c.stage) == (a.unit, "junior") and c.cv is not None]


def over_limits(page: Page, pattern: str, none: str) -> str | None:
    titles = "|".join(page.section_titles)
    return "0" if none in titles else found(pattern, titles)


def rows_over(page: Page) -> str | None:
    """How many of the CVs below the title are over the limit that stands above them."""
    values = [float(row[-1]) for row in page.rows("上限0.45") if re.fullmatch(r"\d\.\d+", row[-1])]
    return str(sum(value > 0.45 for value in values)) if values else None


FACTS: dict[str, Fact] = {
    "units with sections that lack a value": Fact(
        city={
            "published": lambda a: whole(lacking_units(a)),
            "overview": lambda a: whole(found(LACKING, a.page("/").plain)),
            "matrix": lambda a: whole(found(LACKING, a.page("/matrix").plain)),
            "slides": lambda a: whole(found(LACKING, a.slides["matrix"].note)),
            "docx": lambda a: whole(found(LACKING, a.paper("docx"))),
        }
    ),
    "sections that lack a value": Fact(
        unit={
            "returns": sections_without_a_value,
            "overview": lambda a: found(OF_UNIT, a.page("/").plain),
            "district": lambda a: found(OF_UNIT, a.district.plain),
            "slides": lambda a: found(OF_UNIT, a.slides["matrix"].sentence),
        }
    ),
    "CVs of a stage over their limit": Fact(
        unit={
            "published": lambda a: str(sum(c.is_within_limit is False for c in defined(a))) if defined(a) else None,
            "overview": lambda a: found(r"：(\d+)项差异系数超过上限", a.page("/", STAGE).plain),
            "district": lambda a: over_limits(
                a.page(f"/district/{a.unit}", STAGE), r"(\d+)个差异系数超过上限", "差异系数都在上限以内"
            ),
            "district, rows": lambda a: rows_over(a.page(f"/district/{a.unit}", STAGE)),
        }
    ),
    "worst CV of a stage": Fact(
        unit={
            "overview": lambda a: found(r"初中([^|]+?)差异系数", "|".join(a.page("/", STAGE).section_titles)),
            "district": lambda a: found(
                r"初中([^|]+?)差异系数：", "|".join(a.page(f"/district/{a.unit}", STAGE).section_titles)
            ),
            "district, shares": lambda a: found(
                r"占初中([^|]+?)差异的", "|".join(a.page(f"/district/{a.unit}", STAGE).section_titles)
            ),
            "trend": lambda a: found(r"初中([^|]+?)差异系数", a.page("/trend", STAGE).heading),
        }
    ),
}
