-- question: What were the earlier values of one section's indicator?
-- grain: one row per period, oldest first
-- scope: school
select
    school_return.period,
    stg_snapshot.snapshot_date,
    section_indicator.section_value,
    section_indicator.threshold,
    section_indicator.is_met
from school_return
inner join stg_snapshot
    on school_return.period = stg_snapshot.period
inner join section_indicator
    on school_return.return_id = section_indicator.return_id
where
    school_return.school_code = $school
    and section_indicator.stage = $stage
    and section_indicator.indicator_code = $indicator
order by stg_snapshot.snapshot_date
