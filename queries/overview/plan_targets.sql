-- question: How many units are to comply by which year, and when is each expected to?
-- grain: one row per unit of the period
-- scope: rows
select
    district_code,
    group_code,
    target_year,
    progress,
    projected_year
from unit_status
where period = $period and basis = $basis
order by district_code
