-- question: What were the earlier values of one CV?
-- grain: one row per period in which the unit existed under the basis, oldest first
-- scope: district
select
    period,
    snapshot_date,
    cv,
    cv_limit,
    is_within_limit
from unit_cv
where
    basis = $basis
    and district_code = $district
    and stage = $stage
    and indicator_code = $indicator
order by snapshot_date
