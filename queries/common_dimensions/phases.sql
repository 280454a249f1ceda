-- question: Which phases has the rollout plan?
-- grain: one row per phase, earliest first
-- scope: open
select
    phase_code,
    name,
    short_name,
    target_year,
    band_label,
    valid_from,
    valid_to
from cat_plan_phases
order by target_year
