-- relation: section_gap
-- grain: one row per school return, stage and threshold indicator that is missed
-- by period: section_indicator
-- The amount missing to the threshold and to the floor, in natural units; whole teachers and rooms
-- are the least whole number with which the exact comparison holds. `binding_gap` is what the
-- section must really fill: nothing where it complies, and one missed indicator (the one whose
-- exemption saves the largest share of its standard) only up to the floor.
-- source: standard.md 6, 1.1 (school rule)
with missed as (
    select
        section_indicator.*,
        factor * total * stage_weight * pupils as has_now,
        threshold * pupils * weighted_pupils as needs,
        floor_share * threshold * pupils * weighted_pupils as needs_floor,
        factor * weighted_pupils as one_more,
        1 - section_value / cast(threshold as double) as missing_share
    from section_indicator
    where is_met = false
),

measured as (
    select
        missed.*,
        cast(needs - has_now as double) / cast(one_more as double) as exact_gap,
        cast(needs_floor - has_now as double) / cast(one_more as double) as exact_floor_gap
    from missed
),

estimated as (
    select
        measured.*,
        cast(ceil(exact_gap) as decimal(9, 0)) as whole_gap,
        cast(ceil(greatest(exact_floor_gap, 0)) as decimal(9, 0)) as whole_floor_gap
    from measured
),

exact as (
    select
        estimated.*,
        case
            when not is_whole_unit then exact_gap
            when has_now + (whole_gap - 1) * one_more >= needs
                then cast(whole_gap - 1 as double)
            when has_now + whole_gap * one_more >= needs then cast(whole_gap as double)
            else cast(whole_gap + 1 as double)
        end as gap,
        case
            when is_floor_met then 0.0
            when not is_whole_unit then exact_floor_gap
            when has_now + (whole_floor_gap - 1) * one_more >= needs_floor
                then cast(whole_floor_gap - 1 as double)
            when has_now + whole_floor_gap * one_more >= needs_floor
                then cast(whole_floor_gap as double)
            else cast(whole_floor_gap + 1 as double)
        end as floor_gap
    from estimated
),

ranked as (
    select
        exact.*,
        row_number() over (
            partition by exact.return_id, exact.stage
            order by
                least(exact.missing_share, cast(1 - exact.floor_share as double)) desc,
                exact.indicator_code asc
        ) as exemption_order
    from exact
),

section_rule as (
    select
        return_id,
        stage,
        count(*) as missed_count,
        sum(case when is_floor_met then 0 else 1 end) as below_floor_count
    from ranked
    group by return_id, stage
)

select
    ranked.return_id,
    ranked.stage,
    ranked.indicator_code,
    ranked.is_in_scope,
    ranked.missing_share,
    ranked.gap,
    ranked.floor_gap,
    ranked.exemption_order <= cat_school_rules.allowed_shortfalls as is_exempt,
    case
        when
            section_rule.missed_count <= cat_school_rules.allowed_shortfalls
            and section_rule.below_floor_count = 0
            then 0.0
        when ranked.exemption_order <= cat_school_rules.allowed_shortfalls then ranked.floor_gap
        else ranked.gap
    end as binding_gap
from ranked
inner join section_rule
    on
        ranked.return_id = section_rule.return_id
        and ranked.stage = section_rule.stage
inner join cat_school_rules
    on
        ranked.regime = cat_school_rules.regime
        and ranked.snapshot_date >= cat_school_rules.valid_from
        and ranked.snapshot_date <= coalesce(cat_school_rules.valid_to, date '9999-12-31')
order by ranked.return_id, ranked.stage, ranked.indicator_code
