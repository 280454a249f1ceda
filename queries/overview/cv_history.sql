-- question: How did one CV of every unit run over the periods under a basis?
-- grain: one row per unit and period, oldest first
-- scope: rows
select
    district_code,
    stage,
    indicator_code,
    period,
    snapshot_date,
    is_annual,
    cv,
    cv_limit,
    is_within_limit,
    row_basis
from unit_cv
where basis = $basis and indicator_code = $indicator and stage = $stage
order by district_code, snapshot_date
