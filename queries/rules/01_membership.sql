-- relation: membership
-- grain: one row per school return (school in a period) and basis
-- To which unit a school's figures belong: `as_was` as reported; `current` recast to the units of
-- the latest period, kept only where a boundary change makes it differ. A closed school of a unit
-- that was divided cannot be placed: its district_code is null and the row is counted.
-- source: standard.md 3 (district dates), district_successions.csv
with latest_return as (
    select
        school_code,
        max(snapshot_date) as last_reported_on
    from stg_school
    group by school_code
),

home as (
    select
        stg_school.school_code,
        stg_school.district_code,
        latest_return.last_reported_on
    from stg_school
    inner join latest_return
        on
            stg_school.school_code = latest_return.school_code
            and stg_school.snapshot_date = latest_return.last_reported_on
),

horizon as (
    select max(snapshot_date) as latest_on
    from stg_school
),

passed_succession as (
    select cat_district_successions.*
    from cat_district_successions
    cross join horizon
    where cat_district_successions.effective_on <= horizon.latest_on
),

onward as (
    select
        home.school_code,
        count(passed_succession.successor_code) as successor_count,
        max(passed_succession.successor_code) as successor_code
    from home
    inner join passed_succession
        on
            home.district_code = passed_succession.predecessor_code
            and home.last_reported_on < passed_succession.effective_on
    group by home.school_code
),

today as (
    select
        home.school_code,
        case
            when onward.successor_count is null then home.district_code
            when onward.successor_count = 1 then onward.successor_code
        end as district_code
    from home
    left join onward
        on home.school_code = onward.school_code
),

changed_unit as (
    select
        successor_code as district_code,
        max(effective_on) as effective_on
    from passed_succession
    group by successor_code
),

recast as (
    select
        stg_school.period,
        'current' as basis,
        stg_school.return_id,
        today.district_code
    from stg_school
    inner join today
        on stg_school.school_code = today.school_code
    left join changed_unit
        on today.district_code = changed_unit.district_code
    where
        (today.district_code is null or stg_school.snapshot_date < changed_unit.effective_on)
)

select
    return_id,
    period,
    'as_was' as basis,
    district_code
from stg_school
union all
select
    return_id,
    period,
    basis,
    district_code
from recast
order by basis, return_id
