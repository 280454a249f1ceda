-- relation: district_item
-- grain: one row per period, stored basis, unit and item (L items, G, Q, S, V, P)
-- by period: unit, membership, section_indicator, section_verdict
-- by period: district_indicator, stg_district_item
-- A single L item is met when its CV is within the limit in every stage and no non-compliant
-- section is short on it. A G, Q, S, V or P item follows its numeric rule where there is one,
-- otherwise the judgement reported. Nothing reported is undecidable (null). `missing_share` is the
-- distance to the line as a share of it, null where a judgement has no distance; `spoiling_count`
-- is the number of non-compliant sections short on an L item.
-- source: standard.md 1.1 (counting a single L item), 1.5 to 1.8
with stored_unit as (
    select distinct
        period,
        snapshot_date,
        row_basis as basis,
        district_code
    from unit
),

by_section as (
    select
        membership.period,
        membership.basis,
        membership.district_code,
        section_indicator.indicator_code,
        sum(
            case
                when section_verdict.complies = false and section_indicator.is_met = false then 1
                else 0
            end
        ) as spoiling_count,
        sum(
            case
                when section_indicator.is_met is null then 1
                when section_indicator.is_met = false and section_verdict.complies is null then 1
                else 0
            end
        ) as undecidable_count,
        max(
            case
                when section_verdict.complies = false and section_indicator.is_met = false
                    then
                        1
                        - section_indicator.section_value
                        / cast(section_indicator.threshold as double)
            end
        ) as missing_share
    from section_indicator
    inner join section_verdict
        on
            section_indicator.return_id = section_verdict.return_id
            and section_indicator.stage = section_verdict.stage
    inner join membership
        on section_indicator.return_id = membership.return_id
    where section_indicator.is_in_scope and section_indicator.regime = 'quality_balanced'
    group by
        membership.period,
        membership.basis,
        membership.district_code,
        section_indicator.indicator_code
),

by_cv as (
    select
        period,
        basis,
        district_code,
        indicator_code,
        sum(case when is_within_limit = false then 1 else 0 end) as over_count,
        sum(case when is_within_limit is null then 1 else 0 end) as undecidable_count,
        max(limit_ratio) - 1 as excess_share
    from district_indicator
    where regime = 'quality_balanced'
    group by period, basis, district_code, indicator_code
),

resource_item as (
    select
        stored_unit.period,
        stored_unit.basis,
        stored_unit.district_code,
        cat_indicators.indicator_code as item_code,
        'resource_allocation' as dimension,
        cast(null as decimal(18, 4)) as amount,
        cast(null as decimal(8, 2)) as threshold,
        case
            when by_cv.over_count > 0 or by_section.spoiling_count > 0 then false
            when
                by_cv.undecidable_count = 0 and by_section.undecidable_count = 0
                then true
        end as is_met,
        greatest(
            coalesce(by_section.missing_share, 0), coalesce(by_cv.excess_share, 0), 0
        ) as missing_share,
        cast(by_section.spoiling_count as integer) as spoiling_count
    from stored_unit
    inner join cat_indicators
        on
            cat_indicators.regime = 'quality_balanced'
            and stored_unit.snapshot_date >= cat_indicators.valid_from
            and stored_unit.snapshot_date
            <= coalesce(cat_indicators.valid_to, date '9999-12-31')
    left join by_section
        on
            stored_unit.period = by_section.period
            and stored_unit.basis = by_section.basis
            and stored_unit.district_code = by_section.district_code
            and cat_indicators.indicator_code = by_section.indicator_code
    left join by_cv
        on
            stored_unit.period = by_cv.period
            and stored_unit.basis = by_cv.basis
            and stored_unit.district_code = by_cv.district_code
            and cat_indicators.indicator_code = by_cv.indicator_code
),

reported_item as (
    select
        stored_unit.period,
        stored_unit.basis,
        stored_unit.district_code,
        cat_items.item_code,
        cat_items.dimension,
        stg_district_item.amount,
        cat_items.threshold,
        case
            when cat_items.rule_kind = 'minimum' and stg_district_item.amount is not null
                then stg_district_item.amount >= cat_items.threshold
            else stg_district_item.is_met
        end as is_met,
        case
            when cat_items.rule_kind = 'minimum' and stg_district_item.amount is not null
                then
                    greatest(
                        1
                        - cast(stg_district_item.amount as double)
                        / cast(cat_items.threshold as double),
                        0
                    )
        end as missing_share,
        cast(null as integer) as spoiling_count
    from stored_unit
    inner join cat_items
        on
            stored_unit.snapshot_date >= cat_items.valid_from
            and stored_unit.snapshot_date <= coalesce(cat_items.valid_to, date '9999-12-31')
    left join stg_district_item
        on
            stored_unit.period = stg_district_item.period
            and stored_unit.district_code = stg_district_item.district_code
            and cat_items.item_code = stg_district_item.item_code
            and stored_unit.basis = 'as_was'
)

select * from resource_item
union all
select * from reported_item
order by period, basis, district_code, item_code
