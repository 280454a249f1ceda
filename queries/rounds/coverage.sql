-- question: Which schools of each unit were visited in which round, and what was found?
-- grain: one row per unit and round with a visit up to the period
-- scope: rows
select
    district_code,
    round_number,
    cast(count(*) as integer) as visit_count,
    cast(sum(case when is_present then 0 else 1 end) as integer) as absent_count,
    cast(count(distinct case when is_present then school_code end) as integer)
        as visited_school_count,
    cast(sum(finding_count) as integer) as finding_count,
    min(visited_on) as first_on,
    max(visited_on) as last_on
from unit_visit
where period = $period and basis = $basis
group by district_code, round_number
order by district_code, round_number
