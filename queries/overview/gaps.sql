-- question: What must be supplied in each unit, in natural units, after the exempt items?
-- grain: one row per unit, stage and indicator with a section that fails and is short of it
-- For one stage, what its sections require; for both, every school's supply counted once.
-- scope: rows
select
    district_code,
    short_name,
    stage,
    indicator_code,
    indicator_name,
    gap_unit,
    display_order,
    section_count,
    spare_section_count,
    case when $stage = 'both' then binding_gap else stage_gap end as gap
from unit_gap
where period = $period and basis = $basis and $stage in ('both', stage)
order by district_code, stage desc, display_order
