-- relation: plan_progress
-- grain: one row per period, stored basis and unit
-- Progress against the plan. From the chance of the forecast: on_plan from forecast_on_plan up,
-- late down from forecast_behind, uncertain between. Overdue = the target year is past.
-- not_reported, undecidable, unplanned (no target year) and unprojected (judged, but no chance can
-- be said) are no failures.
-- source: standard.md 4 (rollout plan); parameters.csv (forecast_on_plan, forecast_behind)
select
    unit_forecast.period,
    unit_forecast.basis,
    unit_forecast.district_code,
    unit_forecast.phase_code,
    unit_forecast.target_year,
    unit_forecast.status_code,
    unit_forecast.forecast_state,
    unit_forecast.is_due,
    case
        when district_verdict.verdict = 'met' then 'met'
        when district_verdict.verdict = 'veto' then 'veto'
        when not district_verdict.is_reported then 'not_reported'
        when district_verdict.verdict = 'undecidable' then 'undecidable'
        when unit_forecast.is_due then 'overdue'
        when unit_forecast.target_year is null then 'unplanned'
        when unit_forecast.chance is null then 'unprojected'
        when unit_forecast.chance >= on_plan.value then 'on_plan'
        when unit_forecast.chance <= behind.value then 'late'
        else 'uncertain'
    end as progress
from unit_forecast
inner join district_verdict
    on
        unit_forecast.period = district_verdict.period
        and unit_forecast.basis = district_verdict.basis
        and unit_forecast.district_code = district_verdict.district_code
inner join cat_parameters as on_plan
    on on_plan.parameter_code = 'forecast_on_plan'
inner join cat_parameters as behind
    on behind.parameter_code = 'forecast_behind'
order by unit_forecast.period, unit_forecast.basis, unit_forecast.district_code
