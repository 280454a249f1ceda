-- relation: section_exemption
-- grain: one row per school return and stage that misses an indicator, where the rule exempts one
-- by period: section_shortfall
-- Which missed indicator needs only the floor: the one that makes the school's bill smallest, the
-- bill being the sum over indicators of amount ÷ amount the threshold asks for. What a mixed school
-- shares is supplied once for both its sections, so their exemptions are chosen together. Savings
-- are compared at nine decimals, ties by indicator.
-- source: standard.md 6 (which item is exempt), 1.1 (school rule)
with candidate as (
    select
        own.return_id,
        own.stage,
        own.indicator_code,
        own.is_shared,
        max(own.stage) over (partition by own.return_id) as first_stage,
        greatest(own.threshold_gap, coalesce(other.threshold_gap, 0)) as full_amount,
        greatest(own.floor_gap, coalesce(other.threshold_gap, 0)) as exempt_amount,
        greatest(own.floor_gap, coalesce(other.floor_gap, 0)) as both_exempt_amount,
        greatest(own.asked_amount, coalesce(other.asked_amount, 0)) as asked_amount
    from section_shortfall as own
    inner join cat_school_rules
        on
            own.regime = cat_school_rules.regime
            and own.snapshot_date >= cat_school_rules.valid_from
            and own.snapshot_date <= coalesce(cat_school_rules.valid_to, date '9999-12-31')
    left join section_shortfall as other
        on
            own.return_id = other.return_id
            and own.indicator_code = other.indicator_code
            and own.stage <> other.stage
            and own.is_shared
    where cat_school_rules.allowed_shortfalls > 0
),

combination as (
    select
        first_section.return_id,
        first_section.stage,
        first_section.indicator_code,
        second_section.stage as second_stage,
        second_section.indicator_code as second_indicator_code,
        case
            when
                first_section.is_shared
                and first_section.indicator_code = second_section.indicator_code
                then
                    (first_section.full_amount - first_section.both_exempt_amount)
                    / first_section.asked_amount
            else
                (first_section.full_amount - first_section.exempt_amount)
                / first_section.asked_amount
                + coalesce(
                    (second_section.full_amount - second_section.exempt_amount)
                    / second_section.asked_amount, 0
                )
        end as saving
    from candidate as first_section
    left join candidate as second_section
        on
            first_section.return_id = second_section.return_id
            and first_section.stage <> second_section.stage
    where first_section.stage = first_section.first_stage
),

ranked as (
    select
        combination.*,
        row_number() over (
            partition by return_id
            order by
                cast(saving as decimal(18, 9)) desc, indicator_code asc,
                second_indicator_code asc
        ) as position
    from combination
)

select
    return_id,
    stage,
    indicator_code
from ranked
where position = 1
union all
select
    return_id,
    second_stage as stage,
    second_indicator_code as indicator_code
from ranked
where position = 1 and second_stage is not null
order by return_id, stage
