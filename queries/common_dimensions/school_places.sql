-- question: Which schools does each unit have, as its latest return names them?
-- grain: one row per unit and school
-- scope: rows
select
    district_code,
    school_code,
    school_name
from stg_school
qualify snapshot_date = max(snapshot_date) over (partition by district_code)
order by district_code, school_code
