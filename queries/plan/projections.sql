-- question: Which line runs through each unit's unmet items, and which year must it reach?
-- grain: one row per unit of the period
-- scope: rows
select
    unit.district_code,
    plan_progress.phase_code,
    plan_progress.target_year,
    plan_progress.progress,
    cast(plan_progress.point_count as integer) as point_count,
    plan_progress.mean_year,
    plan_progress.mean_unmet,
    plan_progress.year_spread,
    plan_progress.slope,
    plan_progress.residual_sum
from unit
inner join plan_progress
    on
        unit.period = plan_progress.period
        and unit.row_basis = plan_progress.basis
        and unit.district_code = plan_progress.district_code
where unit.period = $period and unit.basis = $basis
order by unit.district_code
