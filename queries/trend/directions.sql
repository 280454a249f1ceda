-- question: Which direction has a measure of one stage and indicator in each unit of a period?
-- grain: one row per unit
-- scope: rows
select
    district_code,
    direction,
    few_reason,
    is_recast,
    first_date,
    first_amount,
    last_date,
    last_amount
from measure_direction
where
    period = $period
    and basis = $basis
    and measure = $measure
    and stage = $stage
    and indicator_code = $indicator
order by district_code
