-- relation: section_indicator
-- grain: one row per school return, stage and indicator in force
-- The numerator, its share for this stage, the value, and the comparison with the threshold and the
-- floor. Comparisons are cross-multiplied decimals: factor*x*v >= t*W, never a quotient, so a
-- section exactly on the line passes. A missing input makes the value null, never 0.
-- Every input of every return has its row in stg_school_amount, null where it is missing; most
-- indicators have one, so only the others are grouped. Not sorted: the largest relation.
-- source: standard.md 1.1, 1.2 (splitting), 6 (gap)
with indicator as (
    select
        cat_indicators.*,
        input_count.inputs_needed
    from cat_indicators
    inner join (
        select
            indicator_code,
            count(*) as inputs_needed
        from cat_indicator_inputs
        group by indicator_code
    ) as input_count
        on cat_indicators.indicator_code = input_count.indicator_code
),

amount_of_indicator as (
    select
        stg_school_amount.return_id,
        stg_school_amount.stage,
        indicator.indicator_code,
        cast(
            cast(cat_indicator_inputs.coefficient as decimal(5, 0)) * stg_school_amount.amount
            as decimal(24, 6)
        ) as total
    from stg_school_amount
    inner join cat_indicator_inputs
        on stg_school_amount.field_code = cat_indicator_inputs.field_code
    inner join indicator
        on cat_indicator_inputs.indicator_code = indicator.indicator_code
    where indicator.inputs_needed = 1
    union all
    select
        stg_school_amount.return_id,
        stg_school_amount.stage,
        indicator.indicator_code,
        case
            when count(stg_school_amount.amount) = max(indicator.inputs_needed)
                then
                    cast(
                        sum(
                            cast(cat_indicator_inputs.coefficient as decimal(5, 0))
                            * stg_school_amount.amount
                        ) as decimal(24, 6)
                    )
        end as total
    from stg_school_amount
    inner join cat_indicator_inputs
        on stg_school_amount.field_code = cat_indicator_inputs.field_code
    inner join indicator
        on cat_indicator_inputs.indicator_code = indicator.indicator_code
    where indicator.inputs_needed > 1
    group by stg_school_amount.return_id, stg_school_amount.stage, indicator.indicator_code
),

numerator as (
    select
        section.return_id,
        section.snapshot_date,
        section.stage,
        section.is_in_scope,
        section.pupils,
        indicator.indicator_code,
        indicator.regime,
        indicator.is_whole_unit,
        cast(indicator.factor as decimal(3, 0)) as factor,
        amount_of_indicator.total,
        cast(
            case when indicator.is_split then section.stage_weight else 1 end as decimal(4, 2)
        ) as stage_weight,
        case
            when section.pupils > 0
                then
                    cast(
                        case
                            when indicator.is_split then section.weighted_pupils
                            else section.pupils
                        end as decimal(20, 2)
                    )
        end as weighted_pupils
    from amount_of_indicator
    inner join indicator
        on amount_of_indicator.indicator_code = indicator.indicator_code
    inner join section
        on
            amount_of_indicator.return_id = section.return_id
            and section.snapshot_date >= indicator.valid_from
            and section.snapshot_date <= coalesce(indicator.valid_to, date '9999-12-31')
    where
        (indicator.is_split and amount_of_indicator.stage = '')
        or (not indicator.is_split and amount_of_indicator.stage = section.stage)
),

judged as (
    select
        numerator.*,
        cat_thresholds.threshold,
        cat_school_rules.floor_share,
        numerator.factor * numerator.total * numerator.stage_weight as left_side,
        cat_thresholds.threshold * numerator.weighted_pupils as right_side,
        cast(numerator.total * numerator.stage_weight * numerator.pupils as double)
        / cast(numerator.weighted_pupils as double) as section_total
    from numerator
    left join cat_thresholds
        on
            numerator.indicator_code = cat_thresholds.indicator_code
            and numerator.stage = cat_thresholds.stage
            and numerator.snapshot_date >= cat_thresholds.valid_from
            and numerator.snapshot_date
            <= coalesce(cat_thresholds.valid_to, date '9999-12-31')
    left join cat_school_rules
        on
            numerator.regime = cat_school_rules.regime
            and numerator.snapshot_date >= cat_school_rules.valid_from
            and numerator.snapshot_date
            <= coalesce(cat_school_rules.valid_to, date '9999-12-31')
)

select
    return_id,
    snapshot_date,
    stage,
    indicator_code,
    regime,
    is_in_scope,
    is_whole_unit,
    pupils,
    factor,
    total,
    stage_weight,
    weighted_pupils,
    section_total,
    cast(left_side as double) / cast(weighted_pupils as double) as section_value,
    threshold,
    floor_share,
    left_side >= right_side as is_met,
    left_side >= floor_share * right_side as is_floor_met
from judged
