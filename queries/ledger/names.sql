-- question: What are the schools called that issues are about and the latest period does not know?
-- grain: one row per school asked for (codes separated by |), under the name of its last return
-- scope: open
with asked as (
    select distinct unnest(string_split($subjects, '|')) as subject_code
)

select
    stg_school.school_code as subject_code,
    max_by(stg_school.school_name, stg_school.snapshot_date) as school_name
from stg_school
inner join asked
    on stg_school.school_code = asked.subject_code
group by stg_school.school_code
order by stg_school.school_code
