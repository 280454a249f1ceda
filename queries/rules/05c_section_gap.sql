-- relation: section_gap
-- grain: one row per school return, stage and threshold indicator that is missed
-- by period: section_shortfall, section_exemption
-- What must be supplied, in natural units. `required_gap` is what the school must add so that this
-- section's indicator holds: to the threshold, or to the floor for the exempt one; 0 where nothing
-- is owed. `school_gap` is what the school must add in all: one supply serves every section, so it
-- is the largest of them, set by `driving_stage`. `binding_gap` counts it once, on that section:
-- sums are taken of it alone. `received_gap` is the section's share of the school's supply.
-- source: standard.md 6
with required as (
    select
        section_shortfall.*,
        section_exemption.indicator_code is not null as is_exempt,
        case
            when section_exemption.indicator_code is null then section_shortfall.threshold_gap
            else section_shortfall.floor_gap
        end as required_gap
    from section_shortfall
    left join section_exemption
        on
            section_shortfall.return_id = section_exemption.return_id
            and section_shortfall.stage = section_exemption.stage
            and section_shortfall.indicator_code = section_exemption.indicator_code
),

supplied as (
    select
        required.*,
        max(required_gap) over (
            partition by return_id, indicator_code, case when is_shared then '' else stage end
        ) as largest_gap,
        row_number() over (
            partition by return_id, indicator_code, case when is_shared then '' else stage end
            order by required_gap desc, threshold_gap desc, stage desc
        ) as supply_order
    from required
),

driven as (
    select
        supplied.*,
        max(case when supply_order = 1 then stage end) over (
            partition by return_id, indicator_code, case when is_shared then '' else stage end
        ) as driving_stage
    from supplied
)

select
    return_id,
    stage,
    indicator_code,
    is_in_scope,
    missing_share,
    threshold_gap,
    floor_gap,
    is_exempt,
    required_gap,
    case when required_gap > 0 then driving_stage end as driving_stage,
    case when required_gap > 0 then largest_gap else 0 end as school_gap,
    case when supply_order = 1 then required_gap else 0 end as binding_gap,
    case when required_gap > 0 then largest_gap * section_share else 0 end as received_gap
from driven
order by return_id, stage, indicator_code
