-- question: Which warnings follow from the figures of a period, and since when?
-- grain: one row per unit, rule and subject; `since` is the first period of the unbroken run
-- scope: rows
select
    district_code,
    warning_code,
    stage,
    item_code,
    amount,
    line,
    previous_amount,
    is_recast,
    since
from warning
where period = $period
order by district_code, warning_code, stage, item_code
