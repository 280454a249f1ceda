-- relation: item_standing
-- grain: one row per period, basis, unit and item
-- An item as pages ask for it: against its threshold, and an unmet one beside its state of the
-- autumn of the year before: worse where it was met or its distance to the line grew, better where
-- the distance shrank, flat within flat_share; null where it is met or nothing comparable stands
-- beside it. A resource item with a CV that is 双红 is one.
-- source: 15a_unit_change, 16a_cv_change, 20_unit_item; parameters.csv (flat_share)
with double_red as (
    select
        period,
        basis,
        district_code,
        indicator_code as item_code,
        count(*) as double_red_count
    from cv_change
    where is_double_red
    group by period, basis, district_code, indicator_code
),

flat_share as (
    select
        stg_snapshot.period,
        cast(cat_parameters.value as decimal(18, 12)) as flat
    from stg_snapshot
    inner join cat_parameters
        on
            cat_parameters.parameter_code = 'flat_share'
            and stg_snapshot.snapshot_date >= cat_parameters.valid_from
            and stg_snapshot.snapshot_date <= coalesce(cat_parameters.valid_to, date '9999-12-31')
)

select
    unit_item.period,
    unit_item.basis,
    unit_item.snapshot_date,
    unit_item.district_code,
    unit_item.item_code,
    unit_item.dimension,
    unit_item.is_met,
    unit_item.amount,
    unit_item.threshold,
    unit_item.missing_share,
    unit_item.is_reported,
    coalesce(double_red.double_red_count > 0, false) as is_double_red,
    case
        when unit_item.is_met is null or unit_item.is_met then null
        when double_red.double_red_count > 0 then 'worse'
        when unit_change.incomparable_reason is not null then null
        when
            earlier.valid_from <> unit_item.valid_from
            or coalesce(earlier.threshold, 0) <> coalesce(unit_item.threshold, 0)
            then null
        when earlier.is_met then 'worse'
        when earlier.is_met is null then null
        when
            cast(unit_item.missing_share - earlier.missing_share as decimal(18, 12))
            >= flat_share.flat
            then 'worse'
        when
            cast(earlier.missing_share - unit_item.missing_share as decimal(18, 12))
            >= flat_share.flat
            then 'better'
        when unit_item.missing_share is not null and earlier.missing_share is not null
            then 'flat'
    end as change_kind
from unit_item
inner join unit_change
    on
        unit_item.period = unit_change.period
        and unit_item.basis = unit_change.basis
        and unit_item.district_code = unit_change.district_code
inner join flat_share
    on unit_item.period = flat_share.period
left join unit_item as earlier
    on
        unit_change.previous_period = earlier.period
        and unit_change.compared_basis = earlier.basis
        and unit_item.district_code = earlier.district_code
        and unit_item.item_code = earlier.item_code
left join double_red
    on
        unit_item.period = double_red.period
        and unit_item.basis = double_red.basis
        and unit_item.district_code = double_red.district_code
        and unit_item.item_code = double_red.item_code
order by unit_item.period, unit_item.basis, unit_item.district_code, unit_item.item_code
