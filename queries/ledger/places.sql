-- question: Which unit answers today for the schools and units that issues are about?
-- grain: one row per subject asked for (codes separated by |) that the latest period knows
-- scope: open
with asked as (
    select distinct unnest(string_split($subjects, '|')) as subject_code
)

select distinct
    latest_cell.subject_code,
    latest_cell.district_code
from latest_cell
inner join asked
    on latest_cell.subject_code = asked.subject_code
order by latest_cell.subject_code, latest_cell.district_code
