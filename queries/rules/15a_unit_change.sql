-- relation: unit_change
-- grain: one row per period, basis and unit
-- What a unit's figures of a period may be set beside: its figures of the autumn of the year before
-- (`previous_period`) as they stand under `compared_basis`; or why there are none
-- (`incomparable_reason`: first_year, boundary_changed, not_reported). Where boundaries changed in
-- between, the earlier figures are those recast to the present boundaries, if every school of that
-- day can be placed. `verdict_change` is newly_met or newly_unmet between two verdicts,
-- undecided where one of the two is no verdict, or the recast one is another than was reported (a
-- unit that was met as reported is not newly met); `changed_on` is the last change of boundaries.
-- `new_progress` is the progress where neither the recast nor the reported autumn had it, and both
-- are met or neither is.
-- `met_since` is the year since which every return shows the unit met; `is_met_late` where that
-- return came after the target day, so that the target was not met in time.
-- source: standard.md 3 (districts have dates), 4 (监测预警); district_successions.csv
with change_day as (
    select distinct
        successor_code as district_code,
        effective_on
    from cat_district_successions
    where predecessor_code <> successor_code or not is_whole
),

standing as (
    select
        later.period,
        later.basis,
        later.district_code,
        earlier.snapshot_date as return_date,
        earlier.verdict,
        max(case when earlier.verdict <> 'met' then earlier.snapshot_date end) over (
            partition by later.period, later.basis, later.district_code
        ) as last_unmet
    from unit_status as later
    inner join unit_status as earlier
        on
            later.basis = earlier.basis
            and later.district_code = earlier.district_code
            and later.snapshot_date >= earlier.snapshot_date
    where later.verdict = 'met'
),

met_run as (
    select
        period,
        basis,
        district_code,
        min(return_date) as since_date
    from standing
    where verdict = 'met' and return_date > coalesce(last_unmet, date '1900-01-01')
    group by period, basis, district_code
),

last_autumn as (
    select
        stg_snapshot.period,
        max(autumn.snapshot_date) as previous_date
    from stg_snapshot
    left join stg_snapshot as autumn
        on
            autumn.is_annual
            and year(autumn.snapshot_date) < year(stg_snapshot.snapshot_date)
    group by stg_snapshot.period
),

changed as (
    select
        unit.period,
        unit.basis,
        unit.district_code,
        max(change_day.effective_on) as changed_on
    from unit
    inner join change_day
        on
            unit.district_code = change_day.district_code
            and unit.snapshot_date >= change_day.effective_on
    where unit.basis = 'as_was'
    group by unit.period, unit.basis, unit.district_code
),

asked as (
    select
        unit.period,
        unit.basis,
        unit.snapshot_date,
        unit.district_code,
        unit.is_recast_complete,
        previous.period as previous_period,
        last_autumn.previous_date,
        changed.changed_on,
        coalesce(changed.changed_on > last_autumn.previous_date, false) as is_crossed,
        coalesce(present.row_basis = 'as_was', false) as is_present,
        case
            when
                changed.changed_on > last_autumn.previous_date and present.row_basis = 'as_was'
                then 'current'
            else unit.basis
        end as compared_basis
    from unit
    inner join last_autumn
        on unit.period = last_autumn.period
    left join stg_snapshot as previous
        on last_autumn.previous_date = previous.snapshot_date
    left join changed
        on
            unit.period = changed.period
            and unit.basis = changed.basis
            and unit.district_code = changed.district_code
    left join unit as present
        on
            unit.period = present.period
            and unit.district_code = present.district_code
            and present.basis = 'current'
),

compared as (
    select
        asked.*,
        now.verdict,
        now.progress,
        year(met_run.since_date) as met_since,
        coalesce(
            met_run.since_date > now.due_on and now.recognised_batch is null, false
        ) as is_met_late,
        earlier.verdict as earlier_verdict,
        coalesce(reported.verdict, earlier.verdict) as reported_verdict,
        coalesce(reported.progress, earlier.progress) as reported_progress,
        earlier.progress as earlier_progress,
        case
            when asked.previous_period is null then 'first_year'
            when asked.is_crossed and asked.compared_basis = 'as_was' then 'boundary_changed'
            when earlier.district_code is null then 'first_year'
            when not asked.is_recast_complete or not earlier.is_recast_complete
                then 'boundary_changed'
            when not now.is_reported or not earlier.is_reported then 'not_reported'
        end as incomparable_reason
    from asked
    inner join unit_status as now
        on
            asked.period = now.period
            and asked.basis = now.basis
            and asked.district_code = now.district_code
    left join met_run
        on
            asked.period = met_run.period
            and asked.basis = met_run.basis
            and asked.district_code = met_run.district_code
    left join unit_status as earlier
        on
            asked.previous_period = earlier.period
            and asked.compared_basis = earlier.basis
            and asked.district_code = earlier.district_code
    left join unit_status as reported
        on
            asked.previous_period = reported.period
            and reported.basis = 'as_was'
            and asked.district_code = reported.district_code
)

select
    period,
    basis,
    snapshot_date,
    district_code,
    previous_period,
    previous_date,
    compared_basis,
    changed_on,
    is_present,
    met_since,
    is_met_late,
    incomparable_reason,
    case when incomparable_reason is null then earlier_verdict end as previous_verdict,
    case
        when incomparable_reason is not null then null
        when verdict = 'undecidable' or earlier_verdict = 'undecidable' then 'undecided'
        when (earlier_verdict = 'met') <> (reported_verdict = 'met') then 'undecided'
        when verdict = 'met' and earlier_verdict <> 'met' then 'newly_met'
        when verdict <> 'met' and earlier_verdict = 'met' then 'newly_unmet'
        else 'same'
    end as verdict_change,
    case
        when incomparable_reason is not null or earlier_verdict = 'undecidable' then null
        when (earlier_verdict = 'met') <> (reported_verdict = 'met') then null
        when progress not in (earlier_progress, reported_progress) then progress
    end as new_progress
from compared
order by period, basis, district_code
