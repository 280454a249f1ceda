-- question: Which unit does the school of a return belong to, period by period?
-- grain: one row per period in which the school reported; the latest comes last
-- scope: rows
select
    stg_school.district_code,
    stg_school.school_code
from stg_school
inner join stg_school as asked
    on stg_school.school_code = asked.school_code
where asked.return_id = $return_id
order by stg_school.snapshot_date
