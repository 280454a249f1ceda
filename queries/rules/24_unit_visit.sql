-- relation: unit_visit
-- grain: one row per period, basis and visit up to the period's day
-- Where a visit counts: in the unit that the school belongs to in the period; in the unit that was
-- visited where the period has no such school any more, and then `is_present` is false.
-- source: 02_unit, 17_unit_section
with point as (
    select distinct
        period,
        basis,
        snapshot_date
    from unit
),

school_of_unit as (
    select distinct
        period,
        basis,
        district_code,
        school_code
    from unit_section
)

select
    point.period,
    point.basis,
    coalesce(school_of_unit.district_code, stg_visit.district_code) as district_code,
    stg_visit.school_code,
    stg_visit.round as round_number,
    stg_visit.visited_on,
    stg_visit.inspector,
    stg_visit.finding_count,
    school_of_unit.school_code is not null as is_present
from stg_visit
inner join point
    on stg_visit.visited_on <= point.snapshot_date
left join school_of_unit
    on
        point.period = school_of_unit.period
        and point.basis = school_of_unit.basis
        and stg_visit.school_code = school_of_unit.school_code
order by
    point.period,
    point.basis,
    stg_visit.round,
    stg_visit.school_code,
    stg_visit.visited_on
