-- question: How did the measures of one stage and indicator run in every unit?
-- grain: one row per unit and period, oldest first
-- scope: rows
select
    district_code,
    period,
    snapshot_date,
    is_annual,
    row_basis,
    cv,
    cv_limit,
    district_mean,
    compliant_share,
    stage_gap as gap,
    threshold,
    is_within_limit,
    is_mean_reached,
    is_all_compliant,
    is_nothing_owed
from unit_cv
where basis = $basis and stage = $stage and indicator_code = $indicator
order by district_code, snapshot_date
