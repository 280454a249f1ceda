-- relation: recognition
-- grain: one row per period, basis and unit recognised by the state until then
-- Which unit, in which batch. A recognition belongs to the unit of its day: where that unit is no
-- longer there it is kept, `is_present` false, with the unit that took all of it over, which is
-- not recognised by it.
-- source: standard.md 4 (recognised by the state), recognition_batches.csv, recognitions.csv
with period_basis as (
    select distinct
        period,
        basis,
        snapshot_date
    from unit
)

select
    period_basis.period,
    period_basis.basis,
    cat_recognitions.district_code,
    cat_districts.short_name,
    cat_districts.group_code,
    cat_recognition_batches.batch_code,
    cat_recognition_batches.name as batch_name,
    cat_recognition_batches.document_number,
    cat_recognition_batches.document_on,
    cat_recognition_batches.published_on,
    unit.district_code is not null as is_present,
    successor.district_code as successor_code
from period_basis
cross join cat_recognitions
inner join cat_recognition_batches
    on
        cat_recognitions.batch_code = cat_recognition_batches.batch_code
        and period_basis.snapshot_date >= cat_recognition_batches.known_from
inner join cat_districts
    on cat_recognitions.district_code = cat_districts.district_code
left join unit
    on
        period_basis.period = unit.period
        and period_basis.basis = unit.basis
        and cat_recognitions.district_code = unit.district_code
left join cat_district_successions
    on
        unit.district_code is null
        and cat_recognitions.district_code = cat_district_successions.predecessor_code
        and cat_district_successions.is_whole
left join unit as successor
    on
        period_basis.period = successor.period
        and period_basis.basis = successor.basis
        and cat_district_successions.successor_code = successor.district_code
order by period_basis.period, period_basis.basis, cat_recognitions.district_code
