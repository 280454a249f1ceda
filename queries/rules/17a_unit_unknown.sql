-- relation: unit_unknown
-- grain: one row per period, basis, unit, stage and indicator that an evaluated section lacks
-- How many evaluated sections a unit's amounts leave out, since nothing is known of the value; the
-- indicator `any` counts a section once, whatever it lacks.
-- source: 04_section_indicator, 17_unit_section
with unknown as (
    select
        unit_section.period,
        unit_section.basis,
        unit_section.district_code,
        unit_section.stage,
        unit_section.return_id,
        section_indicator.indicator_code
    from unit_section
    inner join section_indicator
        on
            unit_section.return_id = section_indicator.return_id
            and unit_section.stage = section_indicator.stage
    where
        unit_section.is_in_scope
        and section_indicator.regime = 'quality_balanced'
        and section_indicator.section_value is null
)

select
    period,
    basis,
    district_code,
    stage,
    indicator_code,
    cast(count(*) as integer) as section_count
from unknown
group by period, basis, district_code, stage, indicator_code
union all
select
    period,
    basis,
    district_code,
    stage,
    'any' as indicator_code,
    cast(count(distinct return_id) as integer) as section_count
from unknown
group by period, basis, district_code, stage
order by period, basis, district_code, stage desc, indicator_code
