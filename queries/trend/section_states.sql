-- question: What did the sections of one unit hold in two periods, wherever they belonged?
-- grain: one row per section and period, for schools of the unit in either period
-- scope: district
with placed as (
    select
        return_id,
        period,
        district_code,
        school_code
    from unit_section
    where basis = $basis and stage = $stage and period in ($period, $previous)
),

own as (
    select distinct school_code
    from placed
    where district_code = $district
)

select
    placed.period,
    placed.school_code,
    placed.district_code = $district as is_member,
    section_indicator.pupils,
    cast(section_indicator.total as double)
    * cast(section_indicator.factor as double) as resource,
    cast(section_indicator.stage_weight * section_indicator.pupils as double)
    / cast(section_indicator.weighted_pupils as double) as part
from placed
inner join own
    on placed.school_code = own.school_code
inner join section_indicator
    on placed.return_id = section_indicator.return_id
where
    section_indicator.stage = $stage
    and section_indicator.indicator_code = $indicator
    and section_indicator.is_in_scope
    and section_indicator.pupils > 0
order by placed.period, placed.school_code
