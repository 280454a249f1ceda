"""Facts about what would make a CV smaller, and whose it is."""

from tests.one_fact.cvs import above_words, cv_page, outlier, share_words
from tests.one_fact.fact import Fact
from tests.one_fact.surfaces import found

FACTS: dict[str, Fact] = {
    "what raising low schools would do": Fact(
        unit={
            "district": lambda a: share_words(a.district.plain),
            "its own page": lambda a: share_words(cv_page(a)),
            "slides": lambda a: share_words(a.slides["cv"].sentence),
            "docx": lambda a: share_words(a.paper("docx")),
        }
    ),
    "share of one school that stands out": Fact(
        city={
            "leads": lambda a: {
                f"{r[0]} {r[1]}": found(r"占差异的([\d.]+%)", r[2]) or ""
                for r in a.page("/leads").rows("误报的可能")
                if "占差异的" in r[2]
            }
        },
        unit={
            "district": lambda a: outlier(a, a.district.plain),
            "its own page": lambda a: outlier(a, cv_page(a)),
            "slides": lambda a: outlier(a, a.slides["cv"].sentence),
            "docx": lambda a: outlier(a, a.paper("docx")),
        },
    ),
    "share of the schools above the mean": Fact(
        unit={"district": lambda a: above_words(a.district.plain), "its own page": lambda a: above_words(cv_page(a))}
    ),
}
