-- question: How often was each school visited, and when last?
-- grain: one row per visited school
-- scope: rows
select
    district_code,
    school_code,
    cast(count(*) as integer) as visit_count,
    max(visited_on) as last_visited_on
from unit_visit
where period = $period and basis = $basis
group by district_code, school_code
order by district_code, school_code
