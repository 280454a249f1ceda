-- question: How far was each part of each item of a unit from its line, autumn by autumn?
-- grain: one row per item, part and comparable autumn; at or below 0 the part is met
-- scope: district
-- Parts: cv_<stage> (ratio to the limit - 1), sections (short and not compliant), value (share of
-- the line that is missing; negative where it is passed).
with asked as (
    select
        comparable_period.period,
        comparable_period.basis,
        comparable_period.district_code,
        comparable_period.data_year
    from comparable_period
    inner join unit
        on
            comparable_period.asked_period = unit.period
            and comparable_period.asked_basis = unit.row_basis
            and comparable_period.district_code = unit.district_code
    where unit.period = $period and unit.basis = $basis and unit.district_code = $district
),

distance as (
    select
        asked.data_year,
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
        asked.data_year,
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
    data_year,
    distance
from distance
where distance is not null
order by item_code, part, data_year
