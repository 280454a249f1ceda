-- relation: section_shortfall
-- grain: one row per school return, stage and threshold indicator that is missed
-- by period: section_indicator
-- How much the school must add until this section reaches the threshold, and until it reaches the
-- floor (0 where it does): the supply goes to the school, the section receives its share. Amounts
-- are the least multiple of the unit's printed step with which the exact comparison holds.
-- `asked_amount` is all that the threshold asks of the school; a shared indicator is one that a
-- mixed school splits over its stages.
-- source: standard.md 6, 1.1 (school rule), 1.2 (splitting); gap_units.csv
with missed as (
    select
        section_indicator.*,
        indicator_in_force.is_split as is_shared,
        cast(cat_gap_units.step as decimal(6, 0)) as step,
        section_indicator.factor * section_indicator.stage_weight as one_more,
        section_indicator.factor * section_indicator.total * section_indicator.stage_weight
            as has_now,
        section_indicator.threshold * section_indicator.weighted_pupils as needs,
        section_indicator.floor_share
        * section_indicator.threshold
        * section_indicator.weighted_pupils as needs_floor
    from section_indicator
    inner join indicator_in_force
        on
            section_indicator.snapshot_date = indicator_in_force.snapshot_date
            and section_indicator.stage = indicator_in_force.stage
            and section_indicator.indicator_code = indicator_in_force.indicator_code
    inner join cat_indicators
        on section_indicator.indicator_code = cat_indicators.indicator_code
    inner join cat_gap_units
        on cat_indicators.gap_unit = cat_gap_units.gap_unit
    where section_indicator.is_met = false
),

estimated as (
    select
        missed.*,
        one_more * step as one_step,
        cast(
            ceil(cast(needs - has_now as double) / cast(one_more * step as double))
            as decimal(12, 0)
        ) as steps,
        cast(
            ceil(
                greatest(cast(needs_floor - has_now as double), 0)
                / cast(one_more * step as double)
            ) as decimal(12, 0)
        ) as floor_steps
    from missed
),

exact as (
    select
        estimated.*,
        step * case
            when has_now + (steps - 1) * one_step >= needs then steps - 1
            when has_now + steps * one_step >= needs then steps
            else steps + 1
        end as threshold_gap,
        step * case
            when is_floor_met then 0
            when has_now + (floor_steps - 1) * one_step >= needs_floor then floor_steps - 1
            when has_now + floor_steps * one_step >= needs_floor then floor_steps
            else floor_steps + 1
        end as floor_gap
    from estimated
)

select
    return_id,
    snapshot_date,
    regime,
    stage,
    indicator_code,
    is_in_scope,
    is_shared,
    1 - section_value / cast(threshold as double) as missing_share,
    cast(threshold_gap as double) as threshold_gap,
    cast(floor_gap as double) as floor_gap,
    cast(needs as double) / cast(one_more as double) as asked_amount,
    cast(stage_weight * pupils as double) / cast(weighted_pupils as double) as section_share
from exact
order by return_id, stage, indicator_code
