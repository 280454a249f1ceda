-- relation: cv_change
-- grain: one row per period, basis, unit, stage and quality-balanced indicator
-- A CV beside its comparable value of the autumn of the year before, or why there is none
-- (`incomparable_reason`: those of the unit, rule_changed where the indicator or its limit is
-- another one, undefined where one of the two cannot be calculated). `change_kind` is better,
-- worse, or flat where it moved by less than flat_change; `is_double_red` (双红) is a CV over its
-- limit that is worse than a year before.
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

judged as (
    select
        compared.*,
        case
            when incomparable_reason is not null then null
            when cast(cv - earlier_cv as decimal(18, 12)) >= flat then 'worse'
            when cast(cv - earlier_cv as decimal(18, 12)) <= -flat then 'better'
            else 'flat'
        end as change_kind
    from compared
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
    coalesce(change_kind = 'worse' and not is_within_limit, false) as is_double_red
from judged
order by basis, indicator_code, stage, snapshot_date, district_code
