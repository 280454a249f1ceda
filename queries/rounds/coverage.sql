-- question: Which schools of each unit were visited in which round, and what was found?
-- grain: one row per unit and round with a visit up to the period
select
    membership.district_code,
    stg_visit.round as round_number,
    cast(count(*) as integer) as visit_count,
    cast(count(distinct stg_visit.school_code) as integer) as visited_school_count,
    cast(sum(stg_visit.finding_count) as integer) as finding_count,
    min(stg_visit.visited_on) as first_on,
    max(stg_visit.visited_on) as last_on
from stg_visit
inner join school_return
    on stg_visit.school_code = school_return.school_code
inner join membership
    on school_return.return_id = membership.return_id
inner join unit
    on
        membership.period = unit.period
        and membership.basis = unit.row_basis
        and membership.district_code = unit.district_code
where
    unit.period = $period
    and unit.basis = $basis
    and school_return.period = $period
    and stg_visit.visited_on <= unit.snapshot_date
group by membership.district_code, stg_visit.round
order by membership.district_code, stg_visit.round
