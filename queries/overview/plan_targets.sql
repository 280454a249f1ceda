-- question: How many units are to comply by which year, and how likely is each to by any autumn?
-- grain: one row per unit of the period
-- scope: rows
select
    district_code,
    group_code,
    target_year,
    progress,
    forecast_autumn,
    chances
from unit_status
where period = $period and basis = $basis
order by district_code
