-- question: Which schools of each unit were visited in which round, and what was found?
-- grain: one row per unit and round with a visit up to the period
-- scope: rows
with school_of_unit as (
    select distinct
        district_code,
        school_code,
        snapshot_date
    from unit_section
    where period = $period and basis = $basis
)

select
    school_of_unit.district_code,
    stg_visit.round as round_number,
    cast(count(*) as integer) as visit_count,
    cast(count(distinct stg_visit.school_code) as integer) as visited_school_count,
    cast(sum(stg_visit.finding_count) as integer) as finding_count,
    min(stg_visit.visited_on) as first_on,
    max(stg_visit.visited_on) as last_on
from stg_visit
inner join school_of_unit
    on
        stg_visit.school_code = school_of_unit.school_code
        and stg_visit.visited_on <= school_of_unit.snapshot_date
group by school_of_unit.district_code, stg_visit.round
order by school_of_unit.district_code, stg_visit.round
