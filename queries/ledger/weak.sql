-- question: Which schools are weak now?
-- grain: one row per school with an evaluated section of the latest returns that does not comply
-- scope: rows
with latest as (
    select max(snapshot_date) as snapshot_date from unit
    where basis = 'as_was'
)

select distinct
    weak_school.school_code,
    weak_school.district_code
from weak_school
inner join unit
    on
        weak_school.period = unit.period
        and weak_school.district_code = unit.district_code
        and weak_school.basis = unit.basis
inner join latest
    on unit.snapshot_date = latest.snapshot_date
where weak_school.basis = 'as_was'
order by weak_school.school_code
