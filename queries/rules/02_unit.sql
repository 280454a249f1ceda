-- relation: unit
-- grain: one row per period, basis and reporting unit
-- Which units exist in a period, under the boundaries of the day or those of the latest period,
-- and under which basis their figures are stored (row_basis).
-- source: standard.md 3, districts.csv
with horizon as (
    select max(snapshot_date) as latest_on
    from stg_snapshot
),

reported as (
    select distinct
        period,
        district_code
    from stg_school
),

unplaced as (
    select distinct
        membership.period,
        cat_district_successions.successor_code as district_code
    from membership
    inner join stg_school
        on membership.return_id = stg_school.return_id
    inner join cat_district_successions
        on stg_school.district_code = cat_district_successions.predecessor_code
    where membership.basis = 'current' and membership.district_code is null
),

as_was as (
    select
        stg_snapshot.period,
        stg_snapshot.snapshot_date,
        stg_snapshot.is_annual,
        'as_was' as basis,
        cat_districts.district_code,
        'as_was' as row_basis
    from stg_snapshot
    cross join cat_districts
    left join reported
        on
            stg_snapshot.period = reported.period
            and cat_districts.district_code = reported.district_code
    where
        cat_districts.valid_from <= stg_snapshot.snapshot_date
        and coalesce(cat_districts.valid_to, date '9999-12-31') >= stg_snapshot.snapshot_date
        and (cat_districts.is_expected or reported.district_code is not null)
),

changed as (
    select
        successor_code as district_code,
        max(effective_on) as effective_on
    from cat_district_successions
    group by successor_code
),

present as (
    select as_was.*
    from as_was
    inner join horizon
        on as_was.snapshot_date = horizon.latest_on
),

recast as (
    select
        stg_snapshot.period,
        stg_snapshot.snapshot_date,
        stg_snapshot.is_annual,
        'current' as basis,
        present.district_code,
        case
            when
                changed.effective_on > stg_snapshot.snapshot_date
                and changed.effective_on <= horizon.latest_on
                then 'current'
            else 'as_was'
        end as row_basis
    from stg_snapshot
    cross join present
    cross join horizon
    left join changed
        on present.district_code = changed.district_code
),

both_bases as (
    select * from as_was
    union all
    select * from recast
)

select
    both_bases.period,
    both_bases.snapshot_date,
    both_bases.is_annual,
    both_bases.basis,
    both_bases.district_code,
    both_bases.row_basis,
    both_bases.row_basis = 'as_was' or unplaced.district_code is null as is_recast_complete
from both_bases
left join unplaced
    on
        both_bases.period = unplaced.period
        and both_bases.district_code = unplaced.district_code
order by both_bases.period, both_bases.basis, both_bases.district_code
