-- relation: indicator_in_force
-- grain: one row per period, stage and indicator
-- The indicators on the day of a period: which inputs they need, threshold and floor where there
-- is one. An indicator that is split takes amounts of the whole school (input_stage '').
-- source: standard.md 1.1 (thresholds, floor), 1.2 (splitting)
with input_count as (
    select
        indicator_code,
        count(*) as inputs_needed
    from cat_indicator_inputs
    group by indicator_code
)

select
    stage_in_force.period,
    stage_in_force.snapshot_date,
    stage_in_force.stage,
    cat_indicators.indicator_code,
    cat_indicators.regime,
    cat_indicators.is_split,
    cat_indicators.is_whole_unit,
    input_count.inputs_needed,
    cat_thresholds.threshold,
    cat_school_rules.floor_share,
    cast(cat_indicators.factor as decimal(3, 0)) as factor,
    case when cat_indicators.is_split then '' else stage_in_force.stage end as input_stage
from stage_in_force
inner join cat_indicators
    on
        stage_in_force.snapshot_date >= cat_indicators.valid_from
        and stage_in_force.snapshot_date <= coalesce(cat_indicators.valid_to, date '9999-12-31')
inner join input_count
    on cat_indicators.indicator_code = input_count.indicator_code
left join cat_thresholds
    on
        cat_indicators.indicator_code = cat_thresholds.indicator_code
        and stage_in_force.stage = cat_thresholds.stage
        and stage_in_force.snapshot_date >= cat_thresholds.valid_from
        and stage_in_force.snapshot_date <= coalesce(cat_thresholds.valid_to, date '9999-12-31')
left join cat_school_rules
    on
        cat_indicators.regime = cat_school_rules.regime
        and stage_in_force.snapshot_date >= cat_school_rules.valid_from
        and stage_in_force.snapshot_date <= coalesce(cat_school_rules.valid_to, date '9999-12-31')
order by
    stage_in_force.snapshot_date, stage_in_force.stage, cat_indicators.regime,
    cat_indicators.indicator_code
