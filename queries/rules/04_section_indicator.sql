-- relation: section_indicator
-- grain: one row per school return, stage and indicator in force
-- by period: section, stg_school_amount
-- The numerator, its share for this stage, the value, and the comparison with the threshold and the
-- floor. Comparisons are cross-multiplied decimals: factor*x*v >= t*W, never a quotient, so a
-- section exactly on the line passes. A missing input makes the value null, never 0.
-- Every input of every return has its row in stg_school_amount, null where it is missing; most
-- indicators have one, so only the others are grouped. Not sorted: the largest relation.
-- source: standard.md 1.1, 1.2 (splitting), 6 (gap)
with indicator as (
    select distinct
        indicator_code,
        inputs_needed
    from indicator_in_force
),

amount_of_indicator as (
    select
        stg_school_amount.return_id,
        stg_school_amount.stage as input_stage,
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
        stg_school_amount.stage as input_stage,
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
        section.*,
        indicator_in_force.indicator_code,
        indicator_in_force.regime,
        indicator_in_force.is_split,
        indicator_in_force.is_whole_unit,
        indicator_in_force.factor,
        indicator_in_force.threshold,
        indicator_in_force.floor_share,
        amount_of_indicator.total
    from amount_of_indicator
    inner join section
        on amount_of_indicator.return_id = section.return_id
    inner join indicator_in_force
        on
            section.snapshot_date = indicator_in_force.snapshot_date
            and section.stage = indicator_in_force.stage
            and amount_of_indicator.indicator_code = indicator_in_force.indicator_code
            and amount_of_indicator.input_stage = indicator_in_force.input_stage
),

weighted as (
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
        threshold,
        floor_share,
        cast(case when is_split then stage_weight else 1 end as decimal(4, 2)) as stage_weight,
        case
            when pupils > 0
                then
                    cast(
                        case when is_split then weighted_pupils else pupils end as decimal(20, 2)
                    )
        end as weighted_pupils
    from numerator
),

judged as (
    select
        weighted.*,
        factor * total * stage_weight as left_side,
        threshold * weighted_pupils as right_side,
        cast(total * stage_weight * pupils as double) / cast(weighted_pupils as double)
            as section_total
    from weighted
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
