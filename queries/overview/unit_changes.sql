-- question: What became of each unit since the autumn of the year before, if it can be compared?
-- grain: one row per unit
-- scope: rows
select
    district_code,
    previous_period,
    compared_basis,
    incomparable_reason,
    verdict_change,
    new_progress,
    cast(met_since as integer) as met_since,
    is_met_late
from unit_change
where period = $period and basis = $basis
order by district_code
