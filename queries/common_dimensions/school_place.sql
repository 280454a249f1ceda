-- question: Which unit does a school belong to, period by period?
-- grain: one row per period in which the school reported; the latest comes last
-- scope: rows
select
    district_code,
    school_code
from stg_school
where school_code = $school
order by snapshot_date
