-- relation: cv_change
-- grain: one row per period, basis, unit, stage and quality-balanced indicator
-- A CV beside its comparable value of the autumn of the year before, or why there is none
-- (`incomparable_reason`: those of the unit, rule_changed where the indicator or its limit is
-- another one, undefined where one of the two cannot be calculated). `change_kind` is better,
-- worse, or flat where it moved by less than flat_change; `is_double_red` (双红) is a CV over its
-- limit that is worse than a year before. `direction` is that of the last three autumns up to the
-- period (fell, rose, flat, mixed; few where fewer than three may be set beside each other): flat
-- where every step is, fell or rose where no step is against it.
-- source: standard.md 1.3, 2 (rules have dates), 4 (监测预警); parameters.csv (flat_change)
with flat_change as (
    select
        stg_snapshot.period,
        cast(cat_parameters.value as decimal(18, 12)) as flat
    from stg_snapshot
    inner join cat_parameters
        on
            cat_parameters.parameter_code = 'flat_change'
            and stg_snapshot.snapshot_date >= cat_parameters.valid_from
            and stg_snapshot.snapshot_date <= coalesce(cat_parameters.valid_to, date '9999-12-31')
),

ruled as (
    select
        unit_cv.*,
        cat_indicators.valid_from as ruled_since
    from unit_cv
    inner join cat_indicators
        on
            unit_cv.indicator_code = cat_indicators.indicator_code
            and cat_indicators.regime = 'quality_balanced'
            and unit_cv.snapshot_date >= cat_indicators.valid_from
            and unit_cv.snapshot_date <= coalesce(cat_indicators.valid_to, date '9999-12-31')
),

compared as (
    select
        ruled.*,
        unit_change.previous_period,
        unit_change.previous_date,
        unit_change.compared_basis,
        unit_change.changed_on,
        unit_change.is_present,
        flat_change.flat,
        earlier.cv as earlier_cv,
        case
            when unit_change.incomparable_reason is not null
                then unit_change.incomparable_reason
            when
                earlier.ruled_since <> ruled.ruled_since or earlier.cv_limit <> ruled.cv_limit
                then 'rule_changed'
            when ruled.cv is null or earlier.cv is null then 'undefined'
        end as incomparable_reason
    from ruled
    inner join unit_change
        on
            ruled.period = unit_change.period
            and ruled.basis = unit_change.basis
            and ruled.district_code = unit_change.district_code
    inner join flat_change
        on ruled.period = flat_change.period
    left join ruled as earlier
        on
            unit_change.previous_period = earlier.period
            and unit_change.compared_basis = earlier.basis
            and ruled.district_code = earlier.district_code
            and ruled.stage = earlier.stage
            and ruled.indicator_code = earlier.indicator_code
),

autumn as (
    select
        ruled.*,
        lag(snapshot_date, 2) over (
            partition by basis, district_code, stage, indicator_code, ruled_since
            order by snapshot_date
        ) as first_date,
        lag(cv, 2) over (
            partition by basis, district_code, stage, indicator_code, ruled_since
            order by snapshot_date
        ) as first_cv,
        lag(cv, 1) over (
            partition by basis, district_code, stage, indicator_code, ruled_since
            order by snapshot_date
        ) as middle_cv,
        lead(snapshot_date) over (
            partition by basis, district_code, stage, indicator_code
            order by snapshot_date
        ) as next_date
    from ruled
    where month(snapshot_date) >= 9 and is_recast_complete and cv is not null
),

directed as (
    select
        compared.*,
        coalesce(own.first_date, recast.first_date) as first_date,
        coalesce(own.snapshot_date, recast.snapshot_date) as last_date,
        coalesce(own.first_cv, recast.first_cv) as first_cv,
        coalesce(own.cv, recast.cv) as last_cv,
        cast(
            coalesce(own.middle_cv - own.first_cv, recast.middle_cv - recast.first_cv)
            as decimal(18, 12)
        ) as first_step,
        cast(
            coalesce(own.cv - own.middle_cv, recast.cv - recast.middle_cv) as decimal(18, 12)
        ) as last_step
    from compared
    left join autumn as own
        on
            compared.basis = own.basis
            and compared.district_code = own.district_code
            and compared.stage = own.stage
            and compared.indicator_code = own.indicator_code
            and compared.snapshot_date >= own.snapshot_date
            and compared.snapshot_date < coalesce(own.next_date, date '9999-12-31')
            and own.first_date >= coalesce(compared.changed_on, date '1900-01-01')
    left join autumn as recast
        on
            compared.is_present
            and recast.basis = 'current'
            and compared.district_code = recast.district_code
            and compared.stage = recast.stage
            and compared.indicator_code = recast.indicator_code
            and compared.snapshot_date >= recast.snapshot_date
            and compared.snapshot_date < coalesce(recast.next_date, date '9999-12-31')
            and recast.first_date is not null
),

judged as (
    select
        directed.*,
        case
            when incomparable_reason is not null then null
            when cast(cv - earlier_cv as decimal(18, 12)) >= flat then 'worse'
            when cast(cv - earlier_cv as decimal(18, 12)) <= -flat then 'better'
            else 'flat'
        end as change_kind,
        case
            when first_date is null then 'few'
            when
                first_step > -flat and first_step < flat
                and last_step > -flat and last_step < flat
                and first_step + last_step > -flat and first_step + last_step < flat
                then 'flat'
            when first_step < flat and last_step < flat and first_step + last_step <= -flat
                then 'fell'
            when first_step > -flat and last_step > -flat and first_step + last_step >= flat
                then 'rose'
            else 'mixed'
        end as direction
    from directed
)

select
    period,
    basis,
    snapshot_date,
    district_code,
    stage,
    indicator_code,
    previous_period,
    previous_date,
    compared_basis,
    case when incomparable_reason is null then earlier_cv end as previous_cv,
    incomparable_reason,
    change_kind,
    coalesce(change_kind = 'worse' and not is_within_limit, false) as is_double_red,
    direction,
    first_date,
    first_cv,
    last_date,
    last_cv
from judged
order by basis, indicator_code, stage, snapshot_date, district_code
