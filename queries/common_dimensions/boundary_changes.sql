-- question: On which days did the boundaries of a unit change?
-- grain: one row per unit and day
-- scope: open
select distinct
    successor_code as district_code,
    effective_on
from cat_district_successions
where predecessor_code <> successor_code
order by district_code, effective_on
