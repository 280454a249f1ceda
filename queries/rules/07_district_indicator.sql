-- relation: district_indicator
-- grain: one row per period, basis, district, stage and indicator
-- by period: unit, membership, section_indicator
-- Pupil-weighted coefficient of variation (差异系数): CV^2 = sum p*(X/mean - 1)^2 / P, in two passes;
-- the terms are summed as decimals, so the result is the same at any number of threads. Undefined
-- (null) without pupils, with a mean of 0, or when any section with pupils lacks the value; so also
-- for a unit recast to present boundaries of which a school cannot be placed.
-- The comparison is made at 12 decimals: doubles carry no more, reports need 3.
-- source: standard.md 1.3, 3
with partial_unit as (
    select distinct
        period,
        row_basis as basis,
        district_code
    from unit
    where not is_recast_complete
),

evaluated as (
    select
        membership.basis,
        membership.district_code,
        membership.period,
        section_indicator.snapshot_date,
        section_indicator.stage,
        section_indicator.indicator_code,
        section_indicator.regime,
        section_indicator.factor,
        section_indicator.pupils,
        section_indicator.section_total,
        section_indicator.section_value
    from section_indicator
    inner join membership
        on section_indicator.return_id = membership.return_id
    where section_indicator.is_in_scope and membership.district_code is not null
),

total as (
    select
        period,
        max(snapshot_date) as snapshot_date,
        basis,
        district_code,
        stage,
        indicator_code,
        max(regime) as regime,
        max(factor) as factor,
        count(*) as section_count,
        sum(pupils) as pupils,
        sum(case when pupils > 0 and section_total is null then 1 else 0 end)
            as missing_count,
        sum(cast(section_total as decimal(38, 18))) as resource_total
    from evaluated
    group by period, basis, district_code, stage, indicator_code
),

average as (
    select
        total.*,
        case
            when total.missing_count = 0 and partial_unit.district_code is null
                then
                    cast(total.factor as double) * cast(total.resource_total as double)
                    / nullif(cast(total.pupils as double), 0)
        end as district_mean
    from total
    left join partial_unit
        on
            total.period = partial_unit.period
            and total.basis = partial_unit.basis
            and total.district_code = partial_unit.district_code
),

deviation as (
    select
        evaluated.period,
        evaluated.basis,
        evaluated.district_code,
        evaluated.stage,
        evaluated.indicator_code,
        sum(
            cast(
                cast(evaluated.pupils as double)
                * (evaluated.section_value / nullif(average.district_mean, 0) - 1)
                * (evaluated.section_value / nullif(average.district_mean, 0) - 1)
                as decimal(38, 24)
            )
        ) as squared_deviation
    from evaluated
    inner join average
        on
            evaluated.period = average.period
            and evaluated.basis = average.basis
            and evaluated.district_code = average.district_code
            and evaluated.stage = average.stage
            and evaluated.indicator_code = average.indicator_code
    group by
        evaluated.period,
        evaluated.basis,
        evaluated.district_code,
        evaluated.stage,
        evaluated.indicator_code
),

spread as (
    select
        average.*,
        cast(deviation.squared_deviation as double) as squared_deviation,
        sqrt(
            cast(deviation.squared_deviation as double)
            / nullif(cast(average.pupils as double), 0)
        ) as cv
    from average
    inner join deviation
        on
            average.period = deviation.period
            and average.basis = deviation.basis
            and average.district_code = deviation.district_code
            and average.stage = deviation.stage
            and average.indicator_code = deviation.indicator_code
)

select
    spread.period,
    spread.snapshot_date,
    spread.basis,
    spread.district_code,
    spread.stage,
    spread.indicator_code,
    spread.regime,
    spread.section_count,
    spread.missing_count,
    spread.pupils,
    spread.district_mean,
    spread.cv * spread.district_mean as standard_deviation,
    spread.squared_deviation,
    spread.cv,
    cat_cv_limits.cv_limit,
    spread.cv / cast(cat_cv_limits.cv_limit as double) as limit_ratio,
    cast(spread.cv as decimal(18, 12)) <= cat_cv_limits.cv_limit as is_within_limit
from spread
left join cat_cv_limits
    on
        spread.regime = cat_cv_limits.regime
        and spread.indicator_code = cat_cv_limits.indicator_code
        and spread.stage = cat_cv_limits.stage
        and spread.snapshot_date >= cat_cv_limits.valid_from
        and spread.snapshot_date <= coalesce(cat_cv_limits.valid_to, date '9999-12-31')
order by
    spread.period, spread.basis, spread.district_code, spread.stage, spread.indicator_code
