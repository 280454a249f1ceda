-- question: Which values of a unit and its schools fail now?
-- grain: one row per failing cell of the latest return; no exempt item, no sum of an indicator
-- scope: rows
select
    subject_code,
    stage,
    item_code,
    district_code,
    school_name,
    amount,
    line,
    is_met,
    coalesce(is_spare, false) as is_spare,
    gap
from latest_cell
where
    district_code = $district
    and not is_met
    and not coalesce(is_spare, false)
    and not (stage = '' and item_code in (select cat_indicators.indicator_code from cat_indicators))
order by subject_code = district_code desc, item_code, stage desc, subject_code
