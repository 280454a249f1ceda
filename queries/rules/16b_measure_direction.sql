-- relation: measure_direction
-- grain: one row per period, basis, unit, stage, quality-balanced indicator and measure
-- The direction of a measure (cv, mean, share, gap: those of unit_cv) over the last three autumns
-- up to the period: fell, rose, flat, mixed; few where fewer than three may be set side by side.
-- Flat where every step is smaller than flat_change (of a mean or an amount, times its size where
-- that is above 1); fell or rose where no step is against it. Where boundaries changed meanwhile
-- the autumns are those recast to the present ones (`is_recast`). `few_reason` says why there are
-- few: boundary_changed where they are counted anew since a change of boundaries, otherwise
-- first_years.
-- source: standard.md 2 (rules have dates), 3 (districts have dates); parameters.csv (flat_change)
with of_unit as (
    select
        period,
        snapshot_date,
        is_annual,
        basis,
        district_code,
        is_recast_complete,
        stage,
        indicator_code,
        cast(cv as double) as cv,
        cast(district_mean as double) as mean,
        cast(compliant_share as double) as share,
        cast(stage_gap as double) as gap
    from unit_cv
),

measured as (
    select *
    from of_unit
    unpivot include nulls (amount for measure in (cv, mean, share, gap))
),

autumn as (
    select
        measured.basis,
        measured.snapshot_date,
        measured.district_code,
        measured.stage,
        measured.indicator_code,
        measured.measure,
        measured.amount,
        lag(measured.snapshot_date, 2) over ruled as first_date,
        lag(measured.amount, 2) over ruled as first_amount,
        lag(measured.amount, 1) over ruled as middle_amount,
        lead(measured.snapshot_date) over known as next_date
    from measured
    inner join cat_indicators
        on
            measured.indicator_code = cat_indicators.indicator_code
            and cat_indicators.regime = 'quality_balanced'
            and measured.snapshot_date >= cat_indicators.valid_from
            and measured.snapshot_date <= coalesce(cat_indicators.valid_to, date '9999-12-31')
    where
        measured.is_annual
        and measured.is_recast_complete
        and measured.amount is not null
    window
        ruled as (
            partition by
                measured.basis, measured.district_code, measured.stage, measured.indicator_code,
                measured.measure, cat_indicators.valid_from
            order by measured.snapshot_date
        ),
        known as (
            partition by
                measured.basis, measured.district_code, measured.stage, measured.indicator_code,
                measured.measure
            order by measured.snapshot_date
        )
),

compared as (
    select
        measured.period,
        measured.basis,
        measured.snapshot_date,
        measured.district_code,
        measured.stage,
        measured.indicator_code,
        measured.measure,
        unit_change.changed_on,
        own.first_date is null and recast.first_date is not null as is_recast,
        coalesce(own.first_date, recast.first_date) as first_date,
        coalesce(own.snapshot_date, recast.snapshot_date) as last_date,
        coalesce(own.first_amount, recast.first_amount) as first_amount,
        coalesce(own.middle_amount, recast.middle_amount) as middle_amount,
        coalesce(own.amount, recast.amount) as last_amount
    from measured
    inner join unit_change
        on
            measured.period = unit_change.period
            and measured.basis = unit_change.basis
            and measured.district_code = unit_change.district_code
    left join autumn as own
        on
            measured.basis = own.basis
            and measured.district_code = own.district_code
            and measured.stage = own.stage
            and measured.indicator_code = own.indicator_code
            and measured.measure = own.measure
            and measured.snapshot_date >= own.snapshot_date
            and measured.snapshot_date < coalesce(own.next_date, date '9999-12-31')
            and own.first_date >= coalesce(unit_change.changed_on, date '1900-01-01')
    left join autumn as recast
        on
            unit_change.is_present
            and recast.basis = 'current'
            and measured.district_code = recast.district_code
            and measured.stage = recast.stage
            and measured.indicator_code = recast.indicator_code
            and measured.measure = recast.measure
            and measured.snapshot_date >= recast.snapshot_date
            and measured.snapshot_date < coalesce(recast.next_date, date '9999-12-31')
            and recast.first_date is not null
),

stepped as (
    select
        compared.*,
        cast(middle_amount - first_amount as decimal(30, 12)) as first_step,
        cast(last_amount - middle_amount as decimal(30, 12)) as last_step,
        cast(
            cast(cat_parameters.value as double)
            * case when measure in ('mean', 'gap') then greatest(1, abs(first_amount)) else 1 end
            as decimal(30, 12)
        ) as flat
    from compared
    inner join cat_parameters
        on
            cat_parameters.parameter_code = 'flat_change'
            and compared.snapshot_date >= cat_parameters.valid_from
            and compared.snapshot_date <= coalesce(cat_parameters.valid_to, date '9999-12-31')
)

select
    period,
    basis,
    snapshot_date,
    district_code,
    stage,
    indicator_code,
    measure,
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
    end as direction,
    case
        when first_date is not null then null
        when changed_on is not null then 'boundary_changed'
        else 'first_years'
    end as few_reason,
    is_recast and basis = 'as_was' as is_recast,
    first_date,
    first_amount,
    last_date,
    last_amount
from stepped
order by basis, measure, indicator_code, stage, snapshot_date, district_code
