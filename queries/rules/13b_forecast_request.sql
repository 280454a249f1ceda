-- relation: forecast_request
-- grain: one row per period, stored basis and unit
-- then: forecast
-- Whose forecast is asked: from the last autumn up to the period within the same boundaries, for
-- the target year of the plan. After this relation the forecasts are made, as forecast_result,
-- forecast_item_result and forecast_check.
-- source: standard.md 4 (rollout plan); district_successions.csv
with history as (
    select
        comparable_period.asked_period as period,
        comparable_period.asked_basis as basis,
        comparable_period.district_code,
        max(year(comparable_period.snapshot_date)) as autumn,
        sum(
            case
                when district_verdict.is_reported and district_verdict.undecidable_count = 0 then 1
                else 0
            end
        ) as point_count
    from comparable_period
    inner join district_verdict
        on
            comparable_period.period = district_verdict.period
            and comparable_period.basis = district_verdict.basis
            and comparable_period.district_code = district_verdict.district_code
    group by
        comparable_period.asked_period,
        comparable_period.asked_basis,
        comparable_period.district_code
)

select
    district_verdict.period,
    district_verdict.basis,
    district_verdict.district_code,
    district_verdict.verdict,
    district_verdict.is_reported,
    district_verdict.undecidable_count,
    district_verdict.failed_count,
    unit_boundary.boundary_on is not null or district_verdict.basis <> 'as_was' as has_new_boundary,
    coalesce(unit_boundary.boundary_on, date '1900-01-01') as boundary_on,
    history.autumn,
    cast(coalesce(history.point_count, 0) as integer) as point_count,
    stg_plan.target_year,
    make_date(stg_plan.target_year, 12, 31) as due_on,
    stg_plan.phase_code,
    stg_plan.status_code,
    coalesce(make_date(stg_plan.target_year, 12, 31) < district_verdict.snapshot_date, false)
        as is_due
from district_verdict
left join unit_boundary
    on
        district_verdict.period = unit_boundary.period
        and district_verdict.basis = 'as_was'
        and district_verdict.district_code = unit_boundary.district_code
left join history
    on
        district_verdict.period = history.period
        and district_verdict.basis = history.basis
        and district_verdict.district_code = history.district_code
left join stg_plan
    on district_verdict.district_code = stg_plan.district_code
order by district_verdict.period, district_verdict.basis, district_verdict.district_code
