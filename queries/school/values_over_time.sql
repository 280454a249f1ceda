-- question: What was each value of one school's sections in every period?
-- grain: one row per section, quality-balanced indicator and reported period, oldest first
-- scope: school
with own as materialized (
    select
        school_return.return_id,
        school_return.period,
        stg_snapshot.snapshot_date
    from school_return
    inner join stg_snapshot
        on school_return.period = stg_snapshot.period
    where school_return.school_code = $school
)

select
    section_indicator.stage,
    section_indicator.indicator_code,
    own.period,
    section_indicator.section_value
from own
inner join section_indicator
    on own.return_id = section_indicator.return_id
where section_indicator.regime = 'quality_balanced'
order by section_indicator.stage desc, section_indicator.indicator_code, own.snapshot_date
