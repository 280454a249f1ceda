-- question: Which schools are weak, and when was each last visited?
-- grain: one row per school with an evaluated section that does not comply; weakest first
-- scope: rows
select
    district_code,
    school_code,
    school_name,
    section_count,
    missed_count,
    below_floor_count,
    visit_count,
    last_visited_on
from weak_school
where period = $period and basis = $basis
order by below_floor_count desc, missed_count desc, school_code asc
