-- question: Which limits of size, class size and rooms do the schools of a unit not keep now?
-- grain: one row per limit that a school does not keep by its return of the latest period
-- scope: rows
with latest as (
    select max(snapshot_date) as snapshot_date from unit
    where basis = 'as_was'
)

select
    school_return.district_code,
    school_return.school_code,
    school_limit.item_code,
    school_limit.kind,
    school_limit.amount,
    school_limit.line
from school_limit
inner join school_return
    on school_limit.return_id = school_return.return_id
inner join stg_snapshot
    on school_return.period = stg_snapshot.period
inner join latest
    on stg_snapshot.snapshot_date = latest.snapshot_date
where
    school_return.district_code = $district
    and not school_limit.is_met
order by school_return.school_code, school_limit.place
