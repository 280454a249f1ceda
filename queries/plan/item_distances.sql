-- question: How far is each part that keeps an item of a unit open from its line?
-- grain: one row per item and part that is not met
-- scope: district
-- Parts: cv_<stage> (ratio to the limit - 1), sections (short and not compliant), value (share of
-- the line that is missing).
with asked as (
    select
        period,
        row_basis as basis,
        district_code
    from unit
    where period = $period and basis = $basis and district_code = $district
),

distance as (
    select
        district_indicator.indicator_code as item_code,
        'cv_' || district_indicator.stage as part,
        district_indicator.limit_ratio - 1 as distance
    from asked
    inner join district_indicator
        on
            asked.period = district_indicator.period
            and asked.basis = district_indicator.basis
            and asked.district_code = district_indicator.district_code
    where district_indicator.regime = 'quality_balanced'
    union all
    select
        district_item.item_code,
        case
            when district_item.dimension = 'resource_allocation' then 'sections'
            else 'value'
        end as part,
        case
            when district_item.dimension = 'resource_allocation'
                then cast(district_item.spoiling_count as double)
            else
                1
                - cast(district_item.amount as double)
                / cast(district_item.threshold as double)
        end as distance
    from asked
    inner join district_item
        on
            asked.period = district_item.period
            and asked.basis = district_item.basis
            and asked.district_code = district_item.district_code
    where district_item.dimension not in ('veto', 'prerequisite')
)

select
    item_code,
    part,
    distance
from distance
where distance > 0
order by item_code, part
