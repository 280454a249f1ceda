-- question: How many units are to comply by which year, and when is each expected to?
-- grain: one row per unit of the period with a plan
select
    unit.district_code,
    cat_districts.group_code,
    plan_progress.target_year,
    plan_progress.progress,
    plan_progress.projected_year
from unit
inner join cat_districts
    on unit.district_code = cat_districts.district_code
inner join plan_progress
    on
        unit.period = plan_progress.period
        and unit.row_basis = plan_progress.basis
        and unit.district_code = plan_progress.district_code
where unit.period = $period and unit.basis = $basis
order by unit.district_code
