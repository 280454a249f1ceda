-- question: What are the CVs of each unit in a period, against their limits and a year before?
-- grain: one row per unit, stage and quality-balanced indicator
-- scope: rows
select
    district_code,
    stage,
    indicator_code,
    cv,
    cv_limit,
    limit_ratio,
    is_within_limit,
    district_mean,
    previous_cv,
    incomparable_reason,
    compared_basis,
    change_kind,
    is_double_red
from cv_standing
where period = $period and basis = $basis
order by district_code, stage desc, indicator_code
