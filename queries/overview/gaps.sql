-- question: What must be supplied in each unit, in natural units, after the exempt items?
-- grain: one row per unit, stage and indicator with a section that fails and is short of it
-- For one stage, what its sections require; for both, every school's supply counted once.
-- scope: rows
select
    unit.district_code,
    cat_districts.short_name,
    district_gap.stage,
    district_gap.indicator_code,
    cat_indicators.short_name as indicator_name,
    cat_indicators.gap_unit,
    cat_indicators.display_order,
    cast(district_gap.binding_section_count as integer) as section_count,
    cast(district_gap.spare_section_count as integer) as spare_section_count,
    case when $stage = 'both' then district_gap.binding_gap else district_gap.stage_gap end as gap
from unit
inner join cat_districts
    on unit.district_code = cat_districts.district_code
inner join district_gap
    on
        unit.period = district_gap.period
        and unit.row_basis = district_gap.basis
        and unit.district_code = district_gap.district_code
inner join cat_indicators
    on district_gap.indicator_code = cat_indicators.indicator_code
where
    unit.period = $period
    and unit.basis = $basis
    and $stage in ('both', district_gap.stage)
    and district_gap.binding_section_count + district_gap.spare_section_count > 0
order by unit.district_code, district_gap.stage desc, cat_indicators.display_order
