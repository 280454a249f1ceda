"""What a slide says of a unit is no less than what is known, and each of its words says something."""

from callbacks.dependencies import Dependencies
from tests.one_fact.surfaces import Asked


def test_a_slide_does_not_hide_the_second_cv_over_its_limit(deps: Dependencies) -> None:
    """`小学系数0.524` alone, and on the next slide 3 CVs over their limits."""
    asked = Asked(deps, "2019", "as_was", "500238")
    assert "L5 运动场馆|小学系数0.524等2个，4所（部）补7,328㎡" in asked.projector.words
    assert "小学系数0.524，初中系数0.455，4所（部）补7,328㎡" in asked.paper("docx")
    assert "小学系数0.657，3所（部）补465㎡" in asked.projector.plain


def test_the_foot_of_a_slide_says_what_is_shown(deps: Dependencies) -> None:
    """`不分组 · 显示`."""
    assert "不分组 · 显示名次 · " in Asked(deps, "2026", "as_was", "500109").page("/league", "&mode=meeting").plain


def test_a_warning_of_years_is_not_called_new(deps: Dependencies) -> None:
    """`4项新预警` of which one began in 2018: none of them was sent."""
    assert Asked(deps, "2026", "as_was", "500109").slides["warn"].decide == ["4项待提醒预警的提醒和回复期限"]


def test_the_title_on_warnings_names_whose_are_red(deps: Dependencies) -> None:
    """`红色预警8项，涉及8个区县`: the room had to look for who they are."""
    asked = Asked(deps, "2026", "as_was")
    red = list(dict.fromkeys(row[1] for row in asked.page("/warn").rows("回复期限") if row[0] == "红"))
    title = asked.slides["warn"].title_words
    assert title.endswith(f"，涉及{'、'.join(red[:2])}等{len(red)}个区县")
