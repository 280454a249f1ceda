-- relation: cv_standing
-- grain: one row per period, basis, unit, stage and quality-balanced indicator
-- A CV as pages ask for it: against its limit, beside the autumn before, and its direction; joined
-- once at publication.
-- source: 16_unit_cv, 16a_cv_change, 16b_measure_direction
select
    unit_cv.period,
    unit_cv.basis,
    unit_cv.district_code,
    unit_cv.stage,
    unit_cv.indicator_code,
    unit_cv.cv,
    unit_cv.cv_limit,
    unit_cv.limit_ratio,
    unit_cv.is_within_limit,
    unit_cv.district_mean,
    cv_change.previous_cv,
    cv_change.incomparable_reason,
    cv_change.compared_basis,
    cv_change.change_kind,
    cv_change.is_double_red,
    measure_direction.direction,
    measure_direction.few_reason,
    measure_direction.first_date,
    measure_direction.first_amount as first_cv,
    measure_direction.last_date,
    measure_direction.last_amount as last_cv
from unit_cv
inner join cv_change
    on
        unit_cv.period = cv_change.period
        and unit_cv.basis = cv_change.basis
        and unit_cv.district_code = cv_change.district_code
        and unit_cv.stage = cv_change.stage
        and unit_cv.indicator_code = cv_change.indicator_code
inner join measure_direction
    on
        unit_cv.period = measure_direction.period
        and unit_cv.basis = measure_direction.basis
        and unit_cv.district_code = measure_direction.district_code
        and unit_cv.stage = measure_direction.stage
        and unit_cv.indicator_code = measure_direction.indicator_code
        and measure_direction.measure = 'cv'
order by
    unit_cv.basis, unit_cv.period, unit_cv.district_code, unit_cv.stage, unit_cv.indicator_code
